// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "indexer/entities/tokens.h"

namespace dateline::ner {

/// What capitals mean in a sentence.
enum class LetterCase : std::uint8_t {
  ordinary,  ///< names have them
  headline,  ///< Nearly Every Word Has One
  capitals,  ///< ALL LETTERS ARE CAPITALS
};

/// Tokens [first, last) of one text.
struct Sentence {
  std::size_t first = 0;
  std::size_t last = 0;
  LetterCase letter_case = LetterCase::ordinary;
};

/// The sentences of a text, in order and without gaps. Replaces the content of `sentences`.
void find_sentences(std::span<const Token> tokens, std::vector<Sentence>& sentences);

}  // namespace dateline::ner
