// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/sentences.h"

#include "indexer/entities/gazetteer.h"

namespace dateline::ner {
namespace {

LetterCase letter_case_of(std::span<const Token> sentence) {
  std::size_t words = 0;
  std::size_t capital = 0;
  std::size_t all_capitals = 0;
  std::size_t ordinary_capital = 0;
  std::size_t ordinary_lower = 0;
  for (const Token& token : sentence) {
    constexpr std::size_t long_word = 4;
    if (token.has(Shape::punctuation | Shape::possessive | Shape::unreadable | Shape::digits))
      continue;
    if (token.end - token.begin < long_word) continue;
    ++words;
    const bool upper = token.has(Shape::capital);
    capital += upper ? 1U : 0U;
    all_capitals += token.has(Shape::all_capitals) ? 1U : 0U;
    if (token.has(Shape::opener) || !token.is(bits(WordClass::common, WordClass::function)))
      continue;
    (upper ? ordinary_capital : ordinary_lower) += 1;
  }
  if (words >= 2 && all_capitals * 5 >= words * 4) return LetterCase::capitals;
  const bool mostly_capital = words >= 3 && capital * 4 >= words * 3;
  if (mostly_capital && ordinary_capital > ordinary_lower) return LetterCase::headline;
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
