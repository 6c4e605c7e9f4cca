// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/sgml_articles.h"

namespace dateline {

void read_sgml_articles(const FileInHand& /*in*/, ByteSource& /*source*/) {
  throw Unreadable("format not read: SGML");
}

}  // namespace dateline
