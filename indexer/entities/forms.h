// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "indexer/entities/gazetteer.h"
#include "indexer/entities/names.h"
#include "indexer/entities/person_names.h"

namespace dateline::ner {

/// One way in which an article names something, whatever its letter case, with all its uses.
struct Form {
  EntityType type = EntityType::person;
  std::string key;  ///< folded name; of two forms of one type no two are equal
  std::vector<std::pair<std::string, std::uint32_t>> spellings;  ///< with their counts
  std::string_view canonical;  ///< the name to show, if the tables know it
  PersonName person;           ///< for people
  bool royal = false;          ///< a bare first name with its title: "Prince Charles"
  bool given = false;          ///< stated by metadata

  /// The spelling used most; names in ordinary letter case before those in capitals.
  std::string shown() const;
};

/// One naming: by the text, or (`part` = none) by the article's metadata.
struct Use {
  enum class Part : std::uint8_t { title, deck, body, none };
  std::size_t form = 0;
  Part part = Part::none;
  std::size_t begin = 0;  ///< bytes of the part's text; 0 for metadata
  std::size_t end = 0;
  std::size_t mention = 0;  ///< which of the part's mentions
};

/// All namings of an article and the forms they take. `uses`: metadata first, then in order of
/// reading.
struct Forms {
  std::vector<Form> forms;
  std::vector<Use> uses;
};

Forms collect_forms(const Gazetteer& gazetteer, const ArticleText& text,
                    const ArticleMentions& mentions, const std::vector<GivenEntity>& given);

constexpr std::size_t nothing = std::numeric_limits<std::size_t>::max();

using UsesByWord = std::unordered_map<std::string, std::vector<std::size_t>>;

/// Looks for what satisfies `fits` in an ordered list of uses: the latest before `use`, else the
/// first after it. Only so many are tried, so that no text can make this slow.
template <typename Fits>
std::size_t nearest(const std::vector<std::size_t>& uses, std::size_t use, Fits fits) {
  constexpr std::ptrdiff_t most_tried = 100;
  const auto middle = std::lower_bound(uses.begin(), uses.end(), use);
  const auto earliest =
      uses.begin() + std::max<std::ptrdiff_t>(0, middle - uses.begin() - most_tried);
  for (auto at = middle; at != earliest;)
    if (fits(*--at)) return *at;
  const auto latest = middle + std::min<std::ptrdiff_t>(uses.end() - middle, most_tried);
  const auto found = std::find_if(middle, latest, fits);
  return found == latest ? nothing : *found;
}

/// The text that a use stands in.
std::string_view text_of(const ArticleText& text, Use::Part part);

/// The name as it is written: white space single, no leading "the", no trailing possessive.
std::string tidy(std::string_view name);

/// The word right before `at` on the same line, without white space; empty if none.
std::string_view word_before(std::string_view text, std::size_t at);

}  // namespace dateline::ner
