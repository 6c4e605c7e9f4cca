// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
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

/// The text that a use stands in.
std::string_view text_of(const ArticleText& text, Use::Part part);

/// The name as it is written: white space single, no leading "the", no trailing possessive.
std::string tidy(std::string_view name);

/// The word right before `at` on the same line, without white space; empty if none.
std::string_view word_before(std::string_view text, std::size_t at);

}  // namespace dateline::ner
