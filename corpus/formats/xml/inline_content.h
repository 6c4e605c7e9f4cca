// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "corpus/formats/story.h"
#include "corpus/formats/xml/xml_tree.h"

namespace dateline {

/// Adds to `story` what the content of a news item holds: its text, and where it is NITF or has a
/// heading what `story` states nothing of yet.
void add_content(const xmlNode* container, Story& story);

/// The same for content that is a string of markup (NITF or HTML) or plain text.
void add_content(std::string_view text, Story& story);

}  // namespace dateline
