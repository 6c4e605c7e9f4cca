// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/entities/gazetteer.h"
#include "indexer/entities/name_words.h"

namespace dateline::ner {

/// A person's name in the form in which names are compared: folded words, transliterations and
/// short forms of given names alike, initials together, without nicknames in quotes and Arabic
/// articles.
struct PersonName {
  std::vector<std::string> words;  ///< without the suffix; never empty for a name with letters
  std::string first;               ///< the first word as it is written, folded
  std::string suffix;              ///< "jr", "iii"; empty if none

  std::string nickname;  ///< "the situation", that stood in quotes; empty if none

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
/// Whether the words of the shorter name `part` stand one after the other in `full`.
bool holds_name(const PersonName& full, const PersonName& part);

/// "Zelenskyy" is written "Zelensky": every word in the spelling that is to be shown.
std::string respelled(const Gazetteer& gazetteer, std::string_view name);

}  // namespace dateline::ner
