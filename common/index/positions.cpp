// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/positions.h"

#include <algorithm>
#include <utility>

#include "common/index/layout.h"
#include "common/index/schema.h"

namespace dateline {
namespace {

constexpr unsigned char more_bytes = 0x80;
constexpr unsigned bits_per_byte = 7;
constexpr unsigned most_bits = 35;

unsigned char byte_at(const char* p) { return static_cast<unsigned char>(*p); }

bool begins_posting(const char* p) { return (byte_at(p) & 1U) != 0; }

}  // namespace

void append_position(std::uint32_t distance, bool is_first, std::string& list) {
  auto value = std::uint64_t{distance} * 2 + (is_first ? 1 : 0);
  for (; value >= more_bytes; value >>= bits_per_byte) {
    list += static_cast<char>(value | more_bytes);
  }
  list += static_cast<char>(value);
}

SegmentPositions::SegmentPositions(const std::filesystem::path& segment_folder,
                                   const std::string& name, std::size_t lists)
    : file_(positions_of(segment_folder), name) {
  const auto bytes = file_.column<char>(schema::position_lists);
  bytes_ = {bytes.data(), bytes.size()};
  at_ = file_.column<std::uint64_t>(schema::position_list_at);
  block_at_ = file_.column<std::uint64_t>(schema::position_block_at);
  block_row_ = file_.column<std::uint32_t>(schema::position_block_row);
  block_byte_ = file_.column<std::uint32_t>(schema::position_block_byte);
  if (at_.size() != lists + 1 || block_at_.size() != lists + 1 || at_.back() != bytes_.size() ||
      block_at_.back() != block_row_.size() || block_row_.size() != block_byte_.size()) {
    refuse("does not fit the columns beside it");
  }
}

PositionList SegmentPositions::list(std::size_t number) const {
  const auto begin = at_[number];
  const auto end = at_[number + 1];
  const auto block = block_at_[number];
  const auto block_end = block_at_[number + 1];
  if (begin > end || end > bytes_.size() || block > block_end || block_end > block_row_.size()) {
    refuse("has a list that leaves it");
  }
  const auto blocks = block_end - block;
  return {bytes_.substr(begin, end - begin),
          {block_row_.subspan(block, blocks), block_byte_.subspan(block, blocks)}};
}

void SegmentPositions::read(const char* first, std::vector<std::uint32_t>& positions) const {
  const char* const end = bytes_.data() + bytes_.size();
  std::uint32_t position = 0;
  for (const char* p = first; p != end && (p == first || !begins_posting(p));) {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += bits_per_byte) {
      if (p == end || shift == most_bits) refuse("has a position that does not end");
      const auto byte = byte_at(p++);
      value |= std::uint64_t{byte & (more_bytes - 1U)} << shift;
      if (byte < more_bytes) break;
    }
    position += static_cast<std::uint32_t>(value / 2);
    positions.push_back(position);
  }
}

PositionCursor::PositionCursor(const SegmentPositions& positions, const PositionList& list,
                               Xapian::PostingIterator postings, Xapian::PostingIterator end)
    : positions_(positions),
      blocks_(list.blocks),
      begin_(list.bytes.data()),
      at_(begin_),
      end_(begin_ + list.bytes.size()),
      posting_(std::move(postings)),
      posting_end_(std::move(end)) {}

bool PositionCursor::seek(std::uint32_t row) {
  leap_towards(row);
  while (posting_ != posting_end_ && this->row() < row) {
    pass_posting();
    ++posting_;
  }
  if (posting_ == posting_end_ || this->row() != row) return false;
  if (at_ == end_) positions_.refuse("has fewer positions than there are postings");
  return true;
}

/// Skips what stands before the last block that begins at `row` or before it.
void PositionCursor::leap_towards(std::uint32_t row) {
  const auto rows = blocks_.row;
  if (next_block_ == rows.size() || rows[next_block_] > row) return;
  const auto ahead = rows.begin() + static_cast<std::ptrdiff_t>(next_block_);
  next_block_ = static_cast<std::size_t>(std::upper_bound(ahead, rows.end(), row) - rows.begin());
  const auto block = next_block_ - 1;
  if (posting_ == posting_end_ || this->row() >= rows[block]) return;
  posting_.skip_to(rows[block] + 1);
  if (posting_ == posting_end_ || this->row() != rows[block] ||
      blocks_.byte[block] >= static_cast<std::size_t>(end_ - begin_)) {
    positions_.refuse("does not fit the postings beside it");
  }
  at_ = begin_ + blocks_.byte[block];
}

void PositionCursor::pass_posting() {
  do {
    while (at_ != end_ && byte_at(at_) >= more_bytes) ++at_;
    if (at_ != end_) ++at_;
  } while (at_ != end_ && !begins_posting(at_));
}

}  // namespace dateline
