// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>

#include "common/index/segment.h"
#include "common/index/word_lists.h"
#include "indexer/operations/check_columns.h"

namespace dateline {

/// Compares a segment's database with its word lists and its columns: which words, ids and lengths
/// the postings give each row, and what the stored articles say. Returns the number of terms.
/// Throws Xapian::Error when the database cannot be read.
std::uint64_t check_postings(const SegmentColumns& columns, const SegmentWordLists& lists,
                             const Xapian::Database& database, const ProblemSink& report);

}  // namespace dateline
