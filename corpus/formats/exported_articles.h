// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "common/article.h"
#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// How a line of an export begins, blanks included: by it the format is told from other JSON Lines.
inline constexpr std::string_view export_line_start = "{\"dateline_export\":";

/// The article as one line of JSON, without its line end: all that an index keeps of it, each value
/// with where it comes from (docs/json-output.md). What read_exported_articles() makes of the line
/// has the same store_article().
std::string export_line(const Article& article);

/// How long a line is read at most where `max_record_bytes` is the limit of an article: a text has
/// twice its length where every character of it is written with a backslash.
constexpr std::uint64_t longest_export_line(std::uint64_t max_record_bytes) {
  return 2 * max_record_bytes;
}

/// Reads an export back: every article as it was, whatever tables, options and names say of the
/// file at hand. A line that is none of an export, or states what no article has, is refused by its
/// number and costs no other; a day that no article may have is left out with a note; control
/// characters are left out. Throws Unreadable where the file itself ends badly.
void read_exported_articles(const FileInHand& in, ByteSource& source);

}  // namespace dateline
