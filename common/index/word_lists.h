// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/index/column_file.h"
#include "common/index/packed_rows.h"

namespace dateline {

/// The inverted lists of a segment stand beside Xapian's postings, packed for reading: which
/// articles hold a word, how often, and where. A posting takes two bytes to Xapian's four and a
/// ninth of its time to read (docs/performance.md). There is a list for each of the segment's
/// words, and one for each of schema::boundaries behind them, of three parts:
///
///   rows       of each posting, as packed_rows.h has them
///   counts     a byte each, pack_count()
///   positions  of each posting: the distances of its positions, the first from 0, as
///              variable-length numbers

/// How often a word stands in an article.
struct WordCount {
  std::uint32_t all = 0;       ///< as many as it has positions
  std::uint32_t in_title = 0;  ///< of those
  friend bool operator==(const WordCount&, const WordCount&) = default;
};

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
  std::size_t bytes_of_positions(std::string_view bytes, std::uint64_t count) const;

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
  RowCursor(const SegmentWordLists& lists, const WordList& list)
      : lists_(&lists),
        list_(list),
        at_(list.rows.data()),
        end_(list.rows.data() + list.rows.size()) {}

  /// Calls `f(row, posting)` for the next postings, in order, whose rows are below `end`.
  template <class F>
  void read_up_to(std::uint32_t end, F&& f) {
    read_up_to(end, f, [](std::uint64_t, std::uint64_t) { return true; });
  }
  /// The same, but for rows [first, last] that `wants(first, last)` is false of: some are passed
  /// by.
  template <class F, class Wants>
  void read_up_to(std::uint32_t end, F&& f, Wants&& wants);
  /// Goes on to a row that is not before the last; what stands before it is passed by. False: the
  /// list does not have it.
  bool seek(std::uint32_t row);
  /// The posting of the row that seek() found.
  std::size_t posting() const { return posting_; }

  const WordList& list() const { return list_; }

 private:
  /// Unpacks what follows, or passes it by if it is a block that is not wanted. False: nothing does
  /// that has a row below `end`.
  template <class Wants>
  bool read_more(std::uint32_t end, Wants&& wants);
  void read_rest();
  bool at_block() const { return list_.counts.size() - posting_ >= rows_per_block; }

  const SegmentWordLists* lists_;
  WordList list_;
  const char* at_;
  const char* end_;
  std::size_t posting_ = 0;   ///< the first that is not read
  std::uint64_t before_ = 0;  ///< one more than the last row that was unpacked or passed
  std::uint32_t unpacked_ = 0;
  std::uint32_t next_ = 0;  ///< of those unpacked: the row of posting_
  std::array<std::uint32_t, rows_per_block> rows_;
};

template <class F, class Wants>
void RowCursor::read_up_to(std::uint32_t end, F&& f, Wants&& wants) {
  do {
    const std::span rows(rows_.data() + next_, unpacked_ - next_);
    const auto below = before_ <= end ? rows.end() : std::ranges::lower_bound(rows, end);
    const auto count = static_cast<std::uint32_t>(below - rows.begin());
    for (std::uint32_t i = 0; i < count; ++i) f(rows[i], posting_ + i);
    next_ += count;
    posting_ += count;
  } while (next_ == unpacked_ && read_more(end, wants));
}

template <class Wants>
bool RowCursor::read_more(std::uint32_t end, Wants&& wants) {
  if (posting_ == list_.counts.size() && at_ != end_)
    lists_->refuse("has more rows in a list than postings");
  if (posting_ == list_.counts.size() || before_ >= end) return false;
  unpacked_ = 0;
  next_ = 0;
  if (!at_block()) {
    read_rest();
    return true;
  }
  const auto* behind_head = at_;
  BlockHead head;
  if (!read_head(behind_head, end_, head)) lists_->refuse("has fewer rows in a list than postings");
  const auto last = before_ + head.distance;
  if (last >= lists_->row_limit()) lists_->refuse("has rows in a list that there are not");
  at_ = behind_head + head.bytes();
  if (last < end && !wants(before_, last)) {
    posting_ += rows_per_block;
    before_ = last + 1;
    return true;
  }
  // A list that has a block has its 128 counts, at least, behind its rows: bytes enough for
  // unpack().
  if (!unpack(behind_head, head, before_, rows_))
    lists_->refuse("has a block of rows that leads elsewhere than its head says");
  unpacked_ = rows_per_block;
  before_ = last + 1;
  return true;
}

template <class F>
void SegmentWordLists::for_each_row(const WordList& list, std::uint32_t end, F&& f) const {
  RowCursor(*this, list).read_up_to(end, f);
}

/// Goes along the positions of a list, posting by posting. One thread.
class PositionCursor {
 public:
  /// `lists` and the file it is of outlive this.
  PositionCursor(const SegmentWordLists& lists, const WordList& list)
      : lists_(lists), rows_(lists, list) {}

  /// Goes on to the posting of `row`, which is not before the last. False: there is none.
  bool seek(std::uint32_t row);
  /// From those of the posting that seek() found: for SegmentWordLists::read_positions().
  std::string_view bytes() const { return rows_.list().positions.substr(at_byte_); }
  std::uint32_t count() const { return lists_.count(rows_.list(), at_posting_).all; }

 private:
  void leap_towards(std::size_t posting);

  const SegmentWordLists& lists_;
  RowCursor rows_;
  std::size_t at_posting_ = 0;  ///< whose positions begin at at_byte_
  std::size_t at_byte_ = 0;
  std::size_t next_block_ = 0;
};

}  // namespace dateline
