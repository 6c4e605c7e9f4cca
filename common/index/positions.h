// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/index/column_file.h"

namespace dateline {

/// Positions are kept beside Xapian's postings, not in them: a fifth of the bytes, and less time
/// to build (docs/performance.md). A list for each term that has any holds, for each of the
/// term's postings in their order, the positions as variable-length numbers (7 bits a byte, the
/// lowest first): twice the distance to the position before, from 0, and 1 more in the first of a
/// posting. So a posting ends where the next begins, and lists of neighbouring segments are joined
/// by putting one behind the other.
void append_position(std::uint32_t distance, bool is_first, std::string& list);

/// Where the positions of some postings begin, so that those before need not be passed.
struct PositionBlocks {
  std::span<const std::uint32_t> row;   ///< ascending
  std::span<const std::uint32_t> byte;  ///< of the list
};

/// The list of one term; refers to the file that it is in.
struct PositionList {
  std::string_view bytes;
  PositionBlocks blocks;
};

/// The lists of a segment, mapped. Thread-safe.
class SegmentPositions {
 public:
  /// `lists`: how many the segment must have. Throws as ColumnFile does, and Error(damaged_index)
  /// when there are more or fewer.
  SegmentPositions(const std::filesystem::path& segment_folder, const std::string& name,
                   std::size_t lists);

  std::size_t size() const { return at_.size() - 1; }
  /// Throws Error(damaged_index) when it does not lie in the file.
  PositionList list(std::size_t number) const;
  /// Appends those of the posting that begins at `first`, in a list of this segment.
  void read(const char* first, std::vector<std::uint32_t>& positions) const;

  void verify() const { file_.verify(); }
  std::size_t bytes() const { return file_.bytes(); }
  [[noreturn]] void refuse(const std::string& what) const { refuse_index_file(file_.path(), what); }

 private:
  ColumnFile file_;
  std::string_view bytes_;  ///< of all lists
  std::span<const std::uint64_t> at_;
  std::span<const std::uint64_t> block_at_;
  std::span<const std::uint32_t> block_row_;
  std::span<const std::uint32_t> block_byte_;
};

/// Goes along a term's postings and its positions at once. One thread.
class PositionCursor {
 public:
  /// `postings` of the term whose `list` it is, in a database of the same segment; both outlive
  /// this.
  PositionCursor(const SegmentPositions& positions, const PositionList& list,
                 Xapian::PostingIterator postings, Xapian::PostingIterator end);

  /// Goes on to the posting of `row`, which is not before the last. False: there is none. Throws
  /// Error(damaged_index) when postings and positions do not fit.
  bool seek(std::uint32_t row);
  /// Where the positions of the posting begin that seek() found: for SegmentPositions::read().
  const char* at() const { return at_; }

 private:
  std::uint32_t row() const { return *posting_ - 1; }
  void leap_towards(std::uint32_t row);
  void pass_posting();

  const SegmentPositions& positions_;
  PositionBlocks blocks_;
  const char* begin_;
  const char* at_;
  const char* end_;
  std::size_t next_block_ = 0;
  Xapian::PostingIterator posting_;
  Xapian::PostingIterator posting_end_;
};

}  // namespace dateline
