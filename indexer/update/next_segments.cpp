// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/next_segments.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "indexer/segments/merge.h"
#include "indexer/segments/merge_policy.h"

namespace dateline {

void add_segment(NewGeneration& next, SegmentEntry entry, const Bitset& dead) {
  entry.live = entry.rows - static_cast<std::uint32_t>(dead.count());
  if (entry.live == 0) return;
  next.manifest.segments.push_back(std::move(entry));
  next.dead.push_back(dead);
}

std::optional<MergedSegments> merge_where_due(NewGeneration& next, const IndexLayout& layout) {
  const auto chosen = segments_to_merge(next.manifest.segments);
  if (chosen.empty()) return std::nullopt;
  MergedSegments merged;
  std::vector<MergeInput> inputs;
  for (const auto i : chosen) {
    const auto& segment = next.manifest.segments[i];
    merged.names.push_back(segment.name);
    inputs.push_back(
        {layout.segment(segment.name), segment.name, next.dead[i], segment.postings_digest});
  }
  for (auto i = chosen.rbegin(); i != chosen.rend(); ++i) {
    next.manifest.segments.erase(next.manifest.segments.begin() + static_cast<std::ptrdiff_t>(*i));
    next.dead.erase(next.dead.begin() + static_cast<std::ptrdiff_t>(*i));
  }
  const auto name = new_segment_name(layout, next.manifest);
  merged.into = merge_segments(inputs, layout.segment(name), name, layout.work() / "merging");
  add_segment(next, merged.into, Bitset(merged.into.rows));
  return merged;
}

}  // namespace dateline
