// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/formats/story.h"
#include "corpus/formats/xml/xml_tree.h"

namespace dateline {

/// What an <nitf> element states (NITF 3.x), with its text; media and their captions left out.
Story story_of_nitf(const xmlNode* nitf);

/// Hands over the article of a document whose root is <nitf>.
void read_nitf(const FileInHand& in, const XmlTree& tree);

}  // namespace dateline
