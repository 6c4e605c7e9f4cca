// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/bitset.h"
#include "common/index/layout.h"
#include "common/index/manifest.h"
#include "indexer/names/name_rules.h"
#include "indexer/update/catalogue.h"

namespace dateline {

/// What a new generation is made of. Its segments are complete and durable in the index directory.
struct NewGeneration {
  Manifest manifest;  ///< counts of the live articles and the time are filled in by publish()
  std::vector<Bitset> dead;  ///< one a segment, in the manifest's order
  Catalogue catalogue;
};

/// A name for a new segment that no folder in the index directory has: one may be left of a run
/// that was cut off. The manifest's `next_segment` moves on.
std::string new_segment_name(const IndexLayout& layout, Manifest& manifest);

/// Makes the generation the one that readers find. First everything it consists of is written and
/// synced, then CURRENT is replaced: whoever opens the index meanwhile, and whatever is cut off,
/// gets the old generation whole or the new one whole. Entities get their index-wide names here,
/// from all live articles, whatever segment they stand in, as the user's rules have it. Returns the
/// manifest as published. Throws Error(system_failure), Xapian::Error; the old generation is then
/// still in force.
Manifest publish(const IndexLayout& layout, NewGeneration generation, const NameRules& rules);

}  // namespace dateline
