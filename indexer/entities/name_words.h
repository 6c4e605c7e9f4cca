// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::ner {

/// The words of a name, split at white space.
std::vector<std::string_view> words_of(std::string_view name);

/// A name without apostrophes of either form.
std::string without_apostrophes(std::string_view name);

/// Under this key names are compared that differ in case, diacritics, hyphens, full stops, commas
/// and apostrophes only: "Tsai Ing-wen", "Tsai Ing Wen".
std::uint64_t name_key(std::string_view name);

/// How many words at the end of an organisation's name only tell its legal form: 1 in "Acme Corp."
std::size_t legal_words(const std::vector<std::string_view>& words);

/// "FATF", "F.A.T.F.": two capitals or more and full stops.
bool is_acronym(std::string_view name);

/// The first letters of a name's capitalised words: "FATF" of "Financial Action Task Force".
std::string initials_of(std::string_view name);

/// Whether `acronym` can have been made of `name`: its letters follow each other in the name from
/// the first on, or begin its words in another order, as those of translated names do.
bool can_abbreviate(std::string_view acronym, std::string_view name);

}  // namespace dateline::ner
