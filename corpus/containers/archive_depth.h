// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/assembly.h"

namespace dateline {

/// Unreadable where `in` is an archive two archives deep.
inline void check_archive_depth(const FileInHand& in) {
  if (in.depth >= 2) throw Unreadable("an archive in an archive in an archive");
}

}  // namespace dateline
