// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/inline_content.h"

#include <iterator>
#include <utility>

#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/encoding.h"
#include "corpus/formats/xml/markup_text.h"
#include "corpus/formats/xml/nitf.h"
#include "corpus/formats/xml/xml_text.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

/// Agencies' systems escape twice now and then.
void append(std::vector<Paragraph>& to, std::vector<Paragraph>&& more) {
  for (Paragraph& paragraph : more)
    if (paragraph.text.find('&') != std::string::npos)
      paragraph.text = tidy_value(unescape(paragraph.text));
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

template <class T>
void take_unless_any(T& own, T&& other) {
  if (own.empty()) own = std::move(other);
}

void add_nitf(const xmlNode* nitf, Story& story) {
  Story inner = story_of_nitf(nitf);
  append(story.body, std::move(inner.body));
  take_unless_any(story.title, std::move(inner.title));
  take_unless_any(story.deck, std::move(inner.deck));
  take_unless_any(story.bylines, std::move(inner.bylines));
  take_unless_any(story.sources, std::move(inner.sources));
  take_unless_any(story.published, std::move(inner.published));
  take_unless_any(story.topics, std::move(inner.topics));
  std::move(inner.entities.begin(), inner.entities.end(), std::back_inserter(story.entities));
}

}  // namespace

void add_content(const xmlNode* container, Story& story) {
  if (elements_in(container).empty()) return add_content(raw_text(container), story);
  if (const xmlNode* nitf = find_first(container, "nitf")) return add_nitf(nitf, story);
  if (story.title.empty()) story.title = text_of(find_first(container, "h1"));
  const xmlNode* body = find_first(container, "body");
  const xmlNode* content = body ? body : container;
  if (elements_in(content).empty())
    append(story.body, split_paragraphs(clean_text(raw_text(content))));
  else
    append(story.body, element_paragraphs(content));
}

void add_content(std::string_view text, Story& story) {
  if (text.find("<nitf") == std::string_view::npos)
    return append(story.body, text_or_html_paragraphs(std::string(text)));
  try {
    const XmlTree tree{std::string(text)};
    if (local_name(tree.root()) == "nitf") return add_nitf(tree.root(), story);
  } catch (const Unreadable& problem) {
    story.notes.push_back(std::string("its NITF is not read: ") + problem.what());
  }
  append(story.body, html_paragraphs(text));
}

}  // namespace dateline
