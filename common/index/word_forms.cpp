// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/word_forms.h"

#include <algorithm>
#include <cstdint>
#include <span>
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

/// Of words in order of a key, those whose key is `wanted`.
template <class Key>
std::span<const std::uint32_t> with_key(std::span<const std::uint32_t> words,
                                        std::string_view wanted, Key&& key_of) {
  const auto first = std::partition_point(words.begin(), words.end(),
                                          [&](auto word) { return key_of(word) < wanted; });
  const auto last =
      std::partition_point(first, words.end(), [&](auto word) { return key_of(word) == wanted; });
  return {first, last};
}

}  // namespace

std::vector<std::string_view> words_folding_to(const SegmentColumns& segment,
                                               std::string_view folded) {
  return words_at(segment, with_key(segment.word_by_fold, folded, [&](auto word) {
                    return strip_diacritics(segment.words[word]);
                  }));
}

std::vector<std::string_view> words_with_stem(const SegmentColumns& segment, std::size_t language,
                                              Stemmer& stemmer, std::string_view stem) {
  return words_at(segment, with_key(segment.words_by_stem(language), stem, [&](auto word) {
                    return stemmer.stem_of(segment.words[word]);
                  }));
}

std::pair<std::size_t, std::size_t> words_beginning(const SegmentColumns& segment,
                                                    std::string_view prefix) {
  const auto found = with_key(segment.word_by_fold, prefix, [&](auto word) {
    return strip_diacritics(segment.words[word]).substr(0, prefix.size());
  });
  const auto first = found.data() - segment.word_by_fold.data();
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(first) + found.size()};
}

}  // namespace dateline
