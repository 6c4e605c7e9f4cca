// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dateline {

/// A format that is read, for people.
struct FormatDescription {
  std::string_view name;
  std::string_view known_by;  ///< file endings and first bytes
  std::string_view gives;     ///< what one file of it holds
};

std::span<const FormatDescription> readable_formats();

/// All of them as a table of at most 80 columns.
std::string format_list();

}  // namespace dateline
