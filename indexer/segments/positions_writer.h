// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xapian.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/index/positions.h"
#include "common/index/schema.h"
#include "common/index/segment.h"
#include "indexer/segments/analyse.h"

namespace dateline {

/// Collects where the words of a new segment stand, row by row, and writes its file of positions.
/// One thread.
class PositionsBuilder {
 public:
  /// REQUIRES: rows ascending.
  void add(std::uint32_t row, std::string_view language, const AnalysedText& text);
  /// Calls `f(language, word)` for each word and each language of an article that holds it.
  template <class F>
  void for_each_word(F&& f) const {
    for (const auto& [word, list] : words_) {
      for (const auto language : list.languages) f(languages_[language], word);
    }
  }
  /// Writes the file of the segment `name`, whose columns stand in `folder`, durably.
  void write(const std::filesystem::path& folder, const std::string& name) const;

 private:
  struct List {
    std::string bytes;
    std::vector<std::uint32_t> block_row;
    std::vector<std::uint32_t> block_byte;
    std::vector<std::uint32_t> languages;  ///< positions in languages_, mostly one
  };
  std::uint32_t ordinal_of(std::string_view language);
  void add_to(List& list, std::uint32_t row, std::span<const std::uint32_t> positions);

  std::unordered_map<std::string, List> words_;
  std::vector<std::string> languages_;
  std::array<List, schema::boundaries.size()> boundaries_;
};

/// A segment whose positions are joined with those of others.
struct PositionsInput {
  const SegmentColumns* columns;
  const SegmentPositions* positions;
  Xapian::Database database;
};

/// Writes the file of positions of the segment `name` that has the rows of `inputs` in that order,
/// and whose columns stand in `folder`, durably.
void join_positions(const std::vector<PositionsInput>& inputs, const std::filesystem::path& folder,
                    const std::string& name);

}  // namespace dateline
