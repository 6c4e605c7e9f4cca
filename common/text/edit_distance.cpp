// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/edit_distance.h"

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include "common/text/unicode.h"

namespace dateline {
namespace {

void decode(std::string_view text, std::u32string& out) {
  out.resize(text.size());
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    out[characters++] = byte < 0x80 ? (++at, byte) : next_code_point(text, at);
  }
  out.resize(characters);
}

/// Which characters a word has: a bit each, some sharing one.
std::uint64_t characters_of(std::u32string_view word) {
  std::uint64_t characters = 0;
  for (const auto c : word) characters |= std::uint64_t{1} << (c % 64);
  return characters;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

WordDistance::WordDistance(std::string_view word, std::size_t most) : most_(most) {
  decode(word, word_);
  characters_ = characters_of(word_);
}

std::size_t WordDistance::to(std::string_view other) const {
  // A character takes at most four bytes.
  if (other.size() > (word_.size() + most_) * 4 || word_.size() > other.size() + most_) {
    return most_ + 1;
  }
  decode(other, other_);
  const auto n = word_.size();
  const auto m = other_.size();
  if (std::max(n, m) - std::min(n, m) > most_) return most_ + 1;
  // An edit takes a character out, puts one in, or both: most words are told by this alone.
  const auto unshared = std::popcount(characters_ ^ characters_of(other_));
  if (static_cast<std::size_t>(unshared) > 2 * most_) return most_ + 1;
  const auto width = m + 1;
  rows_.assign(3 * width, 0);
  const auto cell = [&](std::size_t i, std::size_t j) -> std::size_t& {
    return rows_[i % 3 * width + j];
  };
  for (std::size_t j = 0; j <= m; ++j) cell(0, j) = j;
  for (std::size_t i = 1; i <= n; ++i) {
    auto least = cell(i, 0) = i;
    for (std::size_t j = 1; j <= m; ++j) {
      const bool same = word_[i - 1] == other_[j - 1];
      auto distance =
          std::min({cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && word_[i - 1] == other_[j - 2] && word_[i - 2] == other_[j - 1]) {
        distance = std::min(distance, cell(i - 2, j - 2) + 1);
      }
      cell(i, j) = distance;
      least = std::min(least, distance);
    }
    if (least > most_ + 1) return most_ + 1;
  }
  return std::min(cell(n, m), most_ + 1);
}

}  // namespace dateline
