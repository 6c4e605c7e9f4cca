// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/newsml_g2.h"

#include <algorithm>
#include <array>
#include <optional>
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

std::string role_of(const xmlNode* node) { return code_of(attribute(node, "role")); }

/// The code of a property, by whichever of G2's ways it is written.
std::string code(const xmlNode* node) {
  return code_of(first_of({attribute(node, "qcode"), attribute(node, "uri")}));
}

std::string primary_language(const std::string& tag) { return tag.substr(0, tag.find('-')); }

/// The one of `nodes` in `language`, else the first that has text.
std::string in_language(const Nodes& nodes, const std::string& language) {
  std::string first;
  for (const xmlNode* node : nodes) {
    std::string text = text_of(node);
    if (text.empty()) continue;
    const std::string own = primary_language(attribute(node, "lang"));
    if (own.empty() || own == primary_language(language)) return text;
    if (first.empty()) first = std::move(text);
  }
  return first;
}

std::string name_in(const xmlNode* concept_node, const std::string& language) {
  return in_language(children_named(concept_node, "name"), language);
}

/// "reuters.com" identifies an outlet without being its name.
bool is_domain(const std::string& name) {
  return name.find('.') != std::string::npos && name.find(' ') == std::string::npos;
}

/// Numbers and the shortest of codes mean nothing to a reader.
bool is_readable(const std::string& code) {
  return code.size() > 2 && code.find_first_not_of("0123456789") != std::string::npos;
}

class G2Item {
 public:
  explicit G2Item(const xmlNode* item)
      : item_(item),
        item_meta_(first_child(item, "itemMeta")),
        content_meta_(first_child(item, "contentMeta")),
        content_(first_child(item, "contentSet")),
        language_(first_of({attribute(first_child(content_meta_, "language"), "tag"),
                            attribute(first_child(content_, "inlineXML"), "lang"),
                            language_of(content_ ? content_ : item)})) {
    for (const xmlNode* assertion : children_named(item, "assert"))
      assertions_.emplace(attribute(assertion, "qcode"), assertion);
  }

  std::string reason_against() const {
    const std::string name(local_name(item_));
    if (name == "packageItem") return "a package of items, not text";
    if (name == "planningItem") return "a plan, not text";
    if (name != "newsItem") return "a concept, not text";
    const std::string status = attribute(first_child(item_meta_, "pubStatus"), "qcode");
    if (std::string reason = reason_against_status(status); !reason.empty()) return reason;
    const xmlNode* kind = first_child(item_meta_, "itemClass");
    return reason_against_kind(first_of({attribute(kind, "qcode"), attribute(kind, "uri")}));
  }

  Story story() const {
    Story story;
    story.id = attribute(item_, "guid");
    story.language = language_;
    story.title = headline(false);
    story.deck = first_of({headline(true), description()});
    add_sources(story);
    add_dates(story);
    add_people(story);
    add_subjects(story);
    add_text(story);
    settle_title(story);
    return story;
  }

