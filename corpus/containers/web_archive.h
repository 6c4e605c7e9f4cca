// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Reads the pages in a WARC or ARC file. Throws Unreadable.
void read_web_archive(const FileInHand& in, ByteSource& source);

}  // namespace dateline
