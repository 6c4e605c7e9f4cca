// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/features.h"

#include <algorithm>

namespace dateline::ner {
namespace {

/// Kinds of facts.
enum class Fact : std::uint64_t {
  bias = 1,
  word,
  exact,
  word_before,
  word_after,
  word_before_2,
  word_after_2,
  pair_before,
  pair_after,
  pair_around,
  pair_before_2,
  pair_after_2,
  shape,
  shape_before,
  shape_after,
  shape_around,
  prefix,
  suffix,
  suffix_before,
  suffix_after,
  known,
  known_before,
  known_after,
  known_pair_before,
  known_pair_after,
  lists,
  lists_before,
  lists_after,
  lists_pair_before,
  lists_pair_after,
  lists_shape,
  classes,
  classes_before,
  classes_after,
  classes_before_2,
  classes_after_2,
  letter_case,
  opener,
  quoted,
  after_hyphen,
  before_hyphen,
  seen,
  seen_lists,
  context_before,
  context_after,
  longest,
  longest_first,
  longest_last,
  longest_lists,
  stands_for,
  run_place,
  run_first,
  run_last,
  run_before,
  run_after,
  run_classes_before,
  run_classes_after,
  wide_last,
  wide_first,
  wide_before,
  wide_after,
  run_length,
  run_known,
  run_lists,
  run_last_classes,
  run_first_classes,
  run_pair,
  start,
  mark_before,
  mark_after,
  bracketed,
  bracketed_head,
  bracketed_classes,
  bracketed_first,
  bracketed_run,
  explained
};

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = (a ^ (b + 0x9E3779B97F4A7C15U + (a << 6U) + (a >> 2U))) * 0xff51afd7ed558ccdU;
  x ^= x >> 32U;
  return x;
}

class Finder {
 public:
  Finder(const Document& document, const Part& part, std::size_t at,
         std::vector<std::uint64_t>& features)
      : document_(document), part_(part), at_(at), word_(part.words[at]), features_(features) {}

  void find() {
    own_letters();
    words();
    writing();
    knowledge();
    place_in_run();
    rest_of_article();
  }

 private:
  static constexpr std::uint64_t beyond = 7;

  void add(Fact fact, std::uint64_t value) {
    features_.push_back(mixed(static_cast<std::uint64_t>(fact) * 0x9E3779B97F4A7C15U, value));
  }
  void add(Fact fact, std::uint64_t a, std::uint64_t b) { add(fact, mixed(a, b)); }
  void add(Fact fact, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    add(fact, mixed(mixed(a, b), c));
  }

  bool inside(std::ptrdiff_t offset) const {
    const auto i = static_cast<std::ptrdiff_t>(at_) + offset;
    return i >= 0 && i < static_cast<std::ptrdiff_t>(part_.words.size());
  }
  const Word& word(std::ptrdiff_t offset) const {
    static const Word none = [] {
      Word w;
      w.lower = beyond;
      return w;
    }();
    return inside(offset) ? part_.words[at_ + static_cast<std::size_t>(offset)] : none;
  }
  std::uint32_t classes_at(std::size_t i) const { return part_.tokens[i].classes; }
  std::uint32_t classes(std::ptrdiff_t offset) const {
    return inside(offset) ? classes_at(at_ + static_cast<std::size_t>(offset)) : 0;
  }
  /// The word as context: none beyond a sentence's start, so that lines do not mingle.
  std::uint64_t lower(std::ptrdiff_t offset) const { return word(offset).lower; }
  std::uint64_t shape(std::ptrdiff_t offset) const {
    const Word& w = word(offset);
    return w.shape != 0 ? w.shape : (w.active ? 2 : 1);
  }

  void own_letters() {
    add(Fact::word, word_.lower);
    add(Fact::exact, word_.exact != 0 ? word_.exact : word_.lower);
    add(Fact::pair_before, lower(-1), word_.lower);
    add(Fact::pair_after, word_.lower, lower(1));
    if (word_.exact == 0) return;
    for (std::size_t i = 0; i < 4; ++i) {
      if (word_.prefixes[i] != 0) add(Fact::prefix, word_.prefixes[i], i);
      if (word_.suffixes[i] != 0) add(Fact::suffix, word_.suffixes[i], i);
    }
  }

