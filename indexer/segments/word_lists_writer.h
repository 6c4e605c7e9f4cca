// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/index/schema.h"
#include "common/index/segment.h"
#include "common/index/word_lists.h"
#include "indexer/segments/analyse.h"
#include "indexer/segments/language_words.h"
#include "indexer/segments/word_lists_file.h"

namespace dateline {

/// Collects the word lists of a new segment, row by row, and writes their file. One thread.
class WordListsBuilder {
 public:
  /// REQUIRES: rows ascending.
  void add(std::uint32_t row, std::string_view language, const AnalysedText& text);
  const LanguageWords& words() const { return words_; }
  /// Writes the file of the segment `name`, whose columns stand in `folder`, durably.
  void write(const std::filesystem::path& folder, const std::string& name) const;

 private:
  /// A list's postings as they come, one string a word, which keeps what a posting writes to in one
  /// place: of each the distance of its row, its counts, the distances of its positions.
  struct Postings {
    std::string bytes;
    std::uint32_t next_row = 0;
    void add(std::uint32_t row, std::span<const std::uint32_t> positions, std::uint32_t in_title);
    void put_into(GrowingList& list) const;
  };

  LanguageWords words_;
  std::vector<Postings> postings_;  ///< by number of the word
  std::array<Postings, schema::boundaries.size()> boundaries_;
};

}  // namespace dateline
