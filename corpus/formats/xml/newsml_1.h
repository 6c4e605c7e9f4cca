// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/formats/assembly.h"
#include "corpus/formats/xml/xml_tree.h"

namespace dateline {

/// Hands over the stories of a <NewsML> document (NewsML 1.0 to 1.2): of each NewsItem one for
/// every component that has a headline and text. An item without text is refused by what it is.
void read_newsml_1(const FileInHand& in, const XmlTree& tree);

}  // namespace dateline