  void words() {
    add(Fact::bias, 0);
    add(Fact::word_before, lower(-1));
    add(Fact::word_after, lower(1));
    add(Fact::word_before_2, lower(-2));
    add(Fact::word_after_2, lower(2));
    add(Fact::pair_around, lower(-1), lower(1));
    add(Fact::pair_before_2, lower(-2), lower(-1));
    add(Fact::pair_after_2, lower(1), lower(2));
  }

  void writing() {
    add(Fact::shape, shape(0));
    add(Fact::shape_before, shape(-1), shape(0));
    add(Fact::shape_after, shape(0), shape(1));
    add(Fact::shape_around, shape(-1), shape(0), shape(1));
    if (word(-1).suffixes[2] != 0) add(Fact::suffix_before, word(-1).suffixes[2]);
    if (word(1).suffixes[2] != 0) add(Fact::suffix_after, word(1).suffixes[2]);
    if (word_.after_hyphen != 0) {
      add(Fact::after_hyphen, word_.after_hyphen);
      add(Fact::before_hyphen, word_.before_hyphen);
    }
    const Token& token = part_.tokens[at_];
    const std::uint64_t start = token.has(Shape::sentence_start) ? 2
                                : token.has(Shape::opener)       ? 1
                                                                 : 0;
    add(Fact::start, start, static_cast<std::uint64_t>(word_.letter_case));
    add(Fact::opener, start,
        (word_.lists & word_lists) & (NameList::ordinary | NameList::capitalised),
        static_cast<std::uint64_t>(word_.letter_case));
    add(Fact::letter_case, static_cast<std::uint64_t>(word_.letter_case), shape(0));
    if (word_.quoted) add(Fact::quoted, static_cast<std::uint64_t>(word_.letter_case));
  }

  void knowledge() {
    add(Fact::known, word_.known);
    add(Fact::known_before, word(-1).known);
    add(Fact::known_after, word(1).known);
    add(Fact::known_pair_before, word(-1).known, word_.known);
    add(Fact::known_pair_after, word_.known, word(1).known);
    add(Fact::lists, (word_.lists & word_lists));
    add(Fact::lists_before, (word(-1).lists & word_lists), word(-1).active);
    add(Fact::lists_after, (word(1).lists & word_lists), word(1).active);
    add(Fact::lists_pair_before, (word(-1).lists & word_lists), (word_.lists & word_lists),
        word(-1).active);
    add(Fact::lists_pair_after, (word_.lists & word_lists), (word(1).lists & word_lists),
        word(1).active);
    add(Fact::lists_shape, (word_.lists & word_lists), shape(0),
        static_cast<std::uint64_t>(word_.letter_case));
    in_brackets();
    each_class(Fact::classes, classes(0));
    each_class(Fact::classes_before, classes(-1));
    each_class(Fact::classes_after, classes(1));
    each_class(Fact::classes_before_2, classes(-2));
    each_class(Fact::classes_after_2, classes(2));
  }

  /// "Civil Aviation Authority (CAA)": what the brackets explain, and what they explain it with.
  void in_brackets() {
    if (!inside(-1) || !inside(1)) return;
    const auto& tokens = part_.tokens;
    const std::size_t last = word_.run_last;
    if (tokens[at_ - 1].mark == '(' && tokens[at_ + 1].mark == ')' && at_ >= 2) {
      const Word& head = part_.words[at_ - 2];
      add(Fact::bracketed, shape(0));
      add(Fact::bracketed_head, head.lower);
      add(Fact::bracketed_classes, classes_at(at_ - 2), head.known, shape(0));
      if (head.active) {
        add(Fact::bracketed_first, key_at(head.wide_first), 1);
        add(Fact::bracketed_run, std::min<std::size_t>(head.wide_last - head.wide_first, 3),
            shape(0), part_.words[head.wide_first].lists & word_lists);
      }
    }
    if (last + 3 < tokens.size() && tokens[last + 1].mark == '(' && tokens[last + 3].mark == ')' &&
        tokens[last + 2].has(Shape::all_capitals)) {
      const bool initial =
          part_.text[tokens[last + 2].begin] == part_.text[tokens[word_.wide_first].begin];
      add(Fact::explained, std::min<std::size_t>(last - at_, 3), initial);
      add(Fact::explained, part_.words[last + 2].known, 77);
    }
  }

  void each_class(Fact fact, std::uint32_t classes) {
    if (classes == 0) return;
    add(fact, classes);
    for (std::uint32_t bit = 0; bit < 32; ++bit)
      if ((classes >> bit & 1U) != 0) add(fact, bit, 99);
  }

