// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// The people that a byline names: "By Ann Lee, Bo Ray and Cy Day Jr." is three. A list's items are
/// not split at commas, which separate only in a byline of one line. "Lee, Ann" stays one. Each
/// name once, in order.
std::vector<std::string> split_byline(const std::vector<std::string>& items, bool is_list);

/// A person's name as a page writes it, without what is none of it: "By" and the like in several
/// languages, an abbreviation in brackets at the end, "기자". "" where nothing or no name is left,
/// as of an address or a number.
std::string tidy_author(std::string_view written);

/// Whether a line by itself is a byline: "By" and one to four names.
bool is_byline(std::string_view line);

}  // namespace dateline
