// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/score_bounds.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <random>

using namespace dateline;

namespace {

/// What an article with these words, a bit each, may score.
float most_of(const std::vector<float>& most, unsigned words) {
  float sum = 0;
  for (std::size_t i = 0; i < most.size(); ++i) sum += (words >> i & 1U) != 0 ? most[i] : 0;
  return sum;
}

bool holds_any(const std::vector<WordSet>& sets, unsigned words) {
  return std::ranges::any_of(sets, [&](const WordSet& set) {
    return std::ranges::all_of(set, [&](std::size_t word) { return (words >> word & 1U) != 0; });
  });
}

}  // namespace

TEST_CASE("the sets of words that reach a score let through just the articles that may reach it",
          "[unit][ranking]") {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::vector<float> most(1 + random() % 5);
    for (auto& m : most) m = static_cast<float>(random() % 16);  // sums of these are exact
    const auto score = static_cast<float>(random() % 40);
    const auto sets = sets_reaching(most, score);
    for (unsigned words = 0; words < 1U << most.size(); ++words) {
      INFO("round " << round << ", words " << words);
      REQUIRE(holds_any(sets, words) == (most_of(most, words) >= score));
    }
  }
}

TEST_CASE("of many words none that may reach a score is ruled out, by few sets",
          "[unit][ranking]") {
  std::mt19937 random(2);
  for (int round = 0; round < 300; ++round) {
    std::vector<float> most(12 + random() % 3);
    for (auto& m : most) m = static_cast<float>(1 + random() % 16);
    const auto score = static_cast<float>(random() % 120);
    const auto sets = sets_reaching(most, score);
    CHECK(sets.size() <= 16);
    for (unsigned words = 0; words < 1U << most.size(); ++words) {
      if (most_of(most, words) < score) continue;
      INFO("round " << round << ", words " << words);
      REQUIRE(holds_any(sets, words));
    }
  }
  CHECK(sets_reaching(std::vector<float>(5'000, 1.0F), 2).size() == 4'999);
}

TEST_CASE("any article reaches no score, and none more than all words add", "[unit][ranking]") {
  const std::vector<WordSet> any_article(1);
  CHECK(sets_reaching(std::vector{1.0F, 2.0F}, 0) == any_article);
  CHECK(sets_reaching(std::vector{1.0F, 2.0F}, -1) == any_article);
  CHECK(sets_reaching(std::vector<float>(), -1) == any_article);
  CHECK(sets_reaching(std::vector{1.0F, 2.0F}, 4).empty());
}

TEST_CASE("a score that is no number, or beyond all numbers, is reached by none",
          "[unit][ranking]") {
  constexpr auto none = std::numeric_limits<float>::quiet_NaN();
  constexpr auto beyond = std::numeric_limits<float>::infinity();
  CHECK(sets_reaching(std::vector{1.0F, 2.0F}, none).empty());
  CHECK(sets_reaching(std::vector{1.0F, 2.0F}, beyond).empty());
  CHECK(sets_reaching(std::vector<float>(100, 1.0F), none).empty());
  CHECK(sets_reaching(std::vector{1.0F, beyond}, 5) == std::vector<WordSet>{{1}});
}
