// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Reads a file of many articles in the SGML of Reuters-21578 (<REUTERS>) or of TREC (<DOC>), one
/// at a time. Throws Unreadable where the file ends badly.
void read_sgml_articles(const FileInHand& in, ByteSource& source);

}  // namespace dateline
