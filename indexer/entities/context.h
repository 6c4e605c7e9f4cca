// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "indexer/entities/gazetteer.h"
#include "indexer/entities/tokens.h"

namespace dateline::ner {

/// What the words of a capitalised sequence say by themselves: bits of Evidence.
std::uint64_t evidence_of_words(std::span<const Token> words);

/// What stands before and after tokens [at, at + count) of a sentence says: bits of Evidence.
std::uint64_t evidence_around(const Gazetteer& gazetteer, std::span<const Token> sentence,
                              std::size_t at, std::size_t count);

/// Whether tokens [at, at + count) of a sentence only credit a picture or a wire service:
/// "Joe Raedle/Getty Images", "via Reuters", "MOSCOW (Reuters) -".
bool is_credit(const Gazetteer& gazetteer, std::span<const Token> sentence, std::size_t at,
               std::size_t count);

}  // namespace dateline::ner
