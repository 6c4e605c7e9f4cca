// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/packed_rows.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace dateline {
namespace {

constexpr unsigned most_width = 32;

/// Appends numbers of so many bits each.
class BitWriter {
 public:
  BitWriter(unsigned width, std::string& bytes) : width_(width), bytes_(bytes) {}

  /// REQUIRES: as many in all as fill whole bytes.
  void add(std::uint32_t number) {
    bits_ |= std::uint64_t{number} << used_;
    for (used_ += width_; used_ >= 8; used_ -= 8) {
      bytes_ += static_cast<char>(bits_ & 0xffU);
      bits_ >>= 8U;
    }
  }

 private:
  unsigned width_;
  std::string& bytes_;
  std::uint64_t bits_ = 0;
  unsigned used_ = 0;  ///< fewer than 8 between two numbers
};

/// `next`: the row behind the last one before the block.
void append_block(std::span<const std::uint32_t> rows, std::uint32_t next, std::string& bytes) {
  std::array<std::uint32_t, rows_per_block> distances{};
  std::uint32_t all = 0;
  auto expected = next;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    distances[i] = rows[i] - expected;
    expected = rows[i] + 1;
    all |= distances[i];
  }
  const auto width = static_cast<unsigned>(std::bit_width(all));
  bytes += static_cast<char>(width);
  append_number(rows.back() - next, bytes);
  BitWriter writer(width, bytes);
  for (const auto distance : distances) writer.add(distance);
}

constexpr std::size_t rows_at_once = 8;  // these begin and end with a byte

/// Unpacks so many rows behind `row`, which becomes the row behind their last. With the width known
/// when this is compiled, so is where in a byte each distance begins.
template <unsigned width, std::size_t... i>
void unpack_some(const char* p, std::uint64_t& row, std::uint32_t* rows,
                 std::index_sequence<i...> /*of each*/) {
  constexpr auto mask = (std::uint64_t{1} << width) - 1;
  const auto unpack_one = [&](std::size_t byte, unsigned bit) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, p + byte, sizeof bits);
    row += bits >> bit & mask;
    return static_cast<std::uint32_t>(row++);
  };
  ((rows[i] = unpack_one(i * width / 8, i * width % 8)), ...);
}

/// Unpacks a block of one width; returns the row behind its last.
template <unsigned width>
std::uint64_t unpack_width(const char* p, std::uint64_t row,
                           std::span<std::uint32_t, rows_per_block> rows) {
  for (std::size_t i = 0; i < rows_per_block; i += rows_at_once, p += width) {
    unpack_some<width>(p, row, &rows[i], std::make_index_sequence<rows_at_once>());
  }
  return row;
}

using Unpacker = std::uint64_t (*)(const char*, std::uint64_t,
                                   std::span<std::uint32_t, rows_per_block>);

template <std::size_t... widths>
constexpr std::array<Unpacker, sizeof...(widths)> unpackers_of(std::index_sequence<widths...>) {
  return {unpack_width<widths>...};
}
constexpr auto unpackers = unpackers_of(std::make_index_sequence<most_width + 1>());

}  // namespace

void append_number(std::uint32_t number, std::string& bytes) {
  constexpr unsigned char more_bytes = 0x80;
  constexpr unsigned bits_per_byte = 7;
  for (; number >= more_bytes; number >>= bits_per_byte) {
    bytes += static_cast<char>(number | more_bytes);
  }
  bytes += static_cast<char>(number);
}

void append_packed(std::span<const std::uint32_t> rows, std::string& bytes) {
  std::uint32_t next = 0;
  for (; rows.size() >= rows_per_block; rows = rows.subspan(rows_per_block)) {
    append_block(rows.first(rows_per_block), next, bytes);
    next = rows[rows_per_block - 1] + 1;
  }
  for (const auto row : rows) {
    append_number(row - next, bytes);
    next = row + 1;
  }
}

bool read_head(const char*& p, const char* end, BlockHead& head) {
  if (p == end) return false;
  head.width = static_cast<unsigned char>(*p++);
  return head.width <= most_width && read_number(p, end, head.distance) &&
         static_cast<std::size_t>(end - p) >= head.bytes();
}

bool unpack(const char* p, const BlockHead& head, std::uint64_t before,
            std::span<std::uint32_t, rows_per_block> rows) {
  const auto behind = unpackers[head.width](p, before, rows);
  return behind == before + head.distance + 1;
}

}  // namespace dateline
