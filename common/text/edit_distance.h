// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// How many bytes must be put in, left out or replaced to make `b` of `a` (Levenshtein's distance).
/// Time is the product of the lengths.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// How far other words are from one, for many of them: characters put in, left out or replaced, and
/// neighbours exchanged (optimal string alignment). One thread.
class WordDistance {
 public:
  /// Distances above `most` are not told apart.
  WordDistance(std::string_view word, std::size_t most);
  /// At most `most` + 1.
  std::size_t to(std::string_view other) const;

 private:
  std::u32string word_;
  std::uint64_t characters_ = 0;
  std::size_t most_;
  mutable std::u32string other_;
  mutable std::vector<std::size_t> rows_;  ///< the last three of the table
};

}  // namespace dateline
