// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/live_segment.h"

#include <algorithm>
#include <utility>

#include "common/index/schema.h"

namespace dateline {

LiveSegment::LiveSegment(std::filesystem::path segment_folder, const std::string& name,
                         Bitset dead_rows)
    : folder(std::move(segment_folder)),
      columns(folder, name),
      lists(folder, name, columns.words.size() + schema::boundaries.size(), columns.rows()),
      dead(std::move(dead_rows)) {}

std::uint32_t LiveSegment::live() const {
  return columns.rows() - static_cast<std::uint32_t>(dead.count());
}

std::vector<RowOf> order_rows(std::vector<LiveSegment>& segments) {
  std::vector<RowOf> rows;
  std::size_t live = 0;
  for (const auto& segment : segments) live += segment.live();
  rows.reserve(live);
  for (std::uint32_t s = 0; s < segments.size(); ++s) {
    for (std::uint32_t row = 0; row < segments[s].columns.rows(); ++row) {
      if (segments[s].is_live(row)) rows.push_back({s, row});
    }
  }
  std::ranges::sort(rows, [&](const RowOf& a, const RowOf& b) {
    return newest_first(segments[a.segment].columns, a.row, segments[b.segment].columns, b.row);
  });
  for (auto& s : segments) s.new_row.assign(s.columns.rows(), LiveSegment::no_row);
  for (std::uint32_t n = 0; n < rows.size(); ++n) {
    segments[rows[n].segment].new_row[rows[n].row] = n;
  }
  return rows;
}

}  // namespace dateline
