// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline {

bool is_utf8(std::string_view bytes);

/// Bytes as UTF-8, and what had to be assumed for it.
struct Decoded {
  std::string text;
  /// The encoding the bytes were taken to be in; "" when they were UTF-8 as they came.
  std::string assumed;
  /// Some bytes were no characters and are U+FFFD now.
  bool damaged = false;
};

/// Turns bytes without a byte order mark into UTF-8. Bytes that are not UTF-8 are taken to be UTF-8
/// with damage where most of their non-ASCII sequences are UTF-8, else whatever ICU detects, else
/// windows-1252 (also where Latin-1 is detected, as browsers do).
Decoded to_utf8(std::string bytes);

/// The same where the bytes' own markup, or what carried them, declares their encoding. Bytes that
/// are UTF-8 are UTF-8 whatever was declared; a declaration that ICU does not know, or that many
/// bytes do not fit, counts as none. Web names mean what browsers take them for
/// (https://encoding.spec.whatwg.org/#names-and-labels): "iso-8859-1" is windows-1252.
Decoded to_utf8(std::string bytes, std::string_view declared);

/// "text taken to be windows-1252", "broken characters replaced"; "" when there is nothing to say.
std::string describe_assumption(const Decoded& decoded);

/// `utf8` in NFC, with every line end as '\n', blanks of any kind as ' ', and without control
/// characters (those of the C1 range are read as the windows-1252 characters they were meant to
/// be), soft hyphens and zero-width spaces. Joiners and directional marks stay. Requires valid
/// UTF-8.
std::string clean_text(std::string utf8);

/// `utf8` on one line: every run of white space is one space, none at either end.
std::string single_line(std::string_view utf8);

/// At most `most` characters of `utf8` on one line, with "..." where more was cut.
std::string excerpt(std::string_view utf8, std::size_t most);

/// Folded for comparison: case, and every run of characters other than letters, digits and marks
/// as one space.
std::string fold_words(std::string_view utf8);

/// fold_words() without the blanks: what is left of two spellings of one name.
std::string squash_words(std::string_view utf8);

/// The parts of `line` between its blanks, none of them empty; views into it.
std::vector<std::string_view> split_at_blanks(std::string_view line);

/// Number of characters (code points) in valid UTF-8.
std::size_t count_characters(std::string_view utf8);

}  // namespace dateline
