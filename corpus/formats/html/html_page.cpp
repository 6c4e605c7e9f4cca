// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/html/html_page.h"

namespace dateline {

void read_html_page(const FileInHand& /*in*/, ByteSource& /*source*/) {
  throw Unreadable("format not read: HTML");
}

}  // namespace dateline
