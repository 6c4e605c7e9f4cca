// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Reads a file that is one article of plain text or Markdown, perhaps below front matter. Throws
/// Unreadable where the file ends badly or is longer than one record may be.
void read_text_article(const FileInHand& in, ByteSource& source);

}  // namespace dateline
