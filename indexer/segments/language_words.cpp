// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/language_words.h"

#include <algorithm>

namespace dateline {

std::uint32_t LanguageWords::number_of(std::string_view language) {
  const auto known = std::ranges::find(languages_, language);
  const auto number = known - languages_.begin();
  if (known == languages_.end()) {
    languages_.emplace_back(language);
    held_.emplace_back();
  }
  return static_cast<std::uint32_t>(number);
}

std::uint32_t LanguageWords::add(std::uint32_t language, std::string_view word) {
  const auto number = words_.add(word);
  auto& held = held_[language];
  if (number >= held.size()) held.resize(words_.size());
  held[number] = true;
  return number;
}

SegmentWords LanguageWords::in_byte_order() const {
  SegmentWords sorted;
  const auto words = words_.in_byte_order();
  sorted.words.reserve(words.size());
  for (const auto word : words) sorted.words.push_back(words_[word]);
  for (std::size_t l = 0; l < languages_.size(); ++l) {
    sorted.languages.push_back({languages_[l], Bitset(words.size())});
    auto& in_language = sorted.languages.back();
    for (std::size_t place = 0; place < words.size(); ++place) {
      const auto word = words[place];
      if (word < held_[l].size() && held_[l][word]) in_language.words.set(place);
    }
  }
  std::ranges::sort(sorted.languages, {}, &SegmentWords::InLanguage::language);
  return sorted;
}

}  // namespace dateline
