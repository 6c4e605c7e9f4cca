// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dateline {

/// Where the sentences of a text begin: bytes, ascending, the first at the text's first character.
/// A blank line ends a sentence; so does a full stop, question or exclamation mark with what
/// closes quotes and brackets behind it, where white space and no small letter follow. The stop of
/// an abbreviation ("Mr.", "Gov.", "No.") or of an initial ("J. Smith", "U.S. President") ends
/// none. Takes any bytes.
std::vector<std::size_t> sentence_starts(std::string_view text);

/// Where its paragraphs begin, which blank lines divide: likewise.
std::vector<std::size_t> paragraph_starts(std::string_view text);

}  // namespace dateline
