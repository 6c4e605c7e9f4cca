// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/edit_distance.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "common/text/unicode.h"

using namespace dateline;

namespace {

/// Optimal string alignment by its definition, with no bound.
std::size_t aligned_distance(std::u32string_view a, std::u32string_view b) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  const auto less = [](std::u32string_view word, std::size_t by) {
    return word.substr(0, word.size() - by);
  };
  auto least =
      std::min({aligned_distance(less(a, 1), b) + 1, aligned_distance(a, less(b, 1)) + 1,
                aligned_distance(less(a, 1), less(b, 1)) + (a.back() == b.back() ? 0 : 1)});
  if (a.size() > 1 && b.size() > 1 && a.back() == b[b.size() - 2] && b.back() == a[a.size() - 2]) {
    least = std::min(least, aligned_distance(less(a, 2), less(b, 2)) + 1);
  }
  return least;
}

std::string utf8_of(std::u32string_view word) {
  std::string text;
  for (const auto c : word) append_utf8(c, text);
  return text;
}

}  // namespace

TEST_CASE("words: how far one is from others is told as by the definition, up to the bound") {
  constexpr std::u32string_view letters = U"abcd\u0161\u4e00\u4e40";  // the last two share a bit
  std::mt19937 random(4);
  const auto some_word = [&] {
    std::u32string word(random() % 7, U'a');
    for (auto& c : word) c = letters[random() % letters.size()];
    return word;
  };
  std::size_t near = 0;
  for (std::size_t most = 1; most <= 2; ++most) {
    for (int i = 0; i < 400; ++i) {
      const auto word = some_word();
      const auto other = some_word();
      const auto distance = aligned_distance(word, other);
      INFO(utf8_of(word) << " and " << utf8_of(other) << ", at most " << most);
      CHECK(WordDistance(utf8_of(word), most).to(utf8_of(other)) == std::min(distance, most + 1));
      if (distance <= most) ++near;
    }
  }
  CHECK(near > 50);
}
