// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/html/page_blocks.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/html/html_tree.h"

namespace dateline {
namespace {

using Names = std::unordered_set<std::string_view>;

/// Elements that hold nothing of a story's text.
const Names& left_out() {
  static const Names names{"script", "style",  "noscript", "template", "iframe",     "svg",
                           "math",   "button", "select",   "textarea", "input",      "figure",
                           "video",  "audio",  "object",   "canvas",   "figcaption", "label",
                           "title",  "dialog", "menu",     "map",      "embed",      "option"};
  return names;
}

const Names& furniture_elements() {
  static const Names names{"nav", "footer", "aside", "form", "fieldset"};
  return names;
}

const Names& inline_elements() {
  static const Names names{
      "a",   "abbr", "acronym", "b",    "bdi",  "bdo",   "big",  "cite",     "code",   "data",
      "del", "dfn",  "em",      "font", "i",    "ins",   "kbd",  "mark",     "q",      "ruby",
      "rb",  "rt",   "rp",      "s",    "samp", "small", "span", "strike",   "strong", "sub",
      "sup", "time", "tt",      "u",    "var",  "wbr",   "nobr", "amp-link", "center"};
  return names;
}

/// Words of a class or an id that mark what is beside a story.
const Names& furniture_words() {
  static const Names words{"ad",
                           "ads",
                           "adv",
                           "advert",
                           "adverts",
                           "advertisement",
                           "advertising",
                           "adsense",
                           "adslot",
                           "advertorial",
                           "anzeige",
                           "anzeigen",
                           "werbung",
                           "publicidad",
                           "publicite",
                           "pubblicita",
                           "publi",
                           "reklama",
                           "reklame",
                           "annons",
                           "annonse",
                           "sponsor",
                           "sponsored",
                           "sponsors",
                           "promo",
                           "promos",
                           "promotion",
                           "promotions",
                           "promobox",
                           "banner",
                           "nav",
                           "navi",
                           "navbar",
                           "navigation",
                           "menu",
                           "submenu",
                           "breadcrumb",
                           "breadcrumbs",
                           "footer",
                           "sidebar",
                           "rail",
                           "toolbar",
                           "topbar",
                           "masthead",
                           "pagination",
                           "pager",
                           "share",
                           "sharing",
                           "sharebar",
                           "shares",
                           "social",
                           "socials",
                           "facebook",
                           "twitter",
                           "whatsapp",
                           "teilen",
                           "partage",
                           "compartir",
                           "condividi",
                           "related",
                           "relateds",
                           "recommended",
                           "recommendation",
                           "recommendations",
                           "recirculation",
                           "recirc",
                           "trending",
                           "popular",
                           "mostread",
                           "mostpopular",
                           "readmore",
                           "readalso",
                           "similar",
                           "teaser",
                           "teasers",
                           "teaserlist",
                           "outbrain",
                           "taboola",
                           "newsletter",
                           "newsletters",
                           "subscribe",
                           "subscription",
                           "signup",
                           "login",
                           "register",
                           "registration",
                           "abo",
                           "paywall",
                           "piano",
                           "offer",
                           "comment",
                           "comments",
                           "kommentar",
                           "kommentare",
                           "commentaires",
                           "comentarios",
                           "disqus",
                           "coral",
                           "caption",
                           "captions",
                           "credit",
                           "credits",
                           "copyright",
                           "gallery",
                           "slideshow",
                           "carousel",
                           "slider",
                           "swiper",
                           "lightbox",
                           "cookie",
                           "cookies",
                           "consent",
                           "gdpr",
                           "cmp",
                           "popup",
                           "modal",
                           "overlay",
                           "tooltip",
                           "toast",
                           "tag",
                           "tags",
                           "taglist",
                           "topics",
                           "keywords",
                           "byline",
                           "bylines",
                           "author",
                           "authors",
                           "authorbox",
                           "autor",
                           "auteur",
                           "autore",
                           "bio",
                           "dateline",
                           "timestamp",
                           "pubdate",
                           "print",
                           "poll",
                           "quiz",
                           "survey",
                           "vote",
                           "voting",
                           "rating",
                           "player",
                           "jwplayer",
                           "videoplayer",
                           "embed",
                           "widget",
                           "widgets",
                           "skip",
                           "hidden",
                           "visuallyhidden",
                           "infobox",
                           "toc",
                           "correction",
                           "donate",
                           "donation",
                           "spenden",
                           "app",
                           "faq",
                           "feedback",
                           "contact",
                           "hotline",
                           "jobs",
                           "stellenmarkt",
                           "ticker",
                           "weather",
                           "horoscope",
                           "livetv",
                           "ranking",
                           "bestseller"};
  return words;
}

bool has(const Names& names, std::string_view name) { return names.contains(name); }

bool is_hidden(const xmlNode* node) {
  if (html_attribute(node, "aria-hidden") == "true") return true;
  for (const xmlAttr* a = node->properties; a; a = a->next)
    if (std::string_view(reinterpret_cast<const char*>(a->name)) == "hidden") return true;
  std::string style = html_attribute(node, "style");
  std::erase(style, ' ');
  for (char& c : style)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

bool has_furniture_role(const xmlNode* node) {
  static const Names roles{"navigation",  "complementary", "dialog", "alertdialog", "banner",
                           "contentinfo", "search",        "menu",   "toolbar",     "tooltip"};
  return has(roles, html_attribute(node, "role"));
}

/// The words of all names in a class attribute. Names that say how something looks on certain
/// screens, "print:hidden", say nothing of what it is.
std::vector<std::string> words_of_names(std::string_view names) {
  std::vector<std::string> words;
  while (!names.empty()) {
    const auto end = std::min(names.find_first_of(" \t\r\n"), names.size());
    const std::string_view name = names.substr(0, end);
    if (name.find_first_of(":[/") == std::string_view::npos)
      for (std::string& word : words_of_name(name)) words.push_back(std::move(word));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return words;
}

}  // namespace

bool is_never_story(const xmlNode* element) {
  static const Names words{"comment", "comments", "kommentare", "commentaires",   "comentarios",
                           "disqus",  "footer",   "related",    "recommendations"};
  if (element_name(element) == "footer" || element_name(element) == "nav") return true;
  for (const char* key : {"class", "id"})
    for (const std::string& word : words_of_names(html_attribute(element, key)))
      if (has(words, word)) return true;
  return false;
}

namespace {

bool is_named_as_furniture(const xmlNode* node) {
  static const Names text_words{"text", "paragraph", "richtext", "bodytext", "copy"};
  for (const std::string& word : words_of_names(html_attribute(node, "class")))
    if (has(text_words, word) && !is_never_story(node)) return false;
  for (const char* key : {"class", "id", "data-component", "data-testid"}) {
    const std::string value = html_attribute(node, key);
    if (value.empty()) continue;
    for (const std::string& word : words_of_names(value))
      if (has(furniture_words(), word)) return true;
  }
  return false;
}

bool is_heading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

BlockKind kind_of(std::string_view name, BlockKind around) {
  if (name == "p")
    return around == BlockKind::item || around == BlockKind::quote ? around : BlockKind::paragraph;
  if (is_heading(name)) return BlockKind::heading;
  if (name == "li" || name == "dd" || name == "dt") return BlockKind::item;
  if (name == "blockquote") return BlockKind::quote;
  if (name == "td" || name == "th" || name == "table") return BlockKind::cell;
  return around;
}

/// Ideographs, kana and hangul carry about as much as two letters.
std::size_t length_of(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;
    length += byte >= 0xE3 && byte <= 0xED ? 2 : 1;
  }
  return length;
}

class BlockCollector {
 public:
  std::vector<PageBlock> collect(const xmlNode* page) {
    walk(page, Place{page, BlockKind::other, false});
    flush();
    return std::move(blocks_);
  }

 private:
  struct Place {
    const xmlNode* element;
    BlockKind kind;
    bool link;
  };

  void walk(const xmlNode* node, const Place& around) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
      if (node->content) add_text(reinterpret_cast<const char*>(node->content), around);
      return;
    }
    if (node->type != XML_ELEMENT_NODE) return;
    const std::string_view name = element_name(node);
    if (has(left_out(), name)) return;
    if (name == "br") return break_line();
    Place place = around;
    if (has(inline_elements(), name)) {
      place.link = around.link || name == "a";
      if (is_hidden(node)) return;
      walk_children(node, place);
      return;
    }
    flush();
    place.element = node;
    place.kind = kind_of(name, around.kind);
    walk_children(node, place);
    flush();
  }

