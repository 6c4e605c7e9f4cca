// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/containers/web_archive.h"

namespace dateline {

void read_web_archive(const FileInHand& /*in*/, ByteSource& /*source*/) {
  throw Unreadable("format not read: WARC");
}

}  // namespace dateline
