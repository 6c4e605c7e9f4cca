// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "common/index/manifest.h"

namespace dateline {

/// Which segments of a generation are worth merging into one: those with many dead rows, and the
/// smallest when there are so many that each query pays for it. Positions in `segments`, ascending;
/// never a single segment without dead rows. `live` of the entries must be right.
std::vector<std::size_t> segments_to_merge(const std::vector<SegmentEntry>& segments);

}  // namespace dateline
