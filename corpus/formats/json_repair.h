// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace dateline {

/// JSON that a strict parser refuses, as one that it may take: numbers over 64 bits become strings
/// of their digits, NaN and Infinity null, lone surrogates U+FFFD; control characters within
/// strings are escaped, backslashes that escape nothing left out. Linear; what is beyond that stays
/// as it is.
std::string repair_json(std::string_view json);

}  // namespace dateline
