// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/bitset.h"
#include "common/index/layout.h"
#include "common/index/manifest.h"
#include "indexer/update/publish.h"

namespace dateline {

/// Adds a finished segment to a generation that is being made, unless all its rows are dead.
void add_segment(NewGeneration& next, SegmentEntry entry, const Bitset& dead);

/// What was merged, and into which segment.
struct MergedSegments {
  std::vector<std::string> names;
  SegmentEntry into;
};

/// Merges those segments of the generation that segments_to_merge() chooses, in new files; none: it
/// chose none. Throws as merge_segments() does.
std::optional<MergedSegments> merge_where_due(NewGeneration& next, const IndexLayout& layout);

}  // namespace dateline
