// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "common/bitset.h"
#include "common/index/segment.h"
#include "common/index/word_lists.h"

namespace dateline {

/// A finished segment whose live rows are joined with those of others to a new one.
struct LiveSegment {
  static constexpr auto no_row = std::numeric_limits<std::uint32_t>::max();

  /// Throws as SegmentColumns and SegmentWordLists do. REQUIRES: a bit of `dead` for each row.
  LiveSegment(std::filesystem::path folder, const std::string& name, Bitset dead);

  std::uint32_t live() const;
  bool is_live(std::uint32_t row) const { return !dead.test(row); }

  std::filesystem::path folder;
  SegmentColumns columns;
  SegmentWordLists lists;
  Bitset dead;
  std::vector<std::uint32_t> document;  ///< by row: in the database of the new segment
  std::vector<std::uint32_t> new_row;   ///< by row: in the new segment; no_row: it is dead
};

/// A row of one of several segments.
struct RowOf {
  std::uint32_t segment = 0;
  std::uint32_t row = 0;
};

/// Where the live rows stand in the new segment: in the order of newest_first(). Sets `new_row` of
/// the segments.
std::vector<RowOf> order_rows(std::vector<LiveSegment>& segments);

}  // namespace dateline
