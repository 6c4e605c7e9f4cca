// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "common/index/column_file.h"

namespace dateline {

/// The position of `text` in a table in byte order; none: it is not there.
inline std::optional<std::uint32_t> find_sorted(const StringTable& table, std::string_view text) {
  std::size_t low = 0;
  std::size_t high = table.size();
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (table[middle] < text) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == table.size() || table[low] != text) return std::nullopt;
  return static_cast<std::uint32_t>(low);
}

}  // namespace dateline
