// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/left_out.h"

#include <algorithm>
#include <array>

namespace dateline {
namespace {

bool is_hidden(std::string_view name) {
  return name.starts_with('.') && name != "." && name != "..";
}

bool is_litter(std::string_view name) {
  static constexpr std::array<std::string_view, 3> litter{"Thumbs.db", "desktop.ini", "__MACOSX"};
  return name.ends_with('~') || std::find(litter.begin(), litter.end(), name) != litter.end();
}

}  // namespace

bool is_left_out(std::string_view name) { return is_hidden(name) || is_litter(name); }

}  // namespace dateline
