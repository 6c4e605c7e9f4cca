// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dateline {

/// All functions here take any bytes; ill-formed UTF-8 counts as U+FFFD, a byte at a time.

/// Appends one code point as UTF-8.
void append_utf8(char32_t c, std::string& out);

/// Decodes the code point that starts at `at` and moves `at` past it.
char32_t next_code_point(std::string_view text, std::size_t& at);

/// Lower case (Unicode simple case folding), other characters as they are.
std::string lower_case(std::string_view text);

/// Base letters of `text`: compatibility decomposition (NFKD) without combining marks, for text in
/// lower case already ("ö" -> "o", "ﬁ" -> "fi"); also the letters that do not decompose
/// ("ø" -> "o", "ł" -> "l", "ß" -> "ss").
std::string strip_diacritics(std::string_view text);

/// The form under which names are compared: lower case, no diacritics, white space and the marks
/// '.', ',', '\'' and '’' left out at no cost to meaning, runs of space made one.
std::string fold_name(std::string_view name);

/// Columns that a terminal needs for `text`: wide East Asian characters take two, marks none.
std::size_t display_width(std::string_view text);

/// The longest prefix of whole characters of at most `columns` columns.
std::string_view prefix_of_width(std::string_view text, std::size_t columns);

/// `text` cut to `columns` columns, the last being "…" when something was cut.
std::string ellipsize(std::string_view text, std::size_t columns);

/// True for what must never reach a terminal from an article: C0 and C1 controls, DEL, line and
/// paragraph separators, what reorders text (bidirectional controls) and what nobody sees.
bool is_unprintable(char32_t c);

/// `text` on one line, fit for a terminal: white space runs become one space, unprintable
/// characters and ill-formed bytes become U+FFFD.
std::string printable(std::string_view text);

/// Like printable(), but spaces and line feeds stay as they are, so that a caret still stands under
/// its place.
std::string printable_text(std::string_view text);

/// Number of code points in `text`.
std::size_t count_code_points(std::string_view text);

}  // namespace dateline
