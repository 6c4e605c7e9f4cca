// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/document.h"

#include <algorithm>
#include <string>

#include "common/text/unicode.h"

namespace dateline::ner {
namespace {

constexpr std::uint64_t fnv_offset = 0xcbf29ce484222325U;
constexpr std::uint64_t fnv_prime = 0x100000001b3U;

constexpr std::uint64_t extend(std::uint64_t hash, std::uint64_t value) {
  return (hash ^ value) * fnv_prime;
}

/// Sequences longer than this tell nothing: lists, tables, text without a small letter.
constexpr std::size_t longest_run = 12;
constexpr std::size_t longest_listed = 6;

bool is_nameless(const Token& token) {
  return token.has(Shape::punctuation | Shape::possessive | Shape::unreadable);
}

bool is_capital(const Token& token) { return token.has(Shape::capital) && !is_nameless(token); }

char class_of(char32_t c) {
  if (c >= 'a' && c <= 'z') return 'x';
  if (c >= 'A' && c <= 'Z') return 'X';
  if (c >= '0' && c <= '9') return '0';
  return c < 0x80 ? static_cast<char>(c) : 'x';
}

/// A word in a script without capitals, such as Chinese.
bool is_caseless(std::string_view text, const Token& token) {
  constexpr char32_t first_caseless = 0x590;
  std::size_t at = token.begin;
  return !is_nameless(token) && next_code_point(text, at) >= first_caseless;
}

/// A word between two capitals that does not end a name.
bool joins_names(const Token& token, std::uint16_t lists) {
  return (lists & NameList::inside_names) != 0 && !token.has(Shape::sentence_start);
}

}  // namespace

const WordUses* Document::uses_of(std::uint64_t lower) const {
  const auto found = uses_.find(lower);
  return found == uses_.end() ? nullptr : &found->second;
}

void Document::read(std::span<const std::string_view> texts) {
  if (parts_.size() < texts.size()) parts_.resize(texts.size());
  used_ = texts.size();
  uses_.clear();
  run_count_ = 0;
  for (std::size_t i = 0; i < used_; ++i) {
    parts_[i].text = texts[i];
    gazetteer_.tokenise(texts[i], parts_[i].tokens);
    find_sentences(parts_[i].tokens, parts_[i].sentences);
    describe(parts_[i]);
  }
  for (std::size_t i = 0; i < used_; ++i) note_uses(parts_[i]);
}

void Document::describe(Part& part) {
  part.words.assign(part.tokens.size(), {});
  for (std::size_t i = 0; i < part.tokens.size(); ++i) {
    Word& word = part.words[i];
    word.lower = part.tokens[i].key;
    word.lists = lists_.of(phrase_key(0, word.lower));
    if (is_capital(part.tokens[i]) || part.tokens[i].has(Shape::digits)) describe_word(part, i);
  }
  find_runs(part);
  for (const Sentence& sentence : part.sentences) {
    find_known(part, sentence);
    mark_quotes(part, sentence);
    mark_active(part, sentence);
  }
}

void Document::describe_word(const Part& part, std::size_t at) {
  const Token& token = part.tokens[at];
  Word& word = const_cast<Word&>(part.words[at]);
  std::array<std::uint64_t, 4> last{};
  std::size_t count = 0;
  std::uint64_t prefix = fnv_offset;
  std::uint64_t exact = fnv_offset;
  std::uint64_t shape = fnv_offset;
  std::uint64_t part_key = fnv_offset;
  char previous = 0;
  std::uint32_t repeats = 0;
  for (std::size_t i = token.begin; i < token.end;) {
    char32_t c = next_code_point(part.text, i);
    if (c == 0x2019 || c == 0x2018) c = '\'';
    if (c == 0x2010 || c == 0x2011) c = '-';
    exact = extend(exact, c);
    const char kind = class_of(c);
    repeats = kind == previous ? repeats + 1 : 0;
    if (repeats < 1) shape = extend(shape, static_cast<std::uint64_t>(kind));
    previous = kind;
    const std::uint64_t small = c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c == '-') {
      if (word.before_hyphen == 0) word.before_hyphen = part_key;
      part_key = fnv_offset;
      word.after_hyphen = 1;
    } else {
      part_key = extend(part_key, small);
    }
    last[count % 4] = small;
    prefix = extend(prefix, small);
    if (count < 4) word.prefixes[count] = prefix;
    ++count;
  }
  if (word.after_hyphen != 0) word.after_hyphen = part_key;
  word.exact = exact;
  word.shape = static_cast<std::uint32_t>(shape >> 7U ^ shape);
  std::uint64_t suffix = fnv_offset + 1;
  for (std::size_t i = 0; i < 4 && i < count; ++i) {
    suffix = extend(suffix, last[(count - 1 - i) % 4]);
    word.suffixes[i] = suffix;
  }
}

