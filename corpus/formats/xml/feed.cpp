// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/formats/story.h"
#include "corpus/formats/xml/feed_item.h"
#include "corpus/formats/xml/feed_items.h"
#include "corpus/formats/xml/wordpress.h"
#include "corpus/formats/xml/xml_text.h"

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

/// What there is to know about an item beside the item.
struct ItemAround {
  const FileInHand& in;
  const FeedHead& head;
  const std::vector<std::string>& notes;
};

void hand_over_item(const ItemAround& around, const xmlNode* item, StoryPlaces& places) {
  places.next();
  if (wordpress_machinery(item)) return;
  if (const std::string reason = reason_against_post(item); !reason.empty()) {
    around.in.sink.refused(places.place(), reason);
    return;
  }
  Story story = story_of_item(item, around.head);
  story.notes.insert(story.notes.begin(), around.notes.begin(), around.notes.end());
  const StoryPlace at = places.of(story);
  story.may_be_empty = !story.url.empty() || !story.published.empty();
  hand_over_story(around.in, at, std::move(story));
}

std::string longer_than_allowed(const FileInHand& in) {
  return "longer than " + describe_size(in.options.max_record_bytes);
}

/// The start tag of a document's root, which declares the prefixes that items use.
struct RootTag {
  std::string tag, name;
};

RootTag root_tag_of(std::string_view xml) {
  for (auto at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    if (xml.substr(at, 4) == "<!--") at = std::min(xml.find("-->", at), xml.size());
    if (at + 1 >= xml.size() || xml[at] != '<' || xml[at + 1] == '?' || xml[at + 1] == '!')
      continue;
    const std::string_view tag = xml.substr(at, xml.find('>', at) + 1 - at);
    return {std::string(tag), std::string(tag.substr(1, tag.find_first_of(" \t\r\n>") - 1))};
  }
  return {"<feed>", "feed"};
}

void read_item_text(const FileInHand& in, const FeedHead& head, std::string text,
                    const std::string& encoding, StoryPlaces& places) {
  try {
    const XmlTree tree(std::move(text), encoding);
    std::vector<const xmlNode*> items;
    collect_items(tree.root(), false, items);
    for (const xmlNode* item : items) hand_over_item({in, head, tree.notes()}, item, places);
  } catch (const Unreadable& problem) {
    places.next();
    in.sink.refused(places.place(), problem.what());
  }
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
  for (const xmlNode* item : items) hand_over_item({in, head, tree.notes()}, item, places);
}

void read_large_feed(const FileInHand& in, std::string start, ByteSource& source) {
  FeedItems items(std::move(start), source, in.options.max_record_bytes);
  const std::string text = items.head();
  const std::string encoding = first_of({declared_encoding(text), std::string(in.charset)});
  const XmlTree head_tree(text, encoding);
  if (!is_feed(local_name(head_tree.root()))) throw Unreadable(longer_than_allowed(in));
  const FeedHead head = head_of(head_tree.root());
  const RootTag root = root_tag_of(text);
  StoryPlaces places(false);
  FeedItemText item;
  while (items.next(item)) {
    if (item.too_long) {
      places.next();
      in.sink.refused(places.place(), longer_than_allowed(in));
      continue;
    }
    read_item_text(in, head, fmt::format("{}{}</{}>", root.tag, item.text, root.name), encoding,
                   places);
  }
}

}  // namespace dateline