  std::uint64_t key_at(std::size_t i) const { return part_.words[i].lower; }
  std::uint64_t before(std::size_t i) const {
    return i > 0 && !part_.tokens[i].has(Shape::sentence_start) ? key_at(i - 1) : beyond;
  }
  std::uint64_t after(std::size_t i) const {
    return i + 1 < part_.tokens.size() && !part_.tokens[i + 1].has(Shape::sentence_start)
               ? key_at(i + 1)
               : beyond;
  }

  void place_in_run() {
    const std::size_t first = word_.run_first;
    const std::size_t last = word_.run_last;
    const std::uint64_t place = at_ == first ? 0 : at_ == last ? 2 : 1;
    const std::uint64_t length = std::min<std::size_t>(last - first + 1, 6);
    add(Fact::run_length, length, place);
    add(Fact::run_place, place, length, part_.tokens[first].has(Shape::opener));
    if (length > 1) {
      add(Fact::run_first, key_at(first), place);
      add(Fact::run_last, key_at(last), place);
      add(Fact::run_lists, part_.words[first].lists & word_lists,
          part_.words[last].lists & word_lists, place);
      add(Fact::run_known, part_.words[first].known, part_.words[last].known, place);
      if (classes_at(first) != 0) add(Fact::run_first_classes, classes_at(first), place);
      if (classes_at(last) != 0) add(Fact::run_last_classes, classes_at(last), place);
    }
    add(Fact::run_before, before(first), length > 1 ? place : 5);
    add(Fact::run_after, after(last), length > 1 ? place : 5);
    add(Fact::run_pair, before(first), after(last), length);
    if (first > 0 && classes_at(first - 1) != 0)
      add(Fact::run_classes_before, classes_at(first - 1), place);
    if (last + 1 < part_.tokens.size() && classes_at(last + 1) != 0)
      add(Fact::run_classes_after, classes_at(last + 1), place);
    if (word_.wide_last > last || word_.wide_first < first) {
      add(Fact::wide_last, key_at(word_.wide_last), at_ >= first);
      add(Fact::wide_first, key_at(word_.wide_first));
      add(Fact::wide_before, before(word_.wide_first));
      add(Fact::wide_after, after(word_.wide_last));
    }
  }

  void rest_of_article() {
    const WordUses* uses = document_.uses_of(word_.lower);
    if (uses == nullptr) return;
    const Token& token = part_.tokens[at_];
    const bool capital = token.has(Shape::capital);
    const bool open = token.has(Shape::opener) || word_.letter_case != LetterCase::ordinary;
    const int here_inside = capital && !open ? 1 : 0;
    const int here_open = capital && open ? 1 : 0;
    const auto capped = [](int n) { return static_cast<std::uint64_t>(std::clamp(n, 0, 2)); };
    const std::uint64_t seen = capped(document_.lower_uses_of(word_.lower)) << 8U |
                               capped(uses->inside - here_inside) << 4U |
                               capped(uses->open - here_open);
    add(Fact::seen, seen, open);
    add(Fact::seen_lists, seen, open, (word_.lists & word_lists));
    const std::uint32_t run = word_.run;
    for (std::size_t i = 0; i < uses->contexts; ++i) {
      if (uses->context[i].run == run) continue;
      add(Fact::context_before, uses->context[i].before);
      add(Fact::context_after, uses->context[i].after);
    }
    const std::uint64_t length = static_cast<std::uint64_t>(word_.run_last - word_.run_first + 1);
    if (uses->longest > length) {
      add(Fact::longest, std::min<std::uint64_t>(uses->longest, 4), uses->place,
          std::min<std::uint64_t>(length, 3));
      add(Fact::longest_lists, uses->longest_lists & word_lists, uses->place,
          std::min<std::uint64_t>(uses->longest, 4));
      add(Fact::longest_first, uses->longest_first, uses->place);
      add(Fact::longest_last, uses->longest_last, uses->place);
    }
    if (uses->stands_for != 0 && token.has(Shape::all_capitals))
      add(Fact::stands_for, uses->stands_for);
    if (uses->stands_for != 0 && token.has(Shape::all_capitals)) add(Fact::stands_for, 1);
  }

  const Document& document_;
  const Part& part_;
  std::size_t at_;
  const Word& word_;
  std::vector<std::uint64_t>& features_;
};

}  // namespace

void find_features(const Document& document, const Part& part, std::size_t token,
                   std::vector<std::uint64_t>& features) {
  features.clear();
  Finder(document, part, token, features).find();
}

}  // namespace dateline::ner
