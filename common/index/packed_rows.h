// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace dateline {

/// Ascending rows, packed for reading: in blocks of rows_per_block, what is left over behind them.
/// A row is given by its distance: from the row before it, less 1; the first from -1. A block is
///
///   a byte      how many bits each of its distances has, 32 at most
///   a number    how far its last row is from the last one before the block, less 1
///   distances   of that many bits each, from the lowest bit of the first byte up
///
/// so that who looks for later rows passes it by its head. What is left over are numbers. Numbers
/// are variable-length: 7 bits a byte, the lowest first.
inline constexpr std::size_t rows_per_block = 128;

/// Appends them, packed. REQUIRES: ascending, each once.
void append_packed(std::span<const std::uint32_t> rows, std::string& bytes);

/// Appends a variable-length number.
void append_number(std::uint32_t number, std::string& bytes);

/// Reads the number at `p` and moves `p` behind it. False: it does not end before `end`.
inline bool read_number(const char*& p, const char* end, std::uint32_t& number) {
  constexpr unsigned more_bytes = 0x80;
  constexpr unsigned bits_per_byte = 7;
  constexpr unsigned most_bits = 35;
  if (p == end) return false;
  number = static_cast<unsigned char>(*p++);
  if (number < more_bytes) return true;  // as most are
  std::uint64_t value = number & (more_bytes - 1U);
  for (unsigned shift = bits_per_byte; shift < most_bits && p != end; shift += bits_per_byte) {
    const auto byte = static_cast<unsigned char>(*p++);
    value |= std::uint64_t{byte & (more_bytes - 1U)} << shift;
    if (byte < more_bytes) {
      number = static_cast<std::uint32_t>(value);
      return true;
    }
  }
  return false;
}

/// The head of a block.
struct BlockHead {
  unsigned width = 0;
  std::uint32_t distance = 0;  ///< of its last row from the last before it
  std::size_t bytes() const { return width * rows_per_block / 8; }  ///< behind the head
};

/// Reads the head at `p` and moves `p` behind it. False: there is none that leaves its block before
/// `end`.
bool read_head(const char*& p, const char* end, BlockHead& head);

/// Unpacks a block behind whose head `p` is; the row before it is `before` - 1. False: its rows do
/// not lead where its head says. REQUIRES: read_head(), and 8 bytes to read behind the block.
bool unpack(const char* p, const BlockHead& head, std::uint64_t before,
            std::span<std::uint32_t, rows_per_block> rows);

}  // namespace dateline
