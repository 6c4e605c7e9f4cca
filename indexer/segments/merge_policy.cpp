// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/merge_policy.h"

#include <algorithm>
#include <numeric>

namespace dateline {
namespace {

/// Each further segment costs a query 5 to 10 % of its time.
constexpr std::size_t max_segments = 8;
/// Merging at the limit leaves this many, so that it is not due again at the next run.
constexpr std::size_t segments_after_merge = 4;

/// Dead rows are passed over at query time; past three in ten, copying the rest pays.
bool is_worn(const SegmentEntry& s) {
  return std::uint64_t{s.rows - s.live} * 10 > std::uint64_t{s.rows} * 3;
}

}  // namespace

std::vector<std::size_t> segments_to_merge(const std::vector<SegmentEntry>& segments) {
  std::vector<std::size_t> by_size(segments.size());
  std::iota(by_size.begin(), by_size.end(), std::size_t{0});
  std::ranges::stable_sort(by_size, {}, [&](std::size_t i) { return segments[i].live; });

  const bool too_many = segments.size() > max_segments;
  const auto small = too_many ? segments.size() - segments_after_merge + 1 : 0;
  std::vector<std::size_t> chosen;
  for (std::size_t rank = 0; rank < by_size.size(); ++rank) {
    if (rank < small || is_worn(segments[by_size[rank]])) chosen.push_back(by_size[rank]);
  }
  std::ranges::sort(chosen);
  return chosen;
}

}  // namespace dateline
