// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "common/index/column_file.h"
#include "common/index/word_lists.h"

namespace dateline {

/// One list while it is made: common/index/word_lists.h has its form.
class GrowingList {
 public:
  struct Large {
    std::uint32_t posting = 0;
    WordCount count;
  };

  /// REQUIRES: rows ascending. `positions`: `count.all` of them, as they stand in a list.
  void add(std::uint32_t row, const WordCount& count, std::string_view positions);
  void clear();

  const std::vector<std::uint32_t>& rows() const { return rows_; }
  const std::string& counts() const { return counts_; }
  const std::string& positions() const { return positions_; }
  const std::vector<std::uint32_t>& block_posting() const { return block_posting_; }
  const std::vector<std::uint32_t>& block_byte() const { return block_byte_; }
  const std::vector<Large>& large() const { return large_; }

 private:
  std::vector<std::uint32_t> rows_;
  std::string counts_;
  std::string positions_;
  std::vector<std::uint32_t> block_posting_;
  std::vector<std::uint32_t> block_byte_;
  std::vector<Large> large_;
};

/// Writes the word lists of a segment one behind the other: of each word in order, then of each of
/// schema::boundaries. Throws as ColumnFileWriter does.
class WordListsFile {
 public:
  /// Of the segment `name`, in its folder.
  WordListsFile(const std::filesystem::path& folder, const std::string& name);

  void add(const GrowingList& list);
  /// The file is complete and durable on return.
  void finish();

 private:
  void append(std::string_view bytes);

  ColumnFileWriter file_;
  std::string packed_rows_;  ///< of one list, kept for its memory
  std::uint64_t bytes_ = 0;
  std::vector<std::uint64_t> at_{0};
  std::vector<std::uint64_t> posting_at_{0};
  std::vector<std::uint64_t> position_at_;
  std::vector<std::uint64_t> block_at_{0};
  std::vector<std::uint32_t> block_posting_;
  std::vector<std::uint32_t> block_byte_;
  std::vector<std::uint64_t> large_posting_;
  std::vector<std::uint32_t> large_all_;
  std::vector<std::uint32_t> large_in_title_;
};

}  // namespace dateline
