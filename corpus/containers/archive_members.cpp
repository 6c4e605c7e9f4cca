// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/containers/archive_members.h"

namespace dateline {

void read_archive_members(const FileInHand& /*in*/, ByteSource& /*source*/) {
  throw Unreadable("format not read: archive");
}

}  // namespace dateline
