// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace dateline {

/// Words by their numbers.
using WordSet = std::vector<std::size_t>;

/// An article's score is a sum of what its words add, word i less than `most[i]`. An article whose
/// score reaches `score` holds all words of at least one of these sets; the empty set stands for
/// any article, no set for none. There are few sets: where many would be needed, these have one
/// word each, and rule out less.
///
/// After Turtle and Flood, "Query evaluation: strategies and optimizations", 1995 (MaxScore), and
/// Broder et al., "Efficient query evaluation using a two-level retrieval process", 2003.
std::vector<WordSet> sets_reaching(std::span<const float> most, float score);

}  // namespace dateline
