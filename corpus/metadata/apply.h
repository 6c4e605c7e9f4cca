// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "corpus/metadata/fields.h"

namespace dateline {

/// Offers what `values` states to `article` as coming from `from`; the body is left alone. What
/// cannot be used (a bad date, an over-long id or source) becomes a note. Call in order of trust.
void apply_values(const FieldValues& values, Provenance from, Day latest, Article& article);

/// The same for what holds for every record of a file: source, dates, language and topics.
void apply_shared_values(const FieldValues& values, Provenance from, Day latest, Article& article);

/// The primary tag of "en-GB", "en_GB", "EN" or "English", in lower case; "" for no language.
std::string primary_language(std::string_view tag);

/// The topics in lists such as "economy, trade; Peru", each once and tidy.
std::vector<std::string> split_topics(const std::vector<std::string>& lists);

/// Removes the characters and blanks that a value of one line has no use for.
std::string tidy_value(std::string_view utf8);

/// Whether a source is only a way of writing that none is known: "Unknown", "n/a", "none", "-".
bool says_nothing(std::string_view source);

inline constexpr std::size_t longest_id = 200;      ///< bytes
inline constexpr std::size_t longest_source = 200;  ///< bytes

}  // namespace dateline
