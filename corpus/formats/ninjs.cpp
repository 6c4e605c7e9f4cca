// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/ninjs.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/xml/inline_content.h"
#include "corpus/formats/xml/markup_text.h"

namespace dateline {
namespace {

namespace dom = simdjson::dom;
using Names = std::initializer_list<std::string_view>;

/// Version 3 writes "versionCreated" where version 2 writes "versioncreated".
std::optional<dom::element> member(dom::object object, std::string_view name) {
  const auto found = object.at_key_case_insensitive(name);
  if (found.error() != simdjson::SUCCESS) return std::nullopt;
  return found.value_unsafe();
}

std::string string_of(dom::element value) {
  const auto text = value.get_string();
  return text.error() == simdjson::SUCCESS ? std::string(text.value_unsafe()) : std::string();
}

std::string text(dom::object object, std::string_view name) {
  const auto value = member(object, name);
  return value ? string_of(*value) : std::string();
}

std::string first_text(dom::object object, Names names) {
  for (const std::string_view name : names)
    if (std::string found = text(object, name); !found.empty()) return found;
  return {};
}

/// The objects of the arrays called so, or the object itself that stands in place of one.
std::vector<dom::object> objects(dom::object object, Names names) {
  std::vector<dom::object> found;
  for (const std::string_view name : names) {
    const auto value = member(object, name);
    if (!value) continue;
    if (const auto one = value->get_object(); one.error() == simdjson::SUCCESS)
      found.push_back(one.value_unsafe());
    const auto list = value->get_array();
    if (list.error() != simdjson::SUCCESS) continue;
    for (const dom::element item : list.value_unsafe())
      if (const auto one = item.get_object(); one.error() == simdjson::SUCCESS)
        found.push_back(one.value_unsafe());
  }
  return found;
}

void add(std::vector<std::string>& texts, std::string text) {
  if (!text.empty()) texts.push_back(std::move(text));
}

bool is_among(std::string_view value, Names values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

std::string title_of(dom::object object) {
  std::string first;
  for (const dom::object headline : objects(object, {"headlines"})) {
    std::string value = text(headline, "value");
    if (is_among(text(headline, "role"), {"main", "", "headline"})) return value;
    if (first.empty()) first = std::move(value);
  }
  return first.empty() ? first_text(object, {"headline", "title"}) : first;
}

std::string deck_of(dom::object object) {
  for (const dom::object description : objects(object, {"descriptions"}))
    if (is_among(text(description, "role"), {"", "text", "summary", "lead", "abstract", "short"}))
      return text_or_html_line(text(description, "value"));
  const std::string own =
      first_text(object, {"description_text", "description_html", "description_xhtml", "abstract"});
  return text_or_html_line(own);
}

/// What a body of a ninjs of version 2 or 3 is written in.
enum class BodyKind { markup, nitf, plain, other };

BodyKind kind_of(dom::object body) {
  const std::string kind = text(body, "contenttype") + ' ' + text(body, "role");
  if (kind.find("html") != std::string::npos) return BodyKind::markup;
  if (kind.find("nitf") != std::string::npos || kind.find("NITF") != std::string::npos)
    return BodyKind::nitf;
  if (kind.find("text") != std::string::npos || kind == " ") return BodyKind::plain;
  return BodyKind::other;
}

void add_paragraphs(std::vector<Paragraph>&& paragraphs, Story& story) {
  if (story.body.empty()) story.body = std::move(paragraphs);
}

/// Markup divides its paragraphs beyond doubt, plain text does not.
void add_bodies(dom::object object, Story& story) {
  const std::vector<dom::object> bodies = objects(object, {"bodies"});
  for (const BodyKind kind : {BodyKind::markup, BodyKind::nitf, BodyKind::plain})
    for (const dom::object body : bodies) {
      if (kind_of(body) != kind || !story.body.empty()) continue;
      const std::string value = text(body, "value");
      if (kind == BodyKind::markup)
        add_paragraphs(html_paragraphs(value), story);
      else if (kind == BodyKind::nitf)
        add_content(value, story);
      else
        add_paragraphs(split_paragraphs(clean_text(value)), story);
    }
}

void add_text(dom::object object, Story& story) {
  add_bodies(object, story);
  if (story.body.empty())
    story.body = html_paragraphs(first_text(object, {"body_xhtml", "body_html", "body_html5"}));
  if (story.body.empty()) story.body = split_paragraphs(clean_text(text(object, "body_text")));
  for (const auto& [key, value] : object)
    if (story.body.empty() && key.starts_with("body_"))
      story.body = text_or_html_paragraphs(string_of(value));
}

void add_sources(dom::object object, Story& story) {
  for (const char* name : {"provider", "source"}) {
    add(story.sources, text(object, name));
    for (const dom::object party : objects(object, {name})) add(story.sources, text(party, "name"));
  }
  for (const dom::object party : objects(object, {"infosources", "infosource"}))
    add(story.sources, text(party, "name"));
  add(story.sources, text(object, "copyrightholder"));
  add(story.sources, rights_holder(text(object, "copyrightnotice")));
}

void add_entities(dom::object object, Story& story) {
  const auto add_all = [&](Names names, EntityType type) {
    for (const dom::object entity : objects(object, names))
      story.entities.push_back({type, text(entity, "name")});
  };
  add_all({"person", "people"}, EntityType::person);
  add_all({"organisation", "organisations"}, EntityType::org);
  add_all({"place", "places"}, EntityType::place);
  story.entities.push_back({EntityType::place, text(object, "located")});
}

void add_dates(dom::object object, Story& story) {
  for (const char* name : {"firstpublished", "firstcreated", "contentcreated"})
    add(story.published, text(object, name));
  for (const char* name : {"versioncreated", "contentmodified"})
    add(story.modified, text(object, name));
  if (story.published.empty()) std::swap(story.published, story.modified);
  story.embargo = text(object, "embargoed");
}

Story story_of(dom::object object) {
  Story story;
  story.id = ninjs_id(object);
  story.title = title_of(object);
  story.deck = deck_of(object);
  story.language = text(object, "language");
  if (story.id.starts_with("http://") || story.id.starts_with("https://")) story.url = story.id;
  add(story.bylines, first_text(object, {"byline", "by"}));
  for (const dom::object author : objects(object, {"authors"}))
    add(story.authors, text(author, "name"));
  for (const dom::object subject : objects(object, {"subject", "subjects"}))
    add(story.topics, text(subject, "name"));
  add_sources(object, story);
  add_entities(object, story);
  add_dates(object, story);
  add_text(object, story);
  if (story.title.empty() && story.body.empty()) {
    story.title = text(object, "slugline");
    if (!story.title.empty()) story.notes.emplace_back("its slugline stands for a title");
  }
  return story;
}

std::string reason_against(dom::object object) {
  if (std::string reason = reason_against_status(text(object, "pubstatus")); !reason.empty())
    return reason;
  if (std::string reason = reason_against_kind(text(object, "type")); !reason.empty())
    return reason;
  return member(object, "eventdetails") ? reason_against_kind("event") : std::string();
}

}  // namespace

bool is_ninjs(dom::object object) {
  if (ninjs_id(object).empty()) return false;
  return member(object, "versioncreated") || member(object, "pubstatus") ||
         member(object, "eventdetails") || member(object, "headlines") ||
         !text(object, "$standard").empty() || member(object, "bodies");
}

std::string ninjs_id(dom::object object) { return first_text(object, {"uri", "guid"}); }

void read_ninjs(const FileInHand& in, const StoryPlace& at, dom::object object,
                const std::string& note) {
  if (const std::string reason = reason_against(object); !reason.empty()) {
    in.sink.refused(at.place, reason);
    return;
  }
  Story story = story_of(object);
  if (!note.empty()) story.notes.push_back(note);
  hand_over_story(in, at, std::move(story));
}

}  // namespace dateline
