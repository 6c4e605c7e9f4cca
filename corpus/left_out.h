// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace dateline {

/// Whether a file or folder of this bare name is none that people keep articles in: hidden ones
/// (leading '.'), and what editors and operating systems leave beside the files.
bool is_left_out(std::string_view name);

}  // namespace dateline
