// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/html/html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <array>
#include <climits>
#include <new>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/xml/xml_tree.h"

namespace dateline {
namespace {

struct ContextCloser {
  void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
};

template <class Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool breaks_line(std::string_view name) {
  using namespace std::string_view_literals;
  static constexpr std::array names{"br"sv, "p"sv,          "div"sv,     "li"sv, "h1"sv, "h2"sv,
                                    "h3"sv, "h4"sv,         "h5"sv,      "h6"sv, "tr"sv, "dt"sv,
                                    "dd"sv, "blockquote"sv, "section"sv, "pre"sv};
  return contains(names, name);
}

bool holds_no_text(std::string_view name) {
  using namespace std::string_view_literals;
  static constexpr std::array names{"script"sv, "style"sv, "noscript"sv, "template"sv};
  return contains(names, name);
}

std::string_view view(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

void append_text(const xmlNode* node, std::string& text, std::size_t most) {
  if (text.size() > most) return;
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
    text += view(node->content);
    return;
  }
  const std::string_view name = element_name(node);
  if (holds_no_text(name)) return;
  if (breaks_line(name)) text += '\n';
  for (const xmlNode* child = node->children; child; child = child->next)
    append_text(child, text, most);
  if (breaks_line(name) && name != "br") text += '\n';
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

HtmlTree::HtmlTree(const std::string& utf8) {
  start_libxml();
  if (utf8.empty() || utf8.size() > INT_MAX || has_overloaded_tag(utf8)) return;
  const std::unique_ptr<htmlParserCtxt, ContextCloser> context(htmlNewParserCtxt());
  if (!context) throw std::bad_alloc();
  document_.reset(htmlCtxtReadMemory(
      context.get(), utf8.data(), static_cast<int>(utf8.size()), nullptr, "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
          HTML_PARSE_COMPACT));
  if (const xmlError* error = xmlCtxtGetLastError(context.get()))
    cut_off_ = error->level == XML_ERR_FATAL && error->code == XML_ERR_INTERNAL_ERROR;
}

const xmlNode* HtmlTree::root() const {
  return document_ ? xmlDocGetRootElement(document_.get()) : nullptr;
}

std::string_view element_name(const xmlNode* node) {
  return node->type == XML_ELEMENT_NODE ? view(node->name) : std::string_view();
}

bool is_element(const xmlNode* node, std::string_view name) { return element_name(node) == name; }

std::string html_attribute(const xmlNode* node, const char* name) {
  if (node->type != XML_ELEMENT_NODE) return {};
  for (const xmlAttr* a = node->properties; a; a = a->next) {
    if (view(a->name) != name) continue;
    std::string value;
    for (const xmlNode* part = a->children; part; part = part->next) value += view(part->content);
    return value;
  }
  return {};
}

std::string page_text(const xmlNode* node, std::size_t most) {
  std::string text;
  append_text(node, text, most);
  return text;
}

void for_each_element(const xmlNode* top, const std::function<void(const xmlNode*)>& visit) {
  if (top->type != XML_ELEMENT_NODE) return;
  visit(top);
  for (const xmlNode* child = top->children; child; child = child->next)
    for_each_element(child, visit);
}

const xmlNode* find_element(const xmlNode* top, const std::function<bool(const xmlNode*)>& fits) {
  if (top->type != XML_ELEMENT_NODE) return nullptr;
  if (fits(top)) return top;
  for (const xmlNode* child = top->children; child; child = child->next)
    if (const xmlNode* found = find_element(child, fits)) return found;
  return nullptr;
}

std::string plain_text(std::string_view markup) {
  std::string text(markup);
  // Markup is often escaped once more than its carrier asks for.
  for (int pass = 0; pass < 2 && text.find_first_of("<&") != std::string::npos; ++pass) {
    const HtmlTree tree("<html><body><div>" + text + "</div></body></html>");
    if (!tree.root()) break;
    text = page_text(tree.root());
  }
  return single_line(clean_text(std::move(text)));
}

std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words;
  bool in_word = false;
  char before = 0;
  for (const char c : name) {
    const bool letter = is_upper(c) || is_lower(c);
    const bool begins = letter && (!in_word || (is_upper(c) && is_lower(before)));
    if (begins) words.emplace_back();
    if (letter) words.back() += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    in_word = letter;
    before = c;
  }
  return words;
}

}  // namespace dateline
