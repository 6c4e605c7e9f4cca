// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "corpus/formats/paragraphs.h"
#include "corpus/formats/xml/xml_tree.h"

namespace dateline {

/// Whether an item of a WordPress export is none that anyone reads: an attachment, a menu's entry.
bool wordpress_machinery(const xmlNode* item);

/// Why an item of a WordPress export is not to be read: "" for a published post or page, and for
/// items of other feeds.
std::string reason_against_post(const xmlNode* item);

/// The paragraphs of what a post's author wrote as its summary.
std::vector<Paragraph> excerpt_text(const xmlNode* item);

/// The paragraphs of an item's content:encoded; shortcodes ("[gallery id=1]") of an export are left
/// out.
std::vector<Paragraph> full_text(const xmlNode* item);

}  // namespace dateline
