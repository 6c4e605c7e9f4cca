// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/features.h"

#include <algorithm>

namespace dateline::ner {
namespace {

/// Kinds of facts. A fact's hash has its kind's number in it: new kinds go to the end.
enum class Fact : std::uint64_t {
  always = 1,
  // The token and its neighbours, up to two away.
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
  // How they are written.
  shape,
  shape_before,
  shape_after,
  shape_around,
  prefix,
  suffix,
  suffix_before,
  suffix_after,
  before_hyphen,
  after_hyphen,
  letter_case,
  start,
  start_lists,
  quoted,
  // What tables and lists say of them.
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
  // The run of capitals that the token stands in.
  run_length,
  run_start,
  run_first,
  run_last,
  run_lists,
  run_known,
  run_first_classes,
  run_last_classes,
  run_before,
  run_after,
  run_around,
  run_classes_before,
  run_classes_after,
  wide_first,
  wide_last,
  wide_before,
  wide_after,
  // Brackets that explain a name.
  bracketed,
  bracketed_head,
  bracketed_classes,
  bracketed_first,
  bracketed_run,
  explained,
  explained_known,
  // Other uses of the word in the article.
  seen,
  seen_lists,
  context_before,
  context_after,
  longest,
  longest_lists,
  longest_first,
  longest_last,
  initials,
  initials_of,
};

/// Stands for the word beyond the ends of a text or a sentence.
constexpr std::uint64_t beyond = 7;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = (a ^ (b + 0x9E3779B97F4A7C15U + (a << 6U) + (a >> 2U))) * 0xff51afd7ed558ccdU;
  x ^= x >> 32U;
  return x;
}

std::uint64_t at_most(std::size_t value, std::uint64_t limit) {
  return std::min<std::uint64_t>(value, limit);
}

class Finder {
 public:
  Finder(const Document& document, const Part& part, std::size_t at,
         std::vector<std::uint64_t>& features)
      : document_(document),
        part_(part),
        at_(at),
        token_(part.tokens[at]),
        word_(part.words[at]),
        features_(features) {}

  void find() {
    words();
    writing();
    knowledge();
    run();
    brackets();
    rest_of_article();
  }

 private:
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
    static const Word none{.lower = beyond};
    return inside(offset) ? part_.words[at_ + static_cast<std::size_t>(offset)] : none;
  }
  std::uint64_t lower(std::ptrdiff_t offset) const { return word(offset).lower; }
  std::uint64_t shape(std::ptrdiff_t offset) const {
    const Word& w = word(offset);
    if (w.shape != 0) return w.shape;
    return w.active ? 2 : 1;
  }
  std::uint64_t lists(std::ptrdiff_t offset) const { return word(offset).lists & word_lists; }
  std::uint32_t classes(std::ptrdiff_t offset) const {
    return inside(offset) ? part_.tokens[at_ + static_cast<std::size_t>(offset)].classes : 0;
  }
  std::uint64_t letter_case() const { return static_cast<std::uint64_t>(word_.letter_case); }

  std::uint64_t key_at(std::size_t i) const { return part_.words[i].lower; }
  std::uint64_t lists_at(std::size_t i) const { return part_.words[i].lists & word_lists; }
  std::uint32_t classes_at(std::size_t i) const { return part_.tokens[i].classes; }
  std::uint64_t key_before(std::size_t i) const {
    return i > 0 && !part_.tokens[i].has(Shape::sentence_start) ? key_at(i - 1) : beyond;
  }
  std::uint64_t key_after(std::size_t i) const {
    const bool goes_on =
        i + 1 < part_.tokens.size() && !part_.tokens[i + 1].has(Shape::sentence_start);
    return goes_on ? key_at(i + 1) : beyond;
  }

  void words() {
    add(Fact::always, 0);
    add(Fact::word, word_.lower);
    add(Fact::exact, word_.exact != 0 ? word_.exact : word_.lower);
    add(Fact::word_before, lower(-1));
    add(Fact::word_after, lower(1));
    add(Fact::word_before_2, lower(-2));
    add(Fact::word_after_2, lower(2));
    add(Fact::pair_before, lower(-1), word_.lower);
    add(Fact::pair_after, word_.lower, lower(1));
    add(Fact::pair_around, lower(-1), lower(1));
    add(Fact::pair_before_2, lower(-2), lower(-1));
    add(Fact::pair_after_2, lower(1), lower(2));
  }

