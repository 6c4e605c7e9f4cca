// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "common/bitset.h"
#include "common/index/layout.h"
#include "common/index/segment.h"
#include "common/index/tables.h"
#include "indexer/names/name_rules.h"

namespace dateline {

/// Fills in what the tables say of entities: one list for all segments, how the names of each lead
/// to it, and what a user's rules add. Of live articles only, so the same articles give the same
/// list however they are spread over segments. No article is analysed again; those that may hold a
/// name added by a rule are read from the segments. Throws Xapian::Error, Error(damaged_index).
void fill_entities(const IndexLayout& layout, const std::vector<SegmentColumns>& segments,
                   const std::vector<Bitset>& dead, const NameRules& rules, TablesContent& content);

}  // namespace dateline