/// Sequences of capitals, strict and with small words inside.
void Document::find_runs(Part& part) {
  part.runs.assign(part.tokens.size(), 0);
  const auto& tokens = part.tokens;
  for (std::size_t first = 0; first < tokens.size();) {
    if (!is_capital(tokens[first])) {
      part.words[first].run_first = part.words[first].run_last = static_cast<std::uint32_t>(first);
      part.words[first].wide_first = part.words[first].wide_last =
          static_cast<std::uint32_t>(first);
      ++first;
      continue;
    }
    std::size_t last = first;
    while (last + 1 < tokens.size() && is_capital(tokens[last + 1]) &&
           !tokens[last + 1].has(Shape::sentence_start))
      ++last;
    ++run_count_;
    for (std::size_t i = first; i <= last; ++i) {
      part.runs[i] = run_count_;
      part.words[i].run_first = static_cast<std::uint32_t>(first);
      part.words[i].run_last = static_cast<std::uint32_t>(last);
    }
    first = last + 1;
  }
  // A run goes on through up to two small words that stand in names.
  const auto next_run = [&](std::size_t end) {
    for (std::size_t i = end + 1; i < tokens.size() && i <= end + 3; ++i) {
      if (tokens[i].has(Shape::sentence_start)) return std::size_t{0};
      if (is_capital(tokens[i])) return i > end + 1 ? i : std::size_t{0};
      if (!joins_names(tokens[i], part.words[i].lists) || tokens[i].has(Shape::punctuation)) break;
    }
    return std::size_t{0};
  };
  for (std::size_t i = 0; i < tokens.size();) {
    if (!is_capital(tokens[i])) {
      ++i;
      continue;
    }
    std::size_t last = part.words[i].run_last;
    for (std::size_t next = next_run(last); next != 0; next = next_run(last))
      last = part.words[next].run_last;
    for (std::size_t j = i; j <= last; ++j) {
      part.words[j].wide_first = static_cast<std::uint32_t>(i);
      part.words[j].wide_last = static_cast<std::uint32_t>(last);
    }
    i = last + 1;
  }
}

void Document::find_known(Part& part, const Sentence& sentence) {
  const bool any_case = sentence.letter_case == LetterCase::capitals;
  const std::span<const Token> tokens(part.tokens);
  const auto code_of = [](const Phrase& phrase) {
    std::uint32_t code = 0;
    for (std::size_t t = 0; t < phrase.senses.size(); ++t)
      if (!phrase.senses[t].name.empty()) code |= (phrase.senses[t].doubtful ? 2U : 1U) << (2 * t);
    return code;
  };
  const auto mark = [&](std::size_t first, std::size_t length, std::uint32_t code) {
    for (std::size_t i = first; i < first + length; ++i) {
      const std::uint32_t place = length == 1               ? 3
                                  : i == first              ? 0
                                  : i + 1 == first + length ? 2
                                                            : 1;
      part.words[i].known = code << 2U | place | 1U << 16U;
    }
  };
  for (std::size_t i = sentence.first; i < sentence.last; ++i) {
    part.words[i].sentence_case = static_cast<std::uint8_t>(sentence.letter_case);
    if (!is_capital(tokens[i]) || part.words[i].known != 0) continue;
    const auto rest = tokens.subspan(i, sentence.last - i);
    const PhraseMatch match = gazetteer_.longest(rest, any_case);
    std::size_t length = 0;
    std::uint32_t code = 0;
    if (match.phrase != nullptr && match.phrase->is_name()) {
      length = match.length;
      code = code_of(*match.phrase);
    }
    if ((part.words[i].lists & (phrase_lists | NameList::phrase_begins)) != 0) {
      std::uint64_t key = 0;
      for (std::size_t n = 1; n <= std::min<std::size_t>(longest_listed, rest.size()); ++n) {
        if (n > 1 && (rest[n - 1].has(Shape::sentence_start))) break;
        key = phrase_key(key, rest[n - 1].key);
        const std::uint32_t listed = (lists_.of(key) & phrase_lists) >> 8U;
        if (listed == 0 || n < length) continue;
        code = (n > length ? 0 : code) | listed << 6U;
        length = n;
      }
    }
    if (length > 0) mark(i, length, code);
  }
}

