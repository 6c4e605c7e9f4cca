// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/word_lists.h"

#include <algorithm>
#include <cstring>

#include "common/index/layout.h"
#include "common/index/schema.h"

namespace dateline {
namespace {

constexpr unsigned char more_bytes = 0x80;

constexpr std::uint32_t most_packed = 63;
constexpr std::uint32_t most_packed_in_title = 3;
constexpr unsigned title_shift = 6;

/// How many numbers end in the 8 bytes at `p`.
std::uint64_t ends_among_8(const char* p) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, p, sizeof bytes);
  const auto ends = ~bytes >> 7U & ones;
  return ends * ones >> 56U;  // the sum of them
}

unsigned char byte_at(const char* p) { return static_cast<unsigned char>(*p); }

}  // namespace

std::uint8_t pack_count(const WordCount& count) {
  const auto all = std::min(count.all, most_packed);
  const auto in_title = std::min(count.in_title, most_packed_in_title);
  return static_cast<std::uint8_t>(all | (in_title << title_shift));
}

SegmentWordLists::SegmentWordLists(const std::filesystem::path& segment_folder,
                                   const std::string& name, std::size_t lists, std::uint32_t rows)
    : file_(word_lists_of(segment_folder), name), row_limit_(rows) {
  const auto bytes = file_.column<char>(schema::lists);
  bytes_ = {bytes.data(), bytes.size()};
  at_ = file_.column<std::uint64_t>(schema::list_at);
  posting_at_ = file_.column<std::uint64_t>(schema::list_posting_at);
  position_at_ = file_.column<std::uint64_t>(schema::list_position_at);
  block_at_ = file_.column<std::uint64_t>(schema::list_block_at);
  block_posting_ = file_.column<std::uint32_t>(schema::list_block_posting);
  block_byte_ = file_.column<std::uint32_t>(schema::list_block_byte);
  large_posting_ = file_.column<std::uint64_t>(schema::large_posting);
  large_all_ = file_.column<std::uint32_t>(schema::large_all);
  large_in_title_ = file_.column<std::uint32_t>(schema::large_in_title);
  const bool lists_agree = at_.size() == lists + 1 && posting_at_.size() == lists + 1 &&
                           position_at_.size() == lists && block_at_.size() == lists + 1;
  if (!lists_agree || at_.back() != bytes_.size() || block_at_.back() != block_posting_.size() ||
      block_posting_.size() != block_byte_.size() || large_all_.size() != large_posting_.size() ||
      large_in_title_.size() != large_posting_.size()) {
    refuse("does not fit the columns beside it");
  }
}

WordList SegmentWordLists::list(std::size_t number) const {
  const auto begin = at_[number];
  const auto end = at_[number + 1];
  const auto first = posting_at_[number];
  const auto postings = posting_at_[number + 1] - first;
  const auto positions = position_at_[number];
  const auto block = block_at_[number];
  const auto blocks = block_at_[number + 1] - block;
  if (begin > end || end > bytes_.size() || positions < begin || positions > end ||
      postings > positions - begin || postings > row_limit_ || block > block_posting_.size() ||
      blocks > block_posting_.size() - block) {
    refuse("has a list that leaves it");
  }
  const auto counts = positions - postings;
  return {bytes_.substr(begin, counts - begin),
          {reinterpret_cast<const std::uint8_t*>(bytes_.data()) + counts, postings},
          bytes_.substr(positions, end - positions),
          {block_posting_.subspan(block, blocks), block_byte_.subspan(block, blocks)},
          first};
}

void SegmentWordLists::read_rows(const WordList& list, std::vector<std::uint32_t>& rows) const {
  const auto before = rows.size();
  rows.resize(before + list.counts.size());
  for_each_row(list, all_rows,
               [&](std::uint32_t row, std::size_t posting) { rows[before + posting] = row; });
}

WordCount SegmentWordLists::large_count(std::uint64_t posting) const {
  const auto found = std::ranges::lower_bound(large_posting_, posting);
  if (found == large_posting_.end() || *found != posting) refuse("lacks a large count");
  const auto i = static_cast<std::size_t>(found - large_posting_.begin());
  if (large_in_title_[i] > large_all_[i]) refuse("has a word more often in the title than at all");
  return {large_all_[i], large_in_title_[i]};
}

void SegmentWordLists::read_positions(std::string_view bytes, std::uint32_t count,
                                      std::vector<std::uint32_t>& positions) const {
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  std::uint32_t position = 0;
  for (; count > 0; --count) {
    std::uint32_t distance = 0;
    if (!read_number(p, end, distance)) refuse("has a position that does not end");
    positions.push_back(position += distance);
  }
}

std::size_t SegmentWordLists::bytes_of_positions(std::string_view bytes,
                                                 std::uint64_t count) const {
  std::size_t passed = 0;
  for (; count >= sizeof(std::uint64_t) && bytes.size() - passed >= sizeof(std::uint64_t);
       passed += sizeof(std::uint64_t)) {
    count -= ends_among_8(bytes.data() + passed);
  }
  for (; count > 0; ++passed) {
    if (passed == bytes.size()) refuse("has fewer positions than its counts say");
    count -= byte_at(bytes.data() + passed) < more_bytes ? 1U : 0U;
  }
  return passed;
}

void RowCursor::read_rest() {
  for (auto left = list_.counts.size() - posting_; left > 0; --left) {
    std::uint32_t distance = 0;
    if (!read_number(at_, end_, distance)) lists_->refuse("has fewer rows in a list than postings");
    before_ += distance;
    if (before_ >= lists_->row_limit()) lists_->refuse("has rows in a list that there are not");
    rows_[unpacked_++] = static_cast<std::uint32_t>(before_++);
  }
}

bool RowCursor::seek(std::uint32_t row) {
  const auto wants = [row](std::uint64_t, std::uint64_t last) { return last >= row; };
  do {
    const std::span rows(rows_.data() + next_, unpacked_ - next_);
    const auto passed =
        static_cast<std::uint32_t>(std::ranges::lower_bound(rows, row) - rows.begin());
    next_ += passed;
    posting_ += passed;
    if (next_ < unpacked_) return rows_[next_] == row;
  } while (read_more(row + 1, wants));
  return false;
}

bool PositionCursor::seek(std::uint32_t row) {
  if (!rows_.seek(row)) return false;
  leap_towards(rows_.posting());
  std::uint64_t positions = 0;
  for (; at_posting_ < rows_.posting(); ++at_posting_) positions += count();
  at_byte_ += lists_.bytes_of_positions(bytes(), positions);
  return true;
}

/// Skips what stands before the last block that begins at the posting or before it.
void PositionCursor::leap_towards(std::size_t posting) {
  const auto& blocks = rows_.list().blocks;
  if (next_block_ == blocks.posting.size() || blocks.posting[next_block_] > posting) return;
  const auto ahead = blocks.posting.subspan(next_block_);
  next_block_ += static_cast<std::size_t>(std::upper_bound(ahead.begin(), ahead.end(), posting) -
                                          ahead.begin());
  const auto block = next_block_ - 1;
  if (blocks.posting[block] < at_posting_) return;
  if (blocks.byte[block] >= rows_.list().positions.size())
    lists_.refuse("has a block that leaves it");
  at_posting_ = blocks.posting[block];
  at_byte_ = blocks.byte[block];
}

}  // namespace dateline
