// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/newsml_1.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "corpus/bytes/byte_source.h"
#include "corpus/formats/story.h"
#include "corpus/formats/xml/inline_content.h"

namespace dateline {
namespace {

using Nodes = std::vector<const xmlNode*>;

void add(std::vector<std::string>& texts, std::string text) {
  if (!text.empty()) texts.push_back(std::move(text));
}

bool is_among(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

std::string formal_name(const xmlNode* node) { return attribute(node, "FormalName"); }

std::string role_of(const xmlNode* component) {
  return formal_name(first_child(component, "Role"));
}

/// Whether a component's role makes it a part of the page and not of the story.
bool is_aside(const xmlNode* component) {
  const std::string role = role_of(component);
  return is_among(role, {"StyleSheet", "HeadLine", "Headline", "SubHeadLine", "Contact", "Logo",
                         "Photo", "Caption", "Thumbnail", "Video", "Audio", "Graphic"});
}

/// The text of a component's own content items, in whatever form they are.
Nodes text_contents(const xmlNode* component) {
  Nodes contents;
  for (const xmlNode* item : children_named(component, "ContentItem")) {
    const std::string media = formal_name(first_child(item, "MediaType"));
    if (!media.empty() && !reason_against_kind(media).empty()) continue;
    const xmlNode* data = find_first(item, "DataContent");
    if (data && !text_of(data).empty()) contents.push_back(data);
  }
  return contents;
}

/// A headline and the contents it stands over; `component` is where the headline is.
struct Part {
  const xmlNode* component = nullptr;
  Nodes contents;
};

void collect_parts(const xmlNode* component, std::size_t over, std::vector<Part>& parts) {
  if (is_aside(component)) return;
  if (!text_of(child_at(component, {"NewsLines", "HeadLine"})).empty()) {
    over = parts.size();
    parts.push_back({component, {}});
  }
  for (const xmlNode* content : text_contents(component)) parts[over].contents.push_back(content);
  for (const xmlNode* inner : children_named(component, "NewsComponent"))
    collect_parts(inner, over, parts);
}

using Topics = std::unordered_map<std::string, const xmlNode*>;

/// What a "#id" refers to within the document: a topic.
Topics topics_by_id(const xmlNode* root) {
  Topics topics;
  for (const xmlNode* topic : find_all(root, "Topic"))
    if (const std::string id = attribute(topic, "Duid"); !id.empty())
      topics.emplace("#" + id, topic);
  return topics;
}

/// What all items of a document share.
struct Document {
  const xmlNode* envelope;
  Topics topics;
};

class NewsItemReader {
 public:
  NewsItemReader(const Document& document, const xmlNode* item)
      : document_(document), item_(item), management_(first_child(item, "NewsManagement")) {}

  std::string reason_against() const {
    return reason_against_status(formal_name(first_child(management_, "Status")));
  }

  /// Why an item without text is none: its first medium that is something else.
  std::string reason_without_text() const {
    for (const char* name : {"MediaType", "Role"})
      for (const xmlNode* kind : find_all(item_, name))
        if (std::string reason = reason_against_kind(formal_name(kind)); !reason.empty())
          return reason;
    return "no text";
  }

  std::vector<Story> stories() const {
    std::vector<Part> parts{{item_, {}}};
    for (const xmlNode* component : children_named(item_, "NewsComponent"))
      collect_parts(component, 0, parts);
    std::vector<Story> stories;
    for (const Part& part : parts)
      if (!part.contents.empty()) stories.push_back(story_of(part));
    return stories;
  }

 private:
  Story story_of(const Part& part) const {
    Story story;
    story.id = text_of(child_at(item_, {"Identification", "NewsIdentifier", "PublicIdentifier"}));
    story.title = line(part.component, "HeadLine");
    story.deck =
        first_of({line(part.component, "SubHeadLine"), component_text(part, "SubHeadLine")});
    add(story.bylines, line(part.component, "ByLine"));
    story.language = language(part);
    add_sources(part, story);
    add_dates(story);
    add_topics(part.component, story);
    for (const xmlNode* content : part.contents) add_content(content, story);
    if (story.title.empty()) story.title = line(find_first(item_, "NewsComponent"), "HeadLine");
    if (story.title.empty())
      story.title = text_of(child_at(item_, {"Identification", "NameLabel"}));
    return story;
  }

  static std::string line(const xmlNode* component, std::string_view name) {
    return text_of(child_at(component, {"NewsLines", name}));
  }

  /// The text of the component beside the story's that has the role `role`.
  static std::string component_text(const Part& part, std::string_view role) {
    for (const xmlNode* inner : children_named(part.component, "NewsComponent"))
      if (role_of(inner) == role) return text_of(find_first(inner, "DataContent"));
    return {};
  }

  /// The value at `path` in the story's component or in the next one around it that has it.
  const xmlNode* around(const xmlNode* component,
                        std::initializer_list<std::string_view> path) const {
    for (; component && component != item_; component = component->parent)
      if (const xmlNode* found = child_at(component, path)) return found;
    return nullptr;
  }

  std::string language(const Part& part) const {
    const xmlNode* own = around(part.component, {"DescriptiveMetadata", "Language"});
    if (!own) own = child_at(item_, {"NewsComponent", "DescriptiveMetadata", "Language"});
    return first_of({formal_name(own), language_of(part.component)});
  }

  static std::string party_name(const xmlNode* holder) {
    const xmlNode* party = first_child(holder, "Party");
    for (const xmlNode* property : children_named(party, "Property"))
      if (is_among(formal_name(property), {"Organization", "Organisation", "Name"}))
        if (std::string name = attribute(property, "Value"); !name.empty()) return name;
    return formal_name(party);
  }

  void add_sources(const Part& part, Story& story) const {
    const xmlNode* first = part.component == item_ ? first_child(item_, "NewsComponent") : nullptr;
    const xmlNode* from = first ? first : part.component;
    add(story.sources, party_name(around(from, {"AdministrativeMetadata", "Provider"})));
    add(story.sources, party_name(first_child(document_.envelope, "SentFrom")));
    add(story.sources, formal_name(first_child(document_.envelope, "NewsService")));
    add(story.sources, party_name(around(from, {"AdministrativeMetadata", "Source"})));
    add(story.sources,
        text_of(child_at(item_, {"Identification", "NewsIdentifier", "ProviderId"})));
  }

  void add_dates(Story& story) const {
    add(story.published, text_of(first_child(management_, "FirstCreated")));
    add(story.modified, text_of(first_child(management_, "ThisRevisionCreated")));
    if (story.published.empty()) std::swap(story.published, story.modified);
    add(story.published, text_of(first_child(document_.envelope, "DateAndTime")));
    add(story.published, text_of(child_at(item_, {"Identification", "NewsIdentifier", "DateId"})));
    if (formal_name(first_child(management_, "Status")) == "Embargoed")
      story.embargo = text_of(child_at(management_, {"StatusWillChange", "DateAndTime"}));
  }

  static void add_topic(const xmlNode* topic, Story& story) {
    const std::string type = formal_name(first_child(topic, "TopicType"));
    const std::string name = first_of(
        {text_of(first_child(topic, "Description")), text_of(first_child(topic, "FormalName"))});
    if (is_among(type, {"Person", "person"}))
      story.entities.push_back({EntityType::person, name});
    else if (is_among(type, {"Company", "Organization", "Organisation", "organisation"}))
      story.entities.push_back({EntityType::org, name});
    else if (is_among(type, {"Location", "Country", "City", "Place", "location"}))
      story.entities.push_back({EntityType::place, name});
    else
      add(story.topics, name);
  }

  void add_topics(const xmlNode* component, Story& story) const {
    for (; component && component != item_; component = component->parent) {
      const xmlNode* metadata = first_child(component, "DescriptiveMetadata");
      for (const char* name : {"Subject", "SubjectMatter", "SubjectDetail"})
        for (const xmlNode* subject : find_all(metadata, name)) {
          const std::string code = formal_name(subject);
          const bool number = code.find_first_not_of("0123456789") == std::string::npos;
          if (!number) add(story.topics, code);
        }
      for (const xmlNode* occurrence : children_named(metadata, "TopicOccurrence")) {
        const auto topic = document_.topics.find(attribute(occurrence, "Topic"));
        if (topic != document_.topics.end()) add_topic(topic->second, story);
      }
      for (const xmlNode* property : children_named(first_child(metadata, "Location"), "Property"))
        story.entities.push_back({EntityType::place, attribute(property, "Value")});
    }
  }

  const Document& document_;
  const xmlNode *item_, *management_;
};

}  // namespace

void read_newsml_1(const FileInHand& in, const XmlTree& tree) {
  const Nodes items = children_named(tree.root(), "NewsItem");
  if (items.empty()) throw Unreadable("NewsML without items");
  const Document document{first_child(tree.root(), "NewsEnvelope"), topics_by_id(tree.root())};
  std::vector<std::vector<Story>> by_item;
  std::vector<std::string> reasons;
  std::size_t count = 0;
  for (const xmlNode* item : items) {
    const NewsItemReader reader(document, item);
    reasons.push_back(reader.reason_against());
    by_item.push_back(reasons.back().empty() ? reader.stories() : std::vector<Story>());
    if (reasons.back().empty() && by_item.back().empty())
      reasons.back() = reader.reason_without_text();
    count += std::max<std::size_t>(by_item.back().size(), 1);
  }
  StoryPlaces places(count == 1);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (by_item[i].empty()) {
      places.next();
      in.sink.refused(places.place(), reasons[i]);
    }
    for (Story& story : by_item[i]) {
      places.next();
      story.notes.insert(story.notes.begin(), tree.notes().begin(), tree.notes().end());
      const StoryPlace at = places.of(story);
      hand_over_story(in, at, std::move(story));
    }
  }
}

}  // namespace dateline
