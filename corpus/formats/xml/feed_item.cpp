// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/feed_item.h"

#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/xml/markup_text.h"
#include "corpus/formats/xml/wordpress.h"
#include "corpus/formats/xml/xml_text.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

using Names = std::initializer_list<std::string_view>;

bool has_elements(const xmlNode* element) { return !elements_in(element).empty(); }

/// How the content of an element is written.
enum class Writing { plain, html, markup, base64, unknown };

/// Atom 1.0: content of a type that is neither text nor XML is in Base64.
bool is_packed(std::string_view type) {
  return type.find('/') != std::string_view::npos && !type.starts_with("text/") &&
         !type.ends_with("xml");
}

Writing writing_of(const xmlNode* element) {
  if (has_elements(element)) return Writing::markup;
  const std::string type = attribute(element, "type");
  const std::string mode = attribute(element, "mode");
  if (mode == "base64" || is_packed(type)) return Writing::base64;
  if (type == "html" || mode == "escaped" || (type == "text/html" && mode != "xml"))
    return Writing::html;
  if (type == "text" || type == "text/plain") return Writing::plain;
  return Writing::unknown;
}

std::vector<Paragraph> paragraphs_of(const xmlNode* element) {
  if (!element) return {};
  switch (writing_of(element)) {
    case Writing::markup:
      return element_paragraphs(element);
    case Writing::html:
      return html_paragraphs(raw_text(element));
    case Writing::plain:
      return split_paragraphs(clean_text(raw_text(element)));
    case Writing::base64:
      return text_or_html_paragraphs(from_base64(raw_text(element)));
    case Writing::unknown:
      return text_or_html_paragraphs(raw_text(element));
  }
  return {};
}

std::vector<Paragraph> first_paragraphs(const xmlNode* item, Names names) {
  for (const std::string_view name : names)
    for (const xmlNode* element : children_named(item, name))
      if (auto paragraphs = paragraphs_of(element); !paragraphs.empty()) return paragraphs;
  return {};
}

std::vector<std::string> texts_of(const xmlNode* item, Names names) {
  std::vector<std::string> texts;
  for (const std::string_view name : names)
    for (const xmlNode* element : children_named(item, name))
      if (std::string text = text_of(element); !text.empty()) texts.push_back(std::move(text));
  return texts;
}