 private:
  std::string headline(bool secondary) const {
    Nodes fitting;
    for (const xmlNode* node : children_named(content_meta_, "headline")) {
      std::string role = role_of(node);
      std::transform(role.begin(), role.end(), role.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      const bool sub = role.find("sub") != std::string::npos || role == "deck";
      if (sub == secondary) fitting.push_back(node);
    }
    return in_language(fitting, language_);
  }

  std::string description() const {
    Nodes fitting;
    for (const xmlNode* node : children_named(content_meta_, "description"))
      if (is_among(role_of(node), {"", "summary", "abstract", "lead", "intro", "teaser", "text"}))
        fitting.push_back(node);
    return in_language(fitting, language_);
  }

  void add_sources(Story& story) const {
    const xmlNode* provider = first_child(item_meta_, "provider");
    const std::string literal = attribute(provider, "literal");
    add(story.sources, name_in(provider, language_));
    if (!is_domain(literal)) add(story.sources, literal);
    if (is_domain(literal)) add(story.sources, text_of(first_child(content_meta_, "creditline")));
    if (!is_domain(literal)) add(story.sources, code_of(attribute(provider, "qcode")));
    for (const xmlNode* source : children_named(content_meta_, "infoSource"))
      add(story.sources, first_of({name_in(source, language_), attribute(source, "literal")}));
    add(story.sources, literal);
    const xmlNode* holder = child_at(item_, {"rightsInfo", "copyrightHolder"});
    add(story.sources, first_of({name_in(holder, language_), attribute(holder, "literal")}));
    const xmlNode* notice = child_at(item_, {"rightsInfo", "copyrightNotice"});
    add(story.sources, rights_holder(text_of(notice)));
  }

  void add_dates(Story& story) const {
    add(story.published, text_of(first_child(item_meta_, "firstCreated")));
    add(story.published, text_of(first_child(content_meta_, "contentCreated")));
    add(story.modified, text_of(first_child(item_meta_, "versionCreated")));
    add(story.modified, text_of(first_child(content_meta_, "contentModified")));
    if (story.published.empty()) std::swap(story.published, story.modified);
    story.embargo = text_of(first_child(item_meta_, "embargoed"));
  }

  void add_people(Story& story) const {
    const std::string by = in_language(children_named(content_meta_, "by"), language_);
    add(story.bylines, by);
    for (const xmlNode* creator : children_named(content_meta_, "creator"))
      if (is_among(role_of(creator), {"", "author", "writer", "reporter", "journalist"}))
        add(story.authors, first_of({name_in(creator, language_), attribute(creator, "literal")}));
  }

  /// The name of a subject, which may stand apart, in an <assert> about it.
  std::string subject_name(const xmlNode* subject) const {
    std::string name = name_in(subject, language_);
    const std::string qcode = attribute(subject, "qcode");
    if (!name.empty() || qcode.empty()) return name;
    const auto assertion = assertions_.find(qcode);
    return assertion == assertions_.end() ? std::string() : name_in(assertion->second, language_);
  }

  static std::optional<EntityType> entity_type(const xmlNode* subject) {
    const std::string type = code_of(attribute(subject, "type"));
    if (type == "person") return EntityType::person;
    if (is_among(type, {"organisation", "organization", "company"})) return EntityType::org;
    if (is_among(type, {"geoArea", "poi", "place", "city", "country"})) return EntityType::place;
    return std::nullopt;
  }

  void add_subjects(Story& story) const {
    for (const xmlNode* subject : children_named(content_meta_, "subject")) {
      const std::string name = first_of({subject_name(subject), attribute(subject, "literal")});
      if (const auto type = entity_type(subject)) {
        story.entities.push_back({*type, name});
        continue;
      }
      const std::string local = code(subject);
      add(story.topics, first_of({name, is_readable(local) ? local : std::string()}));
    }
    for (const xmlNode* meta : {content_meta_, item_meta_})
      for (const xmlNode* place : children_named(meta, "located"))
        story.entities.push_back({EntityType::place, name_in(place, language_)});
  }

  void add_text(Story& story) const {
    for (const xmlNode* content : elements_in(content_))
      if (is_among(local_name(content), {"inlineXML", "inlineData"})) {
        add_content(content, story);
        if (!story.body.empty()) return;
      }
  }

  void settle_title(Story& story) const {
    if (story.title.empty()) story.title = text_of(first_child(item_meta_, "title"));
    if (!story.title.empty() || !story.body.empty()) return;
    story.title = text_of(first_child(content_meta_, "slugline"));
    if (!story.title.empty()) story.notes.emplace_back("its slugline stands for a title");
  }

  const xmlNode *item_, *item_meta_, *content_meta_, *content_;
  std::string language_;
  std::unordered_map<std::string, const xmlNode*> assertions_;
};

constexpr std::array<std::string_view, 7> item_names{"newsItem",    "packageItem",   "planningItem",
                                                     "conceptItem", "knowledgeItem", "catalogItem",
                                                     "hopItem"};

bool is_item(const xmlNode* node) {
  return std::find(item_names.begin(), item_names.end(), local_name(node)) != item_names.end();
}

void collect_items(const xmlNode* from, Nodes& items) {
  for (const xmlNode* element : elements_in(from)) {
    if (is_item(element))
      items.push_back(element);
    else if (local_name(element) == "itemSet")
      collect_items(element, items);
  }
}

}  // namespace

bool is_newsml_g2(std::string_view root_name) {
  return root_name == "newsMessage" ||
         std::find(item_names.begin(), item_names.end(), root_name) != item_names.end();
}

void read_newsml_g2(const FileInHand& in, const XmlTree& tree) {
  Nodes items;
  if (is_item(tree.root()))
    items.push_back(tree.root());
  else
    collect_items(tree.root(), items);
  if (items.empty()) throw Unreadable("a message without items");
  StoryPlaces places(items.size() == 1);
  for (const xmlNode* node : items) {
    places.next();
    const G2Item item(node);
    if (const std::string reason = item.reason_against(); !reason.empty()) {
      in.sink.refused(places.place(), reason);
      continue;
    }
    Story story = item.story();
    story.notes.insert(story.notes.begin(), tree.notes().begin(), tree.notes().end());
    const StoryPlace at = places.of(story);
    hand_over_story(in, at, std::move(story));
  }
}

}  // namespace dateline
