// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Reads a file, or a member of an archive, by the format that its name and its content tell.
/// Throws Unreadable.
void read_content(const FileInHand& in, ByteSource& source);

}  // namespace dateline
