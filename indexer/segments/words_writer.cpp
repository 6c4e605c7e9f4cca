// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/words_writer.h"

#include <cstdint>

#include "common/index/schema.h"
#include "common/text/stemmer.h"
#include "common/text/unicode.h"
#include "indexer/segments/packed_strings.h"

namespace dateline {
namespace {

std::vector<std::uint32_t> by_fold(const std::vector<std::string_view>& words) {
  PackedStrings folds;
  for (const auto word : words) folds.push_back(strip_diacritics(word));
  return folds.in_byte_order();
}

std::vector<std::uint32_t> by_stem(const std::vector<std::string_view>& words,
                                   const SegmentWords::InLanguage& spoken) {
  const Stemmer stemmer(stemming_language(spoken.language));
  PackedStrings stems;
  std::vector<std::uint32_t> places;
  spoken.words.for_each([&](std::size_t w) {
    stems.push_back(stemmer.stem(words[w]));
    places.push_back(static_cast<std::uint32_t>(w));
  });
  auto sorted = stems.in_byte_order();
  for (auto& n : sorted) n = places[n];
  return sorted;
}

}  // namespace

void write_words(const SegmentWords& words, ColumnFileWriter& file) {
  file.add_strings(schema::words, words.words);
  file.add(schema::word_by_fold, by_fold(words.words));
  std::vector<std::uint32_t> at{0};
  std::vector<std::uint32_t> all;
  for (const auto& spoken : words.languages) {
    const auto ordinals = by_stem(words.words, spoken);
    all.insert(all.end(), ordinals.begin(), ordinals.end());
    at.push_back(static_cast<std::uint32_t>(all.size()));
  }
  file.add(schema::stem_at, at);
  file.add(schema::stem_word, all);
}

}  // namespace dateline
