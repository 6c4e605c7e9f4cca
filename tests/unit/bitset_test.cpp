// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/bitset.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <memory>
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

TEST_CASE(
    "bits: a range that is kept leaves its rows alone, also where it begins behind the last") {
  std::mt19937 random(2);
  for (const std::size_t size : {1U, 64U, 130U, 500U}) {
    for (const std::size_t begin : {0U, 1U, 63U, 64U, 128U, 129U, 499U, 600U}) {
      for (const std::size_t end : {0U, 1U, 64U, 65U, 130U, 500U, 700U}) {
        Bitset bits(size);
        for (std::size_t row = 0; row < size; ++row) {
          if (random() % 2 == 0) bits.set(row);
        }
        auto expected = rows_of(bits);
        std::erase_if(expected, [&](auto row) { return row < begin || row >= end; });
        bits.keep_range(begin, end);
        CHECK(rows_of(bits) == expected);
      }
    }
  }
}

TEST_CASE("bits: a set of the first rows takes sets of all rows as if they had no more") {
  constexpr std::size_t rows = 9'000;
  std::mt19937 random(3);
  const auto some = [&](std::size_t size, unsigned one_in) {
    Bitset bits(size);
    for (std::size_t row = 0; row < size; ++row) {
      if (random() % one_in == 0) bits.set(row);
    }
    return bits;
  };
  for (const std::size_t size : {64U, 4'096U, 8'192U, 9'000U}) {
    auto first = some(size, 2);
    // Nothing in a stretch: what is not looked at there is not kept either.
    for (std::size_t row = size / 4; row < size / 2; ++row) first.reset(row);
    const auto a = std::make_shared<const Bitset>(some(rows, 3));
    const auto b = std::make_shared<const Bitset>(some(rows, 5));
    const auto expected = [&](auto&& keeps) {
      auto kept = rows_of(first);
      std::erase_if(kept, [&](auto row) { return !keeps(row); });
      return kept;
    };
    CHECK(rows_of(Bitset(first) &= *a) == expected([&](auto row) { return a->test(row); }));
    CHECK(rows_of(Bitset(first).subtract(*a)) == expected([&](auto row) { return !a->test(row); }));
    CHECK(rows_of(Bitset(first).keep_any({a, b})) ==
          expected([&](auto row) { return a->test(row) || b->test(row); }));
    CHECK(Bitset(first).keep_any({}).is_empty());
    auto either = rows_of(first);
    for (const auto row : rows_of(*a)) {
      if (row < size) either.insert(row);
    }
    CHECK(rows_of(Bitset(first) |= *a) == either);
  }
}
