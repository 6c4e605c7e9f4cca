// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "common/bitset.h"
#include "common/index/column_file.h"

namespace dateline {

/// The different words of a segment, and in which languages' articles they stand.
struct SegmentWords {
  std::vector<std::string_view> words;  ///< in byte order
  struct InLanguage {
    std::string_view language;
    Bitset words;  ///< by their places in `words`
  };
  std::vector<InLanguage> languages;  ///< all of the segment, in byte order
};

/// Writes the sections of a segment's columns that hold its words and their orders.
void write_words(const SegmentWords& words, ColumnFileWriter& file);

}  // namespace dateline
