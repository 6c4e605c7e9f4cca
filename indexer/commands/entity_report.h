// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "common/terminal.h"
#include "indexer/names/entity_list.h"
#include "indexer/names/merge_suggestions.h"

namespace dateline {

/// `raw_tsv`: names that a spreadsheet would take for formulas are left as they are.
enum class EntityListFormat { text, tsv, raw_tsv, json_lines };

/// The entities as `dateline-index --entities` prints them (docs/json-output.md, docs/entities.md).
/// In text and JSON Lines the suggestions follow: in text as lines that can be pasted into
/// aliases.tsv, which are never cut; all others have at most `width` columns.
std::string entity_report(const std::vector<ListedEntity>& entities,
                          const std::vector<MergeSuggestion>& suggestions, EntityListFormat format,
                          const Palette& palette, std::size_t width);

}  // namespace dateline