void Document::mark_quotes(Part& part, const Sentence& sentence) {
  constexpr std::size_t longest_quoted = 12;
  for (std::size_t i = sentence.first; i < sentence.last; ++i) {
    if (part.tokens[i].mark != '"' && part.tokens[i].mark != '\'') continue;
    const char mark = part.tokens[i].mark;
    std::size_t end = i + 1;
    while (end < sentence.last && end <= i + longest_quoted && part.tokens[end].mark != mark) ++end;
    if (end >= sentence.last || part.tokens[end].mark != mark || end == i + 1) continue;
    if (!is_capital(part.tokens[i + 1])) continue;
    for (std::size_t j = i + 1; j < end; ++j) part.words[j].quoted = true;
    i = end;
  }
}

/// Capitals, and what may stand between or before them in a name.
void Document::mark_active(Part& part, const Sentence& sentence) {
  for (std::size_t i = sentence.first; i < sentence.last; ++i) {
    const Token& token = part.tokens[i];
    const bool mixed = !is_nameless(token) && token.has(Shape::digits);
    const bool caseless_name = i > sentence.first + 1 && i + 1 < sentence.last &&
                               part.tokens[i - 1].mark == '(' && part.tokens[i + 1].mark == ')' &&
                               is_caseless(part.text, token) && part.words[i - 2].active;
    part.words[i].active = is_capital(token) || caseless_name ||
                           (mixed && i > sentence.first && part.words[i - 1].active) ||
                           (part.words[i].known != 0 && !token.has(Shape::unreadable));
  }
  for (std::size_t i = sentence.last; i-- > sentence.first;) {
    if (part.words[i].active || part.tokens[i].has(Shape::unreadable)) continue;
    if (i + 1 < sentence.last && part.words[i + 1].active &&
        (part.words[i].lists & NameList::inside_names) != 0)
      part.words[i].active = true;
  }
}

void Document::note_uses(const Part& part) {
  constexpr std::uint16_t most = 1000;
  for (const Sentence& sentence : part.sentences) {
    const bool telling = sentence.letter_case == LetterCase::ordinary;
    for (std::size_t i = sentence.first; i < sentence.last; ++i) {
      const Token& token = part.tokens[i];
      if (is_nameless(token)) continue;
      WordUses& uses = uses_[token.key];
      std::uint16_t& count = !token.has(Shape::capital)             ? uses.lower
                             : telling && !token.has(Shape::opener) ? uses.inside
                                                                    : uses.open;
      if (count < most) ++count;
      if (is_capital(token) && part.words[i].run_first == i &&
          sentence.letter_case != LetterCase::capitals)
        note_run(part, i, std::min<std::size_t>(part.words[i].run_last, sentence.last - 1));
    }
  }
}

void Document::note_run(const Part& part, std::size_t first, std::size_t last) {
  if (last - first >= longest_run) return;
  const std::uint64_t before =
      first > 0 && !part.tokens[first].has(Shape::sentence_start) ? part.tokens[first - 1].key : 1;
  const std::uint64_t after = last + 1 < part.tokens.size() ? part.tokens[last + 1].key : 1;
  const std::size_t length = last - first + 1;
  std::string initials;
  for (std::size_t i = first; i <= last; ++i) {
    WordUses& uses = uses_[part.tokens[i].key];
    initials += part.text[part.tokens[i].begin];
    if (uses.contexts < WordUses::most_contexts)
      uses.context[uses.contexts++] = {part.runs[i], before, after};
    if (length > uses.longest) {
      uses.longest = static_cast<std::uint8_t>(length);
      uses.place = i == first ? 0 : i == last ? 2 : 1;
      uses.longest_first = part.tokens[first].key;
      uses.longest_last = part.tokens[last].key;
      uses.longest_lists = part.words[first].lists;
    }
  }
  if (part.words[first].wide_last > last && part.words[first].wide_first == first)
    for (std::size_t i = last + 1; i <= part.words[first].wide_last && i <= first + longest_run;
         ++i)
      if (is_capital(part.tokens[i])) initials += part.text[part.tokens[i].begin];
  if (initials.size() >= 2)
    uses_[key_of(initials)].stands_for = part.tokens[part.words[first].wide_last].key;
}

}  // namespace dateline::ner
