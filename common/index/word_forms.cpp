// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/word_forms.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "common/text/unicode.h"

namespace dateline {
namespace {

std::vector<std::string_view> words_at(const SegmentColumns& segment,
                                       std::span<const std::uint32_t> ordinals) {
  std::vector<std::string_view> words;
  for (const auto ordinal : ordinals) words.push_back(segment.words[ordinal]);
  return words;
}

}  // namespace

std::vector<std::string_view> words_folding_to(const SegmentColumns& segment,
                                               std::string_view folded) {
  const auto found =
      std::ranges::equal_range(segment.word_by_fold, folded, std::ranges::less{},
                               [&](auto word) { return strip_diacritics(segment.words[word]); });
  return words_at(segment, found);
}

std::vector<std::string_view> words_with_stem(const SegmentColumns& segment, std::size_t language,
                                              Stemmer& stemmer, std::string_view stem) {
  const auto found =
      std::ranges::equal_range(segment.words_by_stem(language), stem, std::ranges::less{},
                               [&](auto word) { return stemmer.stem_of(segment.words[word]); });
  return words_at(segment, found);
}

std::pair<std::size_t, std::size_t> words_beginning(const SegmentColumns& segment,
                                                    std::string_view prefix) {
  const auto found = std::ranges::equal_range(
      segment.word_by_fold, prefix, std::ranges::less{},
      [&](auto word) { return strip_diacritics(segment.words[word]).substr(0, prefix.size()); });
  const auto first = found.begin() - segment.word_by_fold.begin();
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(first) + found.size()};
}

}  // namespace dateline
