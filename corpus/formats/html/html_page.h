// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Reads a file that is one news page of HTML. Throws Unreadable.
void read_html_page(const FileInHand& in, ByteSource& source);

}  // namespace dateline
