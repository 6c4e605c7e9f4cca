// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/sentences.h"

#include <string_view>
#include <unordered_set>

#include "indexer/entities/gazetteer.h"

namespace dateline::ner {
namespace {

/// Words that keep their small letters in a headline.
bool is_small_in_headlines(const Token& token) {
  static const std::unordered_set<std::uint64_t> keys = [] {
    std::unordered_set<std::uint64_t> found;
    for (const std::string_view word :
         {"a",  "an", "and", "as", "at",   "but",  "by",  "for", "from", "in", "into",
          "is", "of", "on",  "or", "over", "than", "the", "to",  "via",  "vs", "with"})
      found.insert(key_of(word));
    return found;
  }();
  return keys.contains(token.key);
}

/// How the words of a sentence are written.
struct Count {
  std::size_t words = 0;  ///< of four letters or more
  std::size_t capital = 0;
  std::size_t all_capitals = 0;
  std::size_t ordinary_capital = 0;  ///< ordinary words that have a capital without need
  std::size_t lower = 0;             ///< words in small letters that a headline would not have
};

Count count_words(std::span<const Token> sentence) {
  constexpr std::size_t long_word = 4;
  Count count;
  for (const Token& token : sentence) {
    if (token.has(Shape::punctuation | Shape::possessive | Shape::unreadable | Shape::digits))
      continue;
    const bool upper = token.has(Shape::capital);
    if (!upper && !is_small_in_headlines(token)) ++count.lower;
    if (token.end - token.begin < long_word) continue;
    ++count.words;
    count.capital += upper ? 1U : 0U;
    count.all_capitals += token.has(Shape::all_capitals) ? 1U : 0U;
    const bool ordinary = token.is(bits(WordClass::common, WordClass::function));
    if (upper && ordinary && !token.has(Shape::opener)) ++count.ordinary_capital;
  }
  return count;
}

LetterCase letter_case_of(std::span<const Token> sentence) {
  const Count count = count_words(sentence);
  if (count.words >= 2 && count.all_capitals * 5 >= count.words * 4) return LetterCase::capitals;
  const bool mostly_capital = count.words >= 3 && count.capital * 4 >= count.words * 3;
  const bool stops = sentence.back().mark == '.';
  const bool hardly_lower = stops ? count.lower == 0 : count.lower * 6 <= count.words;
  if (mostly_capital && hardly_lower && count.ordinary_capital > 0) return LetterCase::headline;
  return LetterCase::ordinary;
}

}  // namespace

void find_sentences(std::span<const Token> tokens, std::vector<Sentence>& sentences) {
  sentences.clear();
  for (std::size_t first = 0; first < tokens.size();) {
    std::size_t last = first + 1;
    while (last < tokens.size() && !tokens[last].has(Shape::sentence_start)) ++last;
    sentences.push_back({first, last, letter_case_of(tokens.subspan(first, last - first))});
    first = last;
  }
}

}  // namespace dateline::ner
