// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>
#include <vector>

#include "corpus/formats/paragraphs.h"

namespace dateline {

/// What is known of a story before its page is searched for it; all may be "".
struct KnownOfStory {
  std::string_view title;
  std::string_view deck;
  std::string_view stated_body;  ///< the text that the page's metadata repeat, as plain text
};

/// The paragraphs of a page's story, without navigation, teasers, captions and comments. Where the
/// page shows none but its metadata hold one, that.
std::vector<Paragraph> read_page_body(const xmlNode* page, const KnownOfStory& known);

}  // namespace dateline
