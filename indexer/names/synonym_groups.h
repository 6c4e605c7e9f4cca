// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "indexer/names/name_rules.h"

namespace dateline {

/// Names of one entity by which a query's word is found under the others, too: those of aliases.tsv
/// (ours and the user's) of which neither is part of the other, as "Clinton" is of "Hillary
/// Clinton", and which are no plain words. In order.
std::vector<std::vector<std::string>> synonym_groups(const NameRules& rules);

}  // namespace dateline
