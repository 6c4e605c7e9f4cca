// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/entities/gazetteer.h"

namespace dateline::ner {

/// A person's name in the form in which names are compared: folded words, transliterations alike.
struct PersonName {
  std::vector<std::string> words;  ///< without the suffix; never empty for a name with letters
  std::string suffix;              ///< "jr", "iii"; empty if none

  bool is_full() const { return words.size() >= 2; }
};

PersonName parse_person(const Gazetteer& gazetteer, std::string_view name);

/// Whether two full names can be one person's: first and last word and suffix agree, and what
/// stands between them does not contradict ("Donald Trump", "Donald J. Trump").
bool same_person(const PersonName& a, const PersonName& b);

/// Whether `full` ends with the words of the shorter name `part`.
bool ends_with_name(const PersonName& full, const PersonName& part);
/// Whether `full` begins with the words of the shorter name `part`.
bool begins_with_name(const PersonName& full, const PersonName& part);

/// "Zelenskyy" is written "Zelensky": every word in the spelling that is to be shown.
std::string respelled(const Gazetteer& gazetteer, std::string_view name);

/// The words of a name, split at white space.
std::vector<std::string_view> words_of(std::string_view name);

}  // namespace dateline::ner
