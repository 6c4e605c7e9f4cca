// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "common/index/layout.h"
#include "common/index/manifest.h"
#include "common/index/segment.h"
#include "indexer/operations/damage.h"

namespace dateline {

/// The whole segments of an index, opened, by name.
using WholeSegments = std::map<std::string, SegmentColumns>;

/// Proves that what a generation has besides its segments is whole and fits them: the tables, the
/// catalogue and the counts of the manifest. Where a segment is missing from `segments` (damaged,
/// and reported by whoever looked at it), what would need it is left out. Keeps 16 bytes for each
/// live article, and the catalogue. Throws Error(system_failure).
void check_generation(const IndexLayout& layout, const Manifest& manifest,
                      const WholeSegments& segments, DamageList& damage);

}  // namespace dateline
