// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/packed_rows.h"

#include <array>
#include <catch2/catch.hpp>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace dateline;

namespace {

using Rows = std::vector<std::uint32_t>;

/// What a reader makes of `count` packed rows; none where it refuses them.
std::optional<Rows> read_back(std::string bytes, std::size_t count) {
  const auto size = bytes.size();
  bytes.append(8, '\xff');  // what else the file holds
  const char* p = bytes.data();
  const char* const end = p + size;
  Rows rows;
  std::uint64_t before = 0;
  for (; count >= rows_per_block; count -= rows_per_block) {
    BlockHead head;
    std::array<std::uint32_t, rows_per_block> block{};
    if (!read_head(p, end, head) || !unpack(p, head, before, block)) return std::nullopt;
    p += head.bytes();
    before += head.distance + std::uint64_t{1};
    rows.insert(rows.end(), block.begin(), block.end());
  }
  for (; count > 0; --count) {
    std::uint32_t distance = 0;
    if (!read_number(p, end, distance)) return std::nullopt;
    rows.push_back(static_cast<std::uint32_t>(before + distance));
    before = rows.back() + std::uint64_t{1};
  }
  return p == end ? std::optional(rows) : std::nullopt;
}

std::string packed(const Rows& rows) {
  std::string bytes;
  append_packed(rows, bytes);
  return bytes;
}

/// So many rows, up to `most` apart.
Rows random_rows(std::mt19937& random, std::size_t count, std::uint32_t most) {
  Rows rows;
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    rows.push_back(next + static_cast<std::uint32_t>(random() % most));
    next = rows.back() + 1;
  }
  return rows;
}

}  // namespace

TEST_CASE("packed rows are read as they were, however many and however far apart",
          "[unit][index]") {
  std::mt19937 random(3);
  for (const std::size_t count : {0U, 1U, 127U, 128U, 129U, 255U, 256U, 1'000U}) {
    for (std::uint32_t most = 1; most < 1U << 22; most *= 2) {
      INFO(count << " rows, up to " << most << " apart");
      const auto rows = random_rows(random, count, most);
      REQUIRE(read_back(packed(rows), count) == rows);
    }
  }
}

TEST_CASE("rows that follow one another take no bits, and the last there can be takes all",
          "[unit][index]") {
  Rows rows(rows_per_block);
  for (std::uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
  CHECK(packed(rows).size() == 2);
  CHECK(read_back(packed(rows), rows.size()) == rows);
  rows.back() = UINT32_MAX;
  CHECK(packed(rows).size() == 1 + 5 + 32 * rows_per_block / 8);
  CHECK(read_back(packed(rows), rows.size()) == rows);
}

TEST_CASE("packed rows that lead elsewhere, or end too soon, are refused", "[unit][index]") {
  std::mt19937 random(4);
  const auto rows = random_rows(random, 300, 1'000);
  const auto bytes = packed(rows);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    INFO("cut after " << size << " bytes");
    REQUIRE_FALSE(read_back(bytes.substr(0, size), rows.size()));
  }
  auto wide = bytes;
  wide[0] = 33;
  CHECK_FALSE(read_back(wide, rows.size()));
  auto elsewhere = bytes;
  elsewhere[40] ^= 1;  // among the distances of the first block
  CHECK_FALSE(read_back(elsewhere, rows.size()));
}
