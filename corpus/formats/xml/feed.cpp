// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/story.h"
#include "corpus/formats/xml/feed_item.h"

namespace dateline {
namespace {

/// Items, but for those that ill-formed markup leaves within another.
void collect_items(const xmlNode* from, bool nested, std::vector<const xmlNode*>& items) {
  for (const xmlNode* element : elements_in(from)) {
    const std::string_view name = local_name(element);
    const bool item = name == "item" || name == "entry" || name == "Item";
    if (item) items.push_back(element);
    if (!item || nested) collect_items(element, nested, items);
  }
}

FeedHead head_of(const xmlNode* root) {
  const xmlNode* channel = first_child(root, "channel");
  if (!channel) channel = root;
  FeedHead head;
  head.title = text_construct(first_child(channel, "title"));
  if (head.title.empty()) head.title = attribute(channel, "TITLE");
  head.publisher = text_of(first_child(channel, "publisher"));
  head.language = first_of({text_of(first_child(channel, "language")), language_of(channel)});
  if (local_name(root) == "feed") head.authors = people_of(channel);
  return head;
}

}  // namespace

bool is_feed(std::string_view root_name) {
  constexpr std::array<std::string_view, 6> names{"rss",  "RSS",     "RDF",
                                                  "feed", "channel", "CHANNEL"};
  return std::find(names.begin(), names.end(), root_name) != names.end();
}

void read_feed(const FileInHand& in, const XmlTree& tree) {
  const FeedHead head = head_of(tree.root());
  std::vector<const xmlNode*> items;
  collect_items(tree.root(), !tree.well_formed(), items);
  if (items.empty()) {
    in.sink.refused("", tree.well_formed() ? "a feed without articles"
                                           : "a feed without articles; " + tree.notes().back());
    return;
  }
  StoryPlaces places(false);
  for (const xmlNode* item : items) {
    places.next();
    if (is_left_aside(item)) continue;
    if (const std::string reason = reason_against_item(item); !reason.empty()) {
      in.sink.refused(places.place(), reason);
      continue;
    }
    Story story = story_of_item(item, head);
    story.notes.insert(story.notes.begin(), tree.notes().begin(), tree.notes().end());
    const StoryPlace at = places.of(story);
    hand_over_story(in, at, std::move(story));
  }
}

}  // namespace dateline
