// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/nitf.h"

#include <array>
#include <utility>

#include "corpus/formats/xml/markup_text.h"

namespace dateline {
namespace {

void add(std::vector<std::string>& texts, std::string text) {
  if (!text.empty()) texts.push_back(std::move(text));
}

std::string headline_of(const xmlNode* head) {
  const xmlNode* hedline = first_child(head, "hedline");
  const xmlNode* hl1 = first_child(hedline, "hl1");
  return hl1 ? text_of(hl1) : text_of(hedline);
}

std::string deck_of(const xmlNode* head) {
  const std::string second = text_of(child_at(head, {"hedline", "hl2"}));
  return first_of({second, join_line(element_paragraphs(first_child(head, "abstract")))});
}

/// The names in a byline, without what the person is (byttl).
void add_byline(const xmlNode* byline, Story& story) {
  const auto people = find_all(byline, "person");
  for (const xmlNode* person : people) add(story.bylines, text_of(person));
  if (!people.empty()) return;
  std::string text;
  for (const xmlNode* part = byline->children; part; part = part->next)
    if (part->type == XML_TEXT_NODE || local_name(part) != "byttl")
      text += part->type == XML_TEXT_NODE ? reinterpret_cast<const char*>(part->content)
                                          : raw_text(part);
  add(story.bylines, std::move(text));
}

std::string without_rights(std::string holder) {
  for (const std::string_view rest : {". All rights", ", all rights", " All rights"})
    holder = holder.substr(0, holder.find(rest));
  return holder;
}

void add_sources(const xmlNode* head, const xmlNode* body_head, Story& story) {
  add(story.sources, attribute(first_child(head, "pubdata"), "name"));
  add(story.sources, text_of(first_child(body_head, "distributor")));
  const xmlNode* docdata = first_child(head, "docdata");
  add(story.sources, without_rights(attribute(first_child(docdata, "doc.copyright"), "holder")));
  add(story.sources, text_of(child_at(body_head, {"rights", "rights.owner"})));
  add(story.sources, attribute(child_at(docdata, {"del-list", "from-src"}), "src-name"));
}

void add_dates(const xmlNode* head, const xmlNode* body_head, Story& story) {
  const xmlNode* docdata = first_child(head, "docdata");
  const std::string release = attribute(first_child(docdata, "date.release"), "norm");
  add(story.published, attribute(first_child(docdata, "date.issue"), "norm"));
  add(story.published, attribute(first_child(head, "pubdata"), "date.publication"));
  const xmlNode* story_date = child_at(body_head, {"dateline", "story.date"});
  add(story.published, attribute(story_date, "norm"));
  add(story.published, release);
  add(story.published, text_of(story_date));
  story.embargo = release;
}

void add_topics(const xmlNode* head, Story& story) {
  for (const xmlNode* subject : find_all(first_child(head, "tobject"), "tobject.subject"))
    for (const char* level :
         {"tobject.subject.type", "tobject.subject.matter", "tobject.subject.detail"})
      add(story.topics, attribute(subject, level));
  for (const xmlNode* word : children_named(child_at(head, {"docdata", "key-list"}), "keyword"))
    add(story.topics, first_of({attribute(word, "key"), text_of(word)}));
  for (const xmlNode* content : find_all(head, "identified-content"))
    for (const xmlNode* classifier : children_named(content, "classifier"))
      add(story.topics, first_of({text_of(classifier), attribute(classifier, "value")}));
}

void add_entities(const xmlNode* from, Story& story) {
  struct Kind {
    const char* element;
    EntityType type;
  };
  constexpr std::array<Kind, 3> kinds{
      {{"person", EntityType::person}, {"org", EntityType::org}, {"location", EntityType::place}}};
  for (const auto& [element, type] : kinds)
    for (const xmlNode* named : find_all(from, element)) {
      const std::string city = text_of(first_child(named, "city"));
      story.entities.push_back({type, first_of({city, text_of(named), attribute(named, "value")})});
    }
}

/// An archive may give the lead twice: by itself and within the full text.
std::vector<Paragraph> body_of(const xmlNode* content) {
  for (const xmlNode* block : children_named(content, "block"))
    if (attribute(block, "class") == "full_text") return element_paragraphs(block);
  return element_paragraphs(content);
}

}  // namespace

Story story_of_nitf(const xmlNode* nitf) {
  const xmlNode* head = first_child(nitf, "head");
  const xmlNode* body = first_child(nitf, "body");
  const xmlNode* body_head = first_child(body, "body.head");
  const xmlNode* content = first_child(body, "body.content");
  Story story;
  story.id = attribute(child_at(head, {"docdata", "doc-id"}), "id-string");
  story.title = first_of({headline_of(body_head), text_of(first_child(head, "title"))});
  story.deck = deck_of(body_head);
  story.url = attribute(first_child(head, "pubdata"), "ex-ref");
  story.language = first_of({language_of(body), attribute(nitf, "baselang")});
  for (const xmlNode* byline : children_named(body_head, "byline")) add_byline(byline, story);
  add_sources(head, body_head, story);
  add_dates(head, body_head, story);
  add_topics(head, story);
  for (const xmlNode* named : find_all(head, "identified-content")) add_entities(named, story);
  add_entities(first_child(body_head, "dateline"), story);
  add_entities(content, story);
  story.body = body_of(content);
  return story;
}

void read_nitf(const FileInHand& in, const XmlTree& tree) {
  const std::string status =
      attribute(child_at(tree.root(), {"head", "docdata"}), "management-status");
  if (const std::string reason = reason_against_status(status); !reason.empty()) {
    in.sink.refused("", reason);
    return;
  }
  Story story = story_of_nitf(tree.root());
  story.notes.insert(story.notes.begin(), tree.notes().begin(), tree.notes().end());
  hand_over_story(in, {}, std::move(story));
}

}  // namespace dateline
