// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/bench/corpus/random.h"

namespace dateline::bench {

/// Words by rank of frequency, without end: English function words first, then words made of
/// syllables, each of which is its rank's alone.
std::string word_of_rank(std::uint64_t rank);
std::size_t function_word_count();

/// What a made-up word is used as decides its inflected forms.
std::string inflected(std::string word, std::uint64_t rank, Random& random);

std::string capitalised(std::string word);

/// A surname or a town, which ends as such names do.
std::string name_of_rank(std::uint64_t rank);

/// Ranks as texts have them: Zipf's law down to the rank of rare words, a steeper one from there
/// on, so that the vocabulary grows as N^0.6 of N words for ever (Heaps' law).
class WordRanks {
 public:
  std::uint64_t operator()(Random& random) const;

 private:
  static constexpr double rare = 10'000;
  static constexpr double rare_share = 0.15;  // of all words of a text
  // Where ranks begin.
  static constexpr double offset = 1;
  PowerLaw common_{offset, rare, 1};
  PowerLaw rare_{rare, unbounded, 1 / 0.6};
};

}  // namespace dateline::bench
