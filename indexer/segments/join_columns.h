// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "indexer/segments/live_segment.h"

namespace dateline {

/// Writes the column file of the segment `name` into `folder`, durably: of `rows`, as order_rows()
/// has put them. Array by array, so that what it takes of memory is the different names and words
/// and some numbers a row. REQUIRES: `document` and `new_row` of the segments are set.
void join_columns(const std::vector<LiveSegment>& segments, const std::vector<RowOf>& rows,
                  const std::filesystem::path& folder, const std::string& name);

}  // namespace dateline
