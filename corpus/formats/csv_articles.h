// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Reads a table whose rows are articles: CSV or TSV with a header. Throws Unreadable.
void read_csv_articles(const FileInHand& in, ByteSource& source);

}  // namespace dateline
