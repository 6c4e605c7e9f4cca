// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

#include "indexer/entities/gazetteer.h"
#include "indexer/entities/tokens.h"

namespace dateline::ner {

/// A capitalised sequence that may be a name: tokens [first, last) of one text.
struct Candidate {
  std::size_t first = 0;
  std::size_t last = 0;
  std::uint64_t key = 0;       ///< phrase_key() over its tokens
  std::uint64_t evidence = 0;  ///< bits of Evidence
};

/// Keys of words that an article writes in lower case somewhere.
using LowerWords = std::unordered_set<std::uint64_t>;

/// Appends what may be a name in tokens [first, last) of `tokens`, one sentence in ordinary letter
/// case, in order and without overlap.
void find_candidates(const Gazetteer& gazetteer, std::span<const Token> tokens, std::size_t first,
                     std::size_t last, const LowerWords& lower_words,
                     std::vector<Candidate>& candidates);

}  // namespace dateline::ner