  void writing() {
    add(Fact::shape, shape(0));
    add(Fact::shape_before, shape(-1), shape(0));
    add(Fact::shape_after, shape(0), shape(1));
    add(Fact::shape_around, shape(-1), shape(0), shape(1));
    for (std::size_t i = 0; i < word_.prefixes.size(); ++i) {
      if (word_.prefixes[i] != 0) add(Fact::prefix, word_.prefixes[i], i);
      if (word_.suffixes[i] != 0) add(Fact::suffix, word_.suffixes[i], i);
    }
    constexpr std::size_t three_letters = 2;
    if (const auto suffix = word(-1).suffixes[three_letters]; suffix != 0)
      add(Fact::suffix_before, suffix);
    if (const auto suffix = word(1).suffixes[three_letters]; suffix != 0)
      add(Fact::suffix_after, suffix);
    if (word_.after_hyphen != 0) {
      add(Fact::before_hyphen, word_.before_hyphen);
      add(Fact::after_hyphen, word_.after_hyphen);
    }
    const std::uint64_t start = token_.has(Shape::sentence_start) ? 2
                                : token_.has(Shape::opener)       ? 1
                                                                  : 0;
    add(Fact::letter_case, letter_case(), shape(0));
    add(Fact::start, start, letter_case());
    add(Fact::start_lists, start, word_.lists & (NameList::ordinary | NameList::capitalised),
        letter_case());
    if (word_.quoted) add(Fact::quoted, letter_case());
  }

  void knowledge() {
    add(Fact::known, word_.known);
    add(Fact::known_before, word(-1).known);
    add(Fact::known_after, word(1).known);
    add(Fact::known_pair_before, word(-1).known, word_.known);
    add(Fact::known_pair_after, word_.known, word(1).known);
    add(Fact::lists, lists(0));
    add(Fact::lists_before, lists(-1), word(-1).active);
    add(Fact::lists_after, lists(1), word(1).active);
    add(Fact::lists_pair_before, lists(-1), lists(0), word(-1).active);
    add(Fact::lists_pair_after, lists(0), lists(1), word(1).active);
    add(Fact::lists_shape, lists(0), shape(0), letter_case());
    each_class(Fact::classes, classes(0));
    each_class(Fact::classes_before, classes(-1));
    each_class(Fact::classes_after, classes(1));
    each_class(Fact::classes_before_2, classes(-2));
    each_class(Fact::classes_after_2, classes(2));
  }

  /// The classes of a word together, and each by itself.
  void each_class(Fact fact, std::uint32_t classes) {
    if (classes == 0) return;
    constexpr std::uint64_t by_itself = 1;
    add(fact, classes);
    for (std::uint32_t bit = 0; bit < 32; ++bit)
      if ((classes >> bit & 1U) != 0) add(fact, bit, by_itself);
  }

  void run() {
    const std::size_t first = word_.run_first;
    const std::size_t last = word_.run_last;
    const std::uint64_t length = at_most(last - first + 1, 6);
    const std::uint64_t place = at_ == first ? 0 : at_ == last ? 2 : 1;
    add(Fact::run_length, length, place);
    add(Fact::run_start, length, place, part_.tokens[first].has(Shape::opener));
    if (length > 1) ends_of_run(first, last, place);
    constexpr std::uint64_t alone = 5;
    add(Fact::run_before, key_before(first), length > 1 ? place : alone);
    add(Fact::run_after, key_after(last), length > 1 ? place : alone);
    add(Fact::run_around, key_before(first), key_after(last), length);
    if (first > 0 && classes_at(first - 1) != 0)
      add(Fact::run_classes_before, classes_at(first - 1), place);
    if (last + 1 < part_.tokens.size() && classes_at(last + 1) != 0)
      add(Fact::run_classes_after, classes_at(last + 1), place);
    if (word_.wide_first == first && word_.wide_last == last) return;
    add(Fact::wide_first, key_at(word_.wide_first));
    add(Fact::wide_last, key_at(word_.wide_last), at_ >= first);
    add(Fact::wide_before, key_before(word_.wide_first));
    add(Fact::wide_after, key_after(word_.wide_last));
  }

