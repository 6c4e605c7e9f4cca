// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/word_forms.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "common/text/unicode.h"

namespace dateline {
namespace {

/// Of words in order of a key, where those begin and end whose key is `wanted`.
template <class Key>
std::pair<Ordinals::Iterator, Ordinals::Iterator> range_of_key(const Ordinals& words,
                                                               std::string_view wanted,
                                                               Key&& key_of) {
  const auto first = std::partition_point(words.begin(), words.end(),
                                          [&](auto word) { return key_of(word) < wanted; });
  const auto last =
      std::partition_point(first, words.end(), [&](auto word) { return key_of(word) == wanted; });
  return {first, last};
}

/// Those of `words` whose key is `wanted`; where they are not in order of our keys, each is tried.
template <class Key>
std::vector<std::string_view> with_key(const SegmentColumns& segment, const Ordinals& words,
                                       std::string_view wanted, Key&& key_of) {
  std::vector<std::string_view> found;
  if (!segment.words_in_order()) {
    for (const auto word : words) {
      if (key_of(word) == wanted) found.push_back(segment.words[word]);
    }
    return found;
  }
  const auto [first, last] = range_of_key(words, wanted, key_of);
  for (auto i = first; i != last; ++i) found.push_back(segment.words[*i]);
  return found;
}

}  // namespace

std::vector<std::string_view> words_folding_to(const SegmentColumns& segment,
                                               std::string_view folded) {
  return with_key(segment, segment.words_by_fold(), folded,
                  [&](auto word) { return strip_diacritics(segment.words[word]); });
}

std::vector<std::string_view> words_with_stem(const SegmentColumns& segment, std::size_t language,
                                              Stemmer& stemmer, std::string_view stem) {
  return with_key(segment, segment.words_by_stem(language), stem, [&](auto word) {
    stemmer.forget();
    return stemmer.stem_of(segment.words[word]);
  });
}

std::pair<std::size_t, std::size_t> words_beginning(const SegmentColumns& segment,
                                                    std::string_view prefix) {
  const auto words = segment.words_by_fold();
  if (!segment.words_in_order()) return {0, words.size()};
  const auto [first, last] = range_of_key(words, prefix, [&](auto word) {
    return strip_diacritics(segment.words[word]).substr(0, prefix.size());
  });
  return {static_cast<std::size_t>(first - words.begin()),
          static_cast<std::size_t>(last - words.begin())};
}

}  // namespace dateline