  void walk_children(const xmlNode* node, const Place& place) {
    for (const xmlNode* child = node->children; child; child = child->next) walk(child, place);
  }

  /// Two in a row divide paragraphs, one only lines.
  void break_line() {
    if (text_.ends_with('\n'))
      flush();
    else
      text_ += '\n';
  }

  void add_text(std::string_view text, const Place& place) {
    const bool blank = text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
    if (text_.find_first_not_of(" \n") == std::string::npos && !blank) {
      place_ = place;
      link_text_.clear();
    }
    if (blank && text_.ends_with('\n')) return;
    text_ += text;
    if (place.link) link_text_ += text;
  }

  void flush() {
    std::string line = single_line(clean_text(std::exchange(text_, {})));
    const std::string links = single_line(std::exchange(link_text_, {}));
    if (line.empty()) return;
    PageBlock block;
    block.length = length_of(line);
    block.link_length = std::min(block.length, length_of(links));
    block.text = std::move(line);
    block.kind = place_.kind;
    block.parent = place_.element;
    blocks_.push_back(std::move(block));
  }

  std::vector<PageBlock> blocks_;
  std::string text_, link_text_;
  Place place_{};
};

}  // namespace

bool looks_like_furniture(const xmlNode* element) {
  static const Names story_elements{"html", "body", "main", "article"};
  if (has(story_elements, element_name(element))) return false;
  return has(furniture_elements(), element_name(element)) || has_furniture_role(element) ||
         is_named_as_furniture(element) || is_hidden(element);
}

std::vector<PageBlock> page_blocks(const xmlNode* page) { return BlockCollector().collect(page); }

}  // namespace dateline
