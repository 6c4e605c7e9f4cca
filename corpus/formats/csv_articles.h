// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Reads a table whose rows are articles: CSV or TSV with a header that names a title or a text.
/// Holds one row at a time; one that is too long or malformed is refused by its number, the
/// header's being 1. Throws Unreadable where the header names neither, or the file ends badly.
void read_csv_articles(const FileInHand& in, ByteSource& source);

}  // namespace dateline
