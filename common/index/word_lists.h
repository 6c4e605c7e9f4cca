// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/index/column_file.h"

namespace dateline {

/// The inverted lists of a segment stand beside Xapian's postings, packed for reading: which
/// articles hold a word, how often, and where. A posting takes two bytes to Xapian's four and a
/// ninth of its time to read (docs/performance.md). There is a list for each of the segment's
/// words, and one for each of schema::boundaries behind them, of three parts:
///
///   rows       the distance of each posting's row to the one before, less 1; the first from -1
///   counts     a byte each, pack_count()
///   positions  of each posting: the distances of its positions, the first from 0
///
/// Distances are variable-length numbers: 7 bits a byte, the lowest first.
void append_distance(std::uint32_t distance, std::string& list);

/// How often a word stands in an article.
struct WordCount {
  std::uint32_t all = 0;       ///< as many as it has positions
  std::uint32_t in_title = 0;  ///< of those
  friend bool operator==(const WordCount&, const WordCount&) = default;
};

/// Reads the number at `p` and moves `p` behind it. False: it does not end before `end`.
inline bool read_distance(const char*& p, const char* end, std::uint32_t& distance) {
  constexpr unsigned more_bytes = 0x80;
  constexpr unsigned bits_per_byte = 7;
  constexpr unsigned most_bits = 35;
  if (p == end) return false;
  distance = static_cast<unsigned char>(*p++);
  if (distance < more_bytes) return true;  // as most are
  std::uint64_t value = distance & (more_bytes - 1U);
  for (unsigned shift = bits_per_byte; shift < most_bits && p != end; shift += bits_per_byte) {
    const auto byte = static_cast<unsigned char>(*p++);
    value |= std::uint64_t{byte & (more_bytes - 1U)} << shift;
    if (byte < more_bytes) {
      distance = static_cast<std::uint32_t>(value);
      return true;
    }
  }
  return false;
}

/// The byte of a posting: its count, 63 at most, and 64 times that in the title, 3 at most. What
/// either bound cuts off stands among the segment's large counts.
std::uint8_t pack_count(const WordCount& count);
constexpr bool is_large(std::uint8_t packed) { return (packed & 63U) == 63 || packed >= 192; }

/// Where the positions of some postings begin, so that those before need not be passed.
struct PositionBlocks {
  std::span<const std::uint32_t> posting;  ///< its number in the list, ascending
  std::span<const std::uint32_t> byte;     ///< of the list's positions
};

/// The list of one word; refers to the file that it is in.
struct WordList {
  std::string_view rows;
  std::span<const std::uint8_t> counts;
  std::string_view positions;
  PositionBlocks blocks;
  std::uint64_t first = 0;  ///< the number of its first posting in the segment
};

/// The lists of a segment, mapped. Thread-safe. Every member that reads throws
/// Error(damaged_index) for what leads out of the file or the segment.
class SegmentWordLists {
 public:
  /// `lists`: how many the segment must have; `rows`: how many articles it has. Throws as
  /// ColumnFile does.
  SegmentWordLists(const std::filesystem::path& segment_folder, const std::string& name,
                   std::size_t lists, std::uint32_t rows);

  std::size_t size() const { return posting_at_.size() - 1; }
  WordList list(std::size_t number) const;

  static constexpr auto all_rows = std::numeric_limits<std::uint32_t>::max();

  /// Calls `f(row, posting)` for the list's postings, in order, up to the first row that is not
  /// below `end`.
  template <class F>
  void for_each_row(const WordList& list, std::uint32_t end, F&& f) const;
  /// Appends the list's rows, in order.
  void read_rows(const WordList& list, std::vector<std::uint32_t>& rows) const;
  WordCount count(const WordList& list, std::size_t posting) const {
    const auto packed = list.counts[posting];
    if (is_large(packed)) return large_count(list.first + posting);
    const auto all = packed & 63U;
    return {all, std::min<std::uint32_t>(all, packed >> 6U)};
  }
  /// Appends the positions of one posting, `count` of them; `bytes`: those of its list from there.
  void read_positions(std::string_view bytes, std::uint32_t count,
                      std::vector<std::uint32_t>& positions) const;
  /// How many of these bytes are the positions of the posting with which they begin.
  std::size_t bytes_of_positions(std::string_view bytes, std::uint32_t count) const;

