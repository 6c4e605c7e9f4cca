// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "indexer/names/entity_list.h"
#include "indexer/names/name_rules.h"

namespace dateline {

/// Two entities that look like one: a line for aliases.tsv, and why.
struct MergeSuggestion {
  EntityType type = EntityType::person;
  std::string name;
  std::string into;
  std::string reason;
};

/// Pairs of one type whose names are alike: the same but for spaces, spelling or transliteration,
/// an initial, a word more, an acronym. Left out are pairs that articles name side by side, that
/// differ in a number, that could mean several others, and names that `rules` speak of already. All
/// lines together are free of contradictions. Names are compared within blocks of equal first or
/// last words, the most frequent of each: the work is bounded by the number of names. In the order
/// of `entities`.
std::vector<MergeSuggestion> suggest_merges(const std::vector<ListedEntity>& entities,
                                            const NameRules& rules);

}  // namespace dateline
