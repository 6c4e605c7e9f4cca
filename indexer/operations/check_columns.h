// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "common/index/column_file.h"
#include "common/index/segment.h"

namespace dateline {

/// Told of each thing that is wrong, by a phrase whose subject is the file.
using ProblemSink = std::function<void(std::string)>;

/// Whether offsets begin at 0, never fall, and end at `end`.
template <class Offset>
bool are_offsets(std::span<const Offset> at, std::size_t end) {
  if (at.empty() || at.front() != 0 || at.back() != end) return false;
  for (std::size_t i = 1; i < at.size(); ++i) {
    if (at[i] < at[i - 1]) return false;
  }
  return true;
}

/// Whether each string is greater than the one before it, byte by byte.
bool is_dictionary(const StringTable& strings);

/// Whether every offset, ordinal and row number of a segment's columns stays inside the arrays:
/// only then may SegmentColumns be asked about rows. Reports what does not.
bool check_offsets(const ColumnFile& file, const ProblemSink& report);

/// Compares what the columns say several times over: lists ascend, the rows of an entity are those
/// that name it, words stand in the order of their folded forms. Needs check_offsets().
void check_columns(const SegmentColumns& columns, const ProblemSink& report);

}  // namespace dateline
