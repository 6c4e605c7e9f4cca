// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "corpus/formats/assembly.h"
#include "corpus/formats/xml/xml_tree.h"

namespace dateline {

/// Whether a root element of that name is one of NewsML-G2's.
bool is_newsml_g2(std::string_view root_name);

/// Hands over the texts of a newsItem, or of a newsMessage's. Items of other kinds are refused by
/// what they are, and those that are canceled, withheld or still under embargo by that.
void read_newsml_g2(const FileInHand& in, const XmlTree& tree);

}  // namespace dateline
