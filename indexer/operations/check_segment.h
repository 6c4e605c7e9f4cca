// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "common/index/layout.h"
#include "common/index/manifest.h"
#include "indexer/operations/damage.h"

namespace dateline {

/// How much of a segment a check has looked at.
struct SegmentExtent {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;
  std::uint64_t terms = 0;
};

/// Proves that a segment is what its manifest says and whole: checksums, the structure of the
/// postings, and that columns, postings and stored articles say the same of every row. What is not
/// so goes to `damage`. Reads everything once; keeps a few bytes for each row, word and entity.
/// Throws Error(system_failure) when the system refuses to read.
/// `words_in_order`: whether it was made with this program's folding and stems, so that the order
/// by them can be checked.
SegmentExtent check_segment(const IndexLayout& layout, const SegmentEntry& entry,
                            bool words_in_order, DamageList& damage);

}  // namespace dateline
