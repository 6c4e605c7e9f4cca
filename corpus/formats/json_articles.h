// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Reads a file of one JSON object a line. A broken line is refused by its number and costs no
/// other. Throws Unreadable where the file itself ends badly.
void read_json_lines(const FileInHand& in, ByteSource& source);

/// Reads a file that is an array of articles, a sequence of them, a single one, or an object with
/// one array of them ("articles", "items", ...). Holds one article at a time, and in the last form,
/// which max_record_bytes limits, the whole. Throws Unreadable as above.
void read_json_document(const FileInHand& in, ByteSource& source);

/// Whether the first bytes of a JSON file are those of JSON Lines.
bool looks_like_json_lines(std::string_view start);

}  // namespace dateline
