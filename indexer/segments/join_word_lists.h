// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "indexer/segments/live_segment.h"

namespace dateline {

/// Writes the file of word lists of the segment `name`, whose columns join_columns() has put into
/// `folder`, durably.
void join_word_lists(const std::vector<LiveSegment>& segments, const std::filesystem::path& folder,
                     const std::string& name);

}  // namespace dateline
