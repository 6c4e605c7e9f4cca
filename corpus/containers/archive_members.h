// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Reads the files in a tar or zip archive, each by its own format. Throws Unreadable.
void read_archive_members(const FileInHand& in, ByteSource& source);

}  // namespace dateline
