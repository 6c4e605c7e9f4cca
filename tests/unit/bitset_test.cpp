// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/bitset.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <random>
#include <set>
#include <utility>

using namespace dateline;

namespace {

std::set<std::size_t> rows_of(const Bitset& bits) {
  std::set<std::size_t> rows;
  bits.for_each([&](std::size_t row) { rows.insert(row); });
  return rows;
}

}  // namespace

TEST_CASE("bits: sets of rows are counted and bounded as row by row") {
  std::mt19937 random(1);
  for (const std::size_t size : {1U, 63U, 64U, 65U, 128U, 1'000U}) {
    for (int round = 0; round < 50; ++round) {
      Bitset a(size);
      Bitset b(size);
      for (std::size_t row = 0; row < size; ++row) {
        if (random() % 3 == 0) a.set(row);
        if (random() % 5 == 0) b.set(row);
      }
      const auto in_a = rows_of(a);
      std::size_t common = 0;
      for (const auto row : in_a) common += b.test(row) ? 1U : 0U;
      CHECK(a.count() == in_a.size());
      CHECK(a.count_in(b.words()) == common);
      const auto bounds =
          in_a.empty() ? std::pair<std::size_t, std::size_t>{0, 0}
                       : std::pair<std::size_t, std::size_t>{*in_a.begin(), *in_a.rbegin() + 1};
      CHECK(a.bounds() == bounds);
    }
  }
}

TEST_CASE("bits: a range of rows has those rows alone") {
  constexpr std::size_t size = 200;
  for (const std::size_t begin : {0U, 1U, 63U, 64U, 100U, 199U, 200U}) {
    for (const std::size_t end : {0U, 1U, 64U, 65U, 128U, 150U, 200U}) {
      const auto range = Bitset::of_range(size, begin, end);
      const auto rows = rows_of(range);
      CHECK(rows.size() == (begin < end ? end - begin : 0));
      CHECK(range.is_empty() == rows.empty());
      for (const std::size_t first : {0U, 5U, 63U, 64U, 127U, 150U, 199U}) {
        for (const std::size_t behind : {0U, 6U, 64U, 65U, 129U, 199U, 200U}) {
          const auto found = rows.lower_bound(first);
          CHECK(range.has_any(first, behind) == (found != rows.end() && *found < behind));
          CHECK(range.count(first, behind) ==
                static_cast<std::size_t>(std::ranges::count_if(
                    rows, [&](auto row) { return first <= row && row < behind; })));
        }
      }
      if (!rows.empty()) {
        CHECK(*rows.begin() == begin);
        CHECK(*rows.rbegin() == end - 1);
      }
    }
  }
}