  void ends_of_run(std::size_t first, std::size_t last, std::uint64_t place) {
    add(Fact::run_first, key_at(first), place);
    add(Fact::run_last, key_at(last), place);
    add(Fact::run_lists, lists_at(first), lists_at(last), place);
    add(Fact::run_known, part_.words[first].known, part_.words[last].known, place);
    if (classes_at(first) != 0) add(Fact::run_first_classes, classes_at(first), place);
    if (classes_at(last) != 0) add(Fact::run_last_classes, classes_at(last), place);
  }

  /// "Civil Aviation Authority (CAA)": what stands in the brackets, and what they explain.
  void brackets() {
    const auto& tokens = part_.tokens;
    if (at_ >= 2 && inside(1) && tokens[at_ - 1].mark == '(' && tokens[at_ + 1].mark == ')') {
      const Word& head = part_.words[at_ - 2];
      add(Fact::bracketed, shape(0));
      add(Fact::bracketed_head, head.lower);
      add(Fact::bracketed_classes, classes(-2), head.known, shape(0));
      if (head.active) {
        add(Fact::bracketed_first, key_at(head.wide_first));
        add(Fact::bracketed_run, at_most(head.wide_last - head.wide_first, 3), shape(0),
            lists_at(head.wide_first));
      }
    }
    const std::size_t last = word_.run_last;
    if (last + 3 < tokens.size() && tokens[last + 1].mark == '(' && tokens[last + 3].mark == ')' &&
        tokens[last + 2].has(Shape::all_capitals)) {
      const char initial = part_.text[tokens[word_.wide_first].begin];
      const bool begins_alike = part_.text[tokens[last + 2].begin] == initial;
      add(Fact::explained, at_most(last - at_, 3), begins_alike);
      add(Fact::explained_known, part_.words[last + 2].known);
    }
  }

  void rest_of_article() {
    const WordUses* uses = document_.uses_of(word_.lower);
    if (uses == nullptr) return;
    seen_elsewhere(*uses);
    for (std::size_t i = 0; i < uses->contexts; ++i) {
      if (uses->context[i].run == word_.run) continue;
      add(Fact::context_before, uses->context[i].before);
      add(Fact::context_after, uses->context[i].after);
    }
    const std::size_t length = word_.run_last - word_.run_first + 1;
    if (uses->longest > length) {
      const std::uint64_t longest = at_most(uses->longest, 4);
      add(Fact::longest, longest, uses->place, at_most(length, 3));
      add(Fact::longest_lists, uses->longest_lists & word_lists, uses->place, longest);
      add(Fact::longest_first, uses->longest_first, uses->place);
      add(Fact::longest_last, uses->longest_last, uses->place);
    }
    if (uses->stands_for != 0 && token_.has(Shape::all_capitals)) {
      add(Fact::initials, 0);
      add(Fact::initials_of, uses->stands_for);
    }
  }

  /// How often, apart from here, the word has small letters, a capital that only a name has, or a
  /// capital that says nothing.
  void seen_elsewhere(const WordUses& uses) {
    const bool capital = token_.has(Shape::capital);
    const bool open = token_.has(Shape::opener) || word_.letter_case != LetterCase::ordinary;
    const auto others = [](std::uint16_t all, bool here) {
      return at_most(all > 0 && here ? all - 1U : all, 2);
    };
    const std::uint64_t seen = others(document_.lower_uses_of(word_.lower), false) << 8U |
                               others(uses.inside, capital && !open) << 4U |
                               others(uses.open, capital && open);
    add(Fact::seen, seen, open);
    add(Fact::seen_lists, seen, open, lists(0));
  }

  const Document& document_;
  const Part& part_;
  std::size_t at_;
  const Token& token_;
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
