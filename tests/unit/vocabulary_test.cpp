// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/vocabulary.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/segments/packed_strings.h"

using namespace dateline;
using namespace std::string_view_literals;

TEST_CASE("words keep the numbers of their first use while a vocabulary grows", "[vocabulary]") {
  Vocabulary vocabulary;
  CHECK(!vocabulary.find("word"));
  constexpr std::uint32_t many = 10'000;
  const auto word = [](std::uint32_t i) { return "word" + std::to_string(i); };
  for (std::uint32_t i = 0; i < many; ++i) REQUIRE(vocabulary.add(word(i)) == i);
  for (std::uint32_t i = 0; i < many; ++i) {
    REQUIRE(vocabulary.add(word(i)) == i);
    REQUIRE(vocabulary.find(word(i)) == i);
    REQUIRE(vocabulary[i] == word(i));
  }
  CHECK(vocabulary.size() == many);
  CHECK(!vocabulary.find("another"));
}

TEST_CASE("strings are put into byte order, equal ones by number", "[vocabulary]") {
  PackedStrings few;
  for (const auto string : {"of the same head: b"sv, "b"sv, "a\0"sv, "a"sv, "\xff"sv, ""sv,
                            "of the same head: a"sv, "b"sv}) {
    few.push_back(string);
  }
  CHECK(few.in_byte_order() == std::vector<std::uint32_t>{5, 3, 2, 1, 7, 6, 0, 4});

  std::mt19937 random(1);
  PackedStrings many;
  std::vector<std::string> sorted;
  for (int i = 0; i < 2'000; ++i) {
    std::string string(random() % 12, ' ');
    for (auto& c : string) c = "\0ab\xc3\xff"[random() % 5];
    many.push_back(string);
    sorted.push_back(string);
  }
  std::ranges::sort(sorted);
  const auto order = many.in_byte_order();
  REQUIRE(order.size() == sorted.size());
  for (std::size_t i = 0; i < order.size(); ++i) REQUIRE(many[order[i]] == sorted[i]);
}
