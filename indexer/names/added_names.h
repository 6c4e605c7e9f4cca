// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "common/bitset.h"
#include "common/index/entity_weight.h"
#include "common/index/segment.h"
#include "indexer/names/name_rules.h"

namespace dateline {

/// An article that holds an added name.
struct FoundName {
  std::uint32_t row = 0;
  std::uint32_t name = 0;  ///< position in NameRules::added
  EntityWeight weight = 0;
};

/// The live articles of a segment that hold the rules' added names, in order of row, then name.
/// Candidates come from the segment's postings by their words' positions; of each the stored text
/// is read. A name is found at whole words, in a row, with a capital wherever it has one; not
/// inside a longer name that the segment knows in the article, unless that is forbidden, or that is
/// added as well. Throws Xapian::Error, Error(damaged_index).
std::vector<FoundName> find_names(const SegmentColumns& segment, const Xapian::Database& database,
                                  const Bitset& dead, const NameRules& rules);

}  // namespace dateline
