// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/document.h"

#include <algorithm>
#include <string>

#include "indexer/entities/model/writing.h"

namespace dateline::ner {
namespace {

/// Longer sequences of capitals tell nothing: lists, tables, text without small letters.
constexpr std::size_t longest_run = 12;
/// Words of the longest name looked up in the lists.
constexpr std::size_t longest_listed = 6;
/// Small words inside one name, one after the other.
constexpr std::size_t most_joining = 2;

bool is_mark(const Token& token) {
  return token.has(Shape::punctuation | Shape::possessive | Shape::unreadable);
}

bool is_capital(const Token& token) { return token.has(Shape::capital) && !is_mark(token); }

void mark_runs(Part& part) {
  for (std::size_t first = 0; first < part.tokens.size();) {
    std::size_t last = first;
    while (is_capital(part.tokens[first]) && last + 1 < part.tokens.size() &&
           is_capital(part.tokens[last + 1]) && !part.tokens[last + 1].has(Shape::sentence_start))
      ++last;
    for (std::size_t i = first; i <= last; ++i) {
      part.words[i].run_first = part.words[i].wide_first = static_cast<std::uint32_t>(first);
      part.words[i].run_last = part.words[i].wide_last = static_cast<std::uint32_t>(last);
    }
    first = last + 1;
  }
}

/// The first token of the run that goes on after the one that ends at `last`; 0 if none does.
std::size_t run_joined_to(const Part& part, std::size_t last) {
  const std::size_t end = std::min(part.tokens.size(), last + most_joining + 2);
  for (std::size_t i = last + 1; i < end; ++i) {
    const Token& token = part.tokens[i];
    if (token.has(Shape::sentence_start)) return 0;
    if (is_capital(token)) return i > last + 1 ? i : 0;
    if (is_mark(token) || (part.words[i].lists & NameList::inside_names) == 0) return 0;
  }
  return 0;
}

void mark_wide_runs(Part& part) {
  for (std::size_t first = 0; first < part.tokens.size(); ++first) {
    if (!is_capital(part.tokens[first])) continue;
    std::size_t last = part.words[first].run_last;
    for (std::size_t next = run_joined_to(part, last); next != 0; next = run_joined_to(part, last))
      last = part.words[next].run_last;
    for (std::size_t i = first; i <= last; ++i) {
      part.words[i].wide_first = static_cast<std::uint32_t>(first);
      part.words[i].wide_last = static_cast<std::uint32_t>(last);
    }
    first = last;
  }
}

void mark_quoted(Part& part, const Sentence& sentence) {
  constexpr std::size_t longest_quoted = 12;
  for (std::size_t i = sentence.first; i + 1 < sentence.last; ++i) {
    const char mark = part.tokens[i].mark;
    if ((mark != '"' && mark != '\'') || !is_capital(part.tokens[i + 1])) continue;
    const std::size_t limit = std::min(sentence.last, i + longest_quoted + 2);
    std::size_t end = i + 1;
    while (end < limit && part.tokens[end].mark != mark) ++end;
    if (end == limit) continue;
    for (std::size_t j = i + 1; j < end; ++j) part.words[j].quoted = true;
    i = end;
  }
}

/// A name in a script without capitals, in brackets after its romanised form: "Ko Wen-je (柯文哲)".
bool is_bracketed_original(const Part& part, const Sentence& sentence, std::size_t at) {
  return at >= sentence.first + 2 && at + 1 < sentence.last && part.tokens[at - 1].mark == '(' &&
         part.tokens[at + 1].mark == ')' && part.words[at - 2].active &&
         !is_mark(part.tokens[at]) && has_no_letter_case(part.text, part.tokens[at]);
}

/// Capitals, numbers after them, known names, and what may stand before these inside a name.
void mark_active(Part& part, const Sentence& sentence) {
  for (std::size_t i = sentence.first; i < sentence.last; ++i) {
    const Token& token = part.tokens[i];
    const bool after_active = i > sentence.first && part.words[i - 1].active;
    const bool number = !is_mark(token) && token.has(Shape::digits) && after_active;
    const bool known = part.words[i].known != 0 && !token.has(Shape::unreadable);
    part.words[i].active =
        is_capital(token) || number || known || is_bracketed_original(part, sentence, i);
  }
  for (std::size_t i = sentence.last; i-- > sentence.first;) {
    if (i + 1 >= sentence.last || part.tokens[i].has(Shape::unreadable)) continue;
    if (part.words[i + 1].active && (part.words[i].lists & NameList::inside_names) != 0)
      part.words[i].active = true;
  }
}

/// Which types the tables give a phrase: two bits each, the upper for doubtful ones.
std::uint32_t types_of(const Phrase& phrase) {
  std::uint32_t types = 0;
  for (std::size_t t = 0; t < phrase.senses.size(); ++t)
    if (!phrase.senses[t].name.empty()) types |= (phrase.senses[t].doubtful ? 2U : 1U) << (2 * t);
  return types;
}

/// Marks the words of a listed name with its types and each one's place: first, inside, last, only.
void mark_known(Part& part, std::size_t first, std::size_t length, std::uint32_t types) {
  constexpr std::uint32_t marked = 1U << 16U;
  for (std::size_t i = 0; i < length; ++i) {
    const std::uint32_t place = length == 1 ? 3U : i == 0 ? 0U : i + 1 == length ? 2U : 1U;
    part.words[first + i].known = marked | types << 2U | place;
  }
}

}  // namespace

void Document::read(std::span<const std::string_view> texts) {
  if (parts_.size() < texts.size()) parts_.resize(texts.size());
  used_ = texts.size();
  uses_.clear();
  lower_uses_.clear();
  runs_ = 0;
  for (std::size_t i = 0; i < used_; ++i) {
    Part& part = parts_[i];
    part.text = texts[i];
    gazetteer_.tokenise(part.text, part.tokens);
    find_sentences(part.tokens, part.sentences);
    describe(part);
  }
  for (std::size_t i = 0; i < used_; ++i) note_uses(parts_[i]);
}

void Document::describe(Part& part) {
  part.words.assign(part.tokens.size(), {});
  for (std::size_t i = 0; i < part.tokens.size(); ++i) {
    const Token& token = part.tokens[i];
    Word& word = part.words[i];
    word.lower = token.key;
    word.lists = lists_.of(phrase_key(0, token.key));
    if (is_capital(token) || token.has(Shape::digits)) describe_writing(part.text, token, word);
  }
  mark_runs(part);
  mark_wide_runs(part);
  number_runs(part);
  for (const Sentence& sentence : part.sentences) {
    for (std::size_t i = sentence.first; i < sentence.last; ++i)
      part.words[i].letter_case = sentence.letter_case;
    find_known(part, sentence);
    mark_quoted(part, sentence);
    mark_active(part, sentence);
  }
}

void Document::number_runs(Part& part) {
  for (std::size_t i = 0; i < part.tokens.size(); ++i) {
    if (!is_capital(part.tokens[i])) continue;
    if (part.words[i].run_first == i) ++runs_;
    part.words[i].run = runs_;
  }
}

/// The longest listed name from each capital on, that of the tables or of the lists.
void Document::find_known(Part& part, const Sentence& sentence) const {
  const bool any_case = sentence.letter_case == LetterCase::capitals;
  constexpr unsigned first_phrase_list = 8;
  constexpr unsigned after_types = 6;
  for (std::size_t i = sentence.first; i < sentence.last; ++i) {
    if (!is_capital(part.tokens[i]) || part.words[i].known != 0) continue;
    const auto rest = std::span<const Token>(part.tokens).subspan(i, sentence.last - i);
    const PhraseMatch match = gazetteer_.longest(rest, any_case);
    const bool is_name = match.phrase != nullptr && match.phrase->is_name();
    std::size_t length = is_name ? match.length : 0;
    std::uint32_t types = is_name ? types_of(*match.phrase) : 0;
    if ((part.words[i].lists & (phrase_lists | NameList::phrase_begins)) != 0) {
      std::uint64_t key = 0;
      for (std::size_t n = 1; n <= std::min(longest_listed, rest.size()); ++n) {
        key = phrase_key(key, rest[n - 1].key);
        const std::uint32_t listed = (lists_.of(key) & phrase_lists) >> first_phrase_list;
        if (listed == 0 || n < length) continue;
        types = (n > length ? 0 : types) | listed << after_types;
        length = n;
      }
    }
    if (length > 0) mark_known(part, i, length, types);
  }
}

void Document::note_uses(const Part& part) {
  constexpr std::uint16_t most = 1000;
  for (const Sentence& sentence : part.sentences)
    for (std::size_t i = sentence.first; i < sentence.last; ++i) {
      const Token& token = part.tokens[i];
      if (is_mark(token)) continue;
      if (!token.has(Shape::capital)) {
        if (std::uint16_t& uses = lower_uses_[token.key]; uses < most) ++uses;
        continue;
      }
      WordUses& uses = uses_[token.key];
      const bool telling =
          sentence.letter_case == LetterCase::ordinary && !token.has(Shape::opener);
      if (std::uint16_t& count = telling ? uses.inside : uses.open; count < most) ++count;
      if (part.words[i].run_first == i && sentence.letter_case != LetterCase::capitals)
        note_run(part, i, part.words[i].run_last);
    }
}

void Document::note_run(const Part& part, std::size_t first, std::size_t last) {
  if (last - first >= longest_run) return;
  constexpr std::uint64_t bound = 1;
  const bool starts = part.tokens[first].has(Shape::sentence_start);
  const std::uint64_t before = first > 0 && !starts ? part.tokens[first - 1].key : bound;
  const std::uint64_t after = last + 1 < part.tokens.size() ? part.tokens[last + 1].key : bound;
  const std::size_t length = last - first + 1;
  for (std::size_t i = first; i <= last; ++i) {
    WordUses& uses = uses_[part.tokens[i].key];
    if (uses.contexts < WordUses::most_contexts)
      uses.context[uses.contexts++] = {part.words[i].run, before, after};
    if (length <= uses.longest) continue;
    uses.longest = static_cast<std::uint8_t>(length);
    uses.place = i == first ? 0 : i == last ? 2 : 1;
    uses.longest_first = part.tokens[first].key;
    uses.longest_last = part.tokens[last].key;
    uses.longest_lists = part.words[first].lists;
  }
  const Word& head = part.words[first];
  if (head.wide_first != first) return;
  std::string initials;
  for (std::size_t i = first; i <= std::min<std::size_t>(head.wide_last, first + longest_run); ++i)
    if (is_capital(part.tokens[i])) initials += part.text[part.tokens[i].begin];
  if (initials.size() >= 2) uses_[key_of(initials)].stands_for = part.tokens[head.wide_last].key;
}

}  // namespace dateline::ner
