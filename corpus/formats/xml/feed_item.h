// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "corpus/formats/story.h"
#include "corpus/formats/xml/xml_tree.h"

namespace dateline {

/// What a feed states for all of its items.
struct FeedHead {
  std::string title;
  std::string publisher;
  std::string language;
  std::vector<std::string> authors;
};

/// What an item of a feed states.
Story story_of_item(const xmlNode* item, const FeedHead& head);

/// The text of a title or the like, on one line, whether it is text, escaped HTML or XHTML.
std::string text_construct(const xmlNode* element);

/// The names of those who wrote what is in `element`, addresses left out.
std::vector<std::string> people_of(const xmlNode* element);

}  // namespace dateline
