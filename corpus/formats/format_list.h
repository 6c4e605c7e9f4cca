// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace dateline {

/// The formats that are read, for people: a table of at most 80 columns.
std::string format_list();

}  // namespace dateline