  /// How many articles the segment has.
  std::uint32_t row_limit() const { return row_limit_; }

  void verify() const { file_.verify(); }
  void verify_if_quick() const { file_.verify_if_quick(); }
  std::size_t bytes() const { return file_.bytes(); }
  [[noreturn]] void refuse(const std::string& what) const { refuse_index_file(file_.path(), what); }

 private:
  WordCount large_count(std::uint64_t posting) const;

  ColumnFile file_;
  std::uint32_t row_limit_;
  std::string_view bytes_;  ///< of all lists, rows, counts and positions one behind the other
  std::span<const std::uint64_t> at_;
  std::span<const std::uint64_t> posting_at_;
  std::span<const std::uint64_t> position_at_;  ///< in bytes_, as at_
  std::span<const std::uint64_t> block_at_;
  std::span<const std::uint32_t> block_posting_;
  std::span<const std::uint32_t> block_byte_;
  std::span<const std::uint64_t> large_posting_;
  std::span<const std::uint32_t> large_all_;
  std::span<const std::uint32_t> large_in_title_;
};

/// Goes along the rows of a list, as far as it is asked to. One thread.
class RowCursor {
 public:
  /// `lists` and the file it is of outlive this.
  RowCursor(const SegmentWordLists& lists, const WordList& list);

  /// Calls `f(row, posting)` for the next postings, in order, whose rows are below `end`.
  template <class F>
  void read_up_to(std::uint32_t end, F&& f);

  const WordList& list() const { return list_; }

 private:
  const SegmentWordLists& lists_;
  WordList list_;
  const char* at_;
  const char* end_;
  std::size_t posting_ = 0;  ///< the first that is not read
  std::uint64_t row_ = 0;    ///< its row
};

template <class F>
void RowCursor::read_up_to(std::uint32_t end, F&& f) {
  const auto postings = list_.counts.size();
  const auto limit = lists_.row_limit();
  // In variables, which `f` cannot change, a posting takes a third of the time.
  auto at = at_;
  auto posting = posting_;
  std::uint64_t row = row_;
  while (posting < postings && row < end) {
    f(static_cast<std::uint32_t>(row), posting);
    if (++posting == postings) break;
    std::uint32_t distance = 0;
    if (!read_distance(at, end_, distance)) lists_.refuse("has fewer rows in a list than postings");
    row += distance + std::uint64_t{1};
    if (row >= limit) lists_.refuse("has rows in a list that there are not");
  }
  if (posting == postings && at != end_) lists_.refuse("has more rows in a list than postings");
  at_ = at;
  posting_ = posting;
  row_ = row;
}

template <class F>
void SegmentWordLists::for_each_row(const WordList& list, std::uint32_t end, F&& f) const {
  RowCursor(*this, list).read_up_to(end, f);
}

/// Goes along the positions of a list, posting by posting. One thread.
class PositionCursor {
 public:
  /// `rows`: all of the list, as read_rows() gives them. Both outlive this.
  PositionCursor(const SegmentWordLists& lists, const WordList& list,
                 std::span<const std::uint32_t> rows)
      : lists_(lists), list_(list), rows_(rows) {}

  /// Goes on to the posting of `row`, which is not before the last. False: there is none.
  bool seek(std::uint32_t row);
  /// From those of the posting that seek() found: for SegmentWordLists::read_positions().
  std::string_view bytes() const { return list_.positions.substr(at_byte_); }
  std::uint32_t count() const { return lists_.count(list_, at_posting_).all; }

 private:
  void advance_to(std::uint32_t row);
  void leap_towards(std::size_t posting);

  const SegmentWordLists& lists_;
  WordList list_;
  std::span<const std::uint32_t> rows_;
  std::size_t posting_ = 0;     ///< the first whose row is not before the one sought
  std::size_t at_posting_ = 0;  ///< whose positions begin at at_byte_
  std::size_t at_byte_ = 0;
  std::size_t next_block_ = 0;
};

}  // namespace dateline
