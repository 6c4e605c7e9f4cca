// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace dateline {

/// Whether the whole of `text` has the shape of `pattern`, in which '*' stands for any characters,
/// or none. Time is at most the product of the lengths.
bool matches_pattern(std::string_view text, std::string_view pattern);

}  // namespace dateline