bool is_web_address(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

/// Of Atom's links the one to the article itself, best a page of HTML.
std::string alternate_link(const xmlNode* item) {
  std::string found;
  for (const xmlNode* link : children_named(item, "link")) {
    const std::string rel = attribute(link, "rel"), type = attribute(link, "type");
    std::string href = attribute(link, "href");
    if (href.empty() || (!rel.empty() && rel != "alternate")) continue;
    if (found.empty() || type == "text/html") found = resolved_address(link, href);
    if (type == "text/html") break;
  }
  return found;
}

std::string address_of(const xmlNode* item) {
  if (std::string original = text_of(first_child(item, "origLink")); is_web_address(original))
    return original;
  for (const xmlNode* link : children_named(item, "link"))
    if (const std::string text = text_of(link); !text.empty()) return resolved_address(link, text);
  if (std::string link = alternate_link(item); !link.empty()) return link;
  const xmlNode* guid = first_child(item, "guid");
  if (std::string text = text_of(guid);
      is_web_address(text) && attribute(guid, "isPermaLink") != "false")
    return text;
  const std::string about = first_of({attribute(item, "about"), attribute(item, "HREF")});
  return is_web_address(about) ? about : std::string();
}

/// Of "ann@example.org (Ann Lee)", "Ann Lee <ann@example.org>" and "Ann Lee" the name; "" of a bare
/// address.
std::string without_address(const std::string& text) {
  const auto at = text.find('@');
  if (at == std::string::npos) return text;
  const auto open = text.find('('), close = text.rfind(')');
  if (open != std::string::npos && close != std::string::npos && open < close) {
    std::string within = text.substr(open + 1, close - open - 1);
    if (within.find('@') == std::string::npos) return within;
  }
  const auto end = text.find_last_of(" <(", at);
  std::string before = end == std::string::npos ? std::string() : text.substr(0, end);
  before.erase(before.find_last_not_of(" <(") + 1);
  return before;
}

std::vector<std::string> topics_of(const xmlNode* item) {
  std::vector<std::string> topics = texts_of(item, {"category", "subject"});
  for (const xmlNode* category : children_named(item, "category"))
    if (text_of(category).empty())
      if (std::string name = first_of({attribute(category, "label"), attribute(category, "term")});
          !name.empty())
        topics.push_back(std::move(name));
  return topics;
}

std::vector<std::string> sources_of(const xmlNode* item, const FeedHead& head) {
  const xmlNode* source = first_child(item, "source");
  std::string name = text_construct(first_child(source, "title"));
  if (name.empty() && source && !has_elements(source)) name = text_of(source);
  if (is_web_address(name)) name.clear();
  return {name, text_of(first_child(item, "publisher")), head.title, head.publisher};
}

std::vector<std::string> authors_of(const xmlNode* item, const FeedHead& head) {
  std::vector<std::string> names = people_of(item);
  if (names.empty()) names = people_of(first_child(item, "source"));
  return names.empty() ? head.authors : names;
}

/// The text in full where the item carries it, and what is left to be the deck.
void settle_text(const xmlNode* item, Story& story) {
  constexpr std::size_t longest_deck = 600;  // bytes
  std::vector<Paragraph> summary = first_paragraphs(item, {"description", "summary", "subtitle"});
  if (summary.empty()) summary = excerpt_text(item);
  if (summary.empty()) summary = first_paragraphs(item, {"abstract", "ABSTRACT"});
  story.body = full_text(item);
  if (story.body.empty())
    story.body = first_paragraphs(item, {"content", "body", "div", "fullitem"});
  if (story.body.empty()) {
    story.body = std::move(summary);
    return;
  }
  const std::string deck = join_line(summary);
  if (deck.size() <= longest_deck) story.deck = deck;
}

}  // namespace

std::string text_construct(const xmlNode* element) {
  if (!element) return {};
  switch (writing_of(element)) {
    case Writing::plain:
      return text_of(element);
    case Writing::markup:
      return join_line(element_paragraphs(element));
    case Writing::html:
      return join_line(html_paragraphs(raw_text(element)));
    case Writing::base64:
      return text_or_html_line(from_base64(raw_text(element)));
    case Writing::unknown:
      return text_or_html_line(raw_text(element));
  }
  return {};
}

std::vector<std::string> people_of(const xmlNode* element) {
  std::vector<std::string> names;
  for (const std::string_view name : {"author", "creator"})
    for (const xmlNode* person : children_named(element, name)) {
      const xmlNode* named = first_child(person, "name");
      const bool structured = has_elements(person);
      std::string text = without_address(structured ? text_of(named) : text_construct(person));
      if (!text.empty() && !is_web_address(text)) names.push_back(std::move(text));
    }
  return names;
}

Story story_of_item(const xmlNode* item, const FeedHead& head) {
  Story story;
  story.id = first_of({text_of(first_child(item, "guid")), text_of(first_child(item, "id")),
                       text_of(first_child(item, "identifier")), attribute(item, "about")});
  story.title = text_construct(first_child(item, "title"));
  if (story.title.empty()) story.title = text_construct(first_child(item, "TITLE"));
  story.url = address_of(item);
  story.published = texts_of(
      item, {"pubDate", "post_date_gmt", "published", "issued", "date", "created", "pubdate"});
  story.modified = texts_of(item, {"post_modified_gmt", "updated", "modified"});
  if (story.published.empty()) std::swap(story.published, story.modified);
  story.authors = authors_of(item, head);
  story.topics = topics_of(item);
  story.sources = sources_of(item, head);
  story.language =
      first_of({text_of(first_child(item, "language")), language_of(item), head.language});
  settle_text(item, story);
  return story;
}

}  // namespace dateline
