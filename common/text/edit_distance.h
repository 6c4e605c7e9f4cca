// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace dateline {

/// How many bytes must be put in, left out or replaced to make `b` of `a` (Levenshtein's distance).
/// Time is the product of the lengths.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace dateline
