// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/markup_text.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <new>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/xml/paragraph_builder.h"
#include "corpus/formats/xml/xml_text.h"
#include "corpus/formats/xml/xml_tree.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

constexpr int html_options =
    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
constexpr int deepest_html = 500;
constexpr std::size_t longest_tag_name = 12;

std::string_view view(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

std::string lower_case(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

struct ContextFreer {
  void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
};

/// The parser's calls, put into paragraphs. Deeper than any text is the time that closing it takes
/// grows with the square of the depth.
struct Listener {
  ParagraphBuilder builder;
  htmlParserCtxt* parser = nullptr;

  static Listener& of(void* listener) { return *static_cast<Listener*>(listener); }
  static void start(void* listener, const xmlChar* name, const xmlChar** /*attributes*/) {
    Listener& self = of(listener);
    self.builder.open(view(name));
    if (self.parser->nameNr > deepest_html) xmlStopParser(self.parser);
  }
  static void end(void* listener, const xmlChar* name) { of(listener).builder.close(view(name)); }
  static void text(void* listener, const xmlChar* characters, int length) {
    of(listener).builder.text(
        {reinterpret_cast<const char*>(characters), static_cast<std::size_t>(length)});
  }
};

htmlSAXHandler handler() {
  htmlSAXHandler calls{};
  calls.startElement = Listener::start;
  calls.endElement = Listener::end;
  calls.characters = Listener::text;
  calls.ignorableWhitespace = Listener::text;
  return calls;
}

void walk(const xmlNode* node, ParagraphBuilder& builder) {
  for (const xmlNode* child = node->children; child; child = child->next) {
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
      if (child->content) builder.text(view(child->content));
    } else if (child->type == XML_ELEMENT_NODE) {
      const std::string name = lower_case(local_name(child));
      builder.open(name);
      walk(child, builder);
      builder.close(name);
    }
  }
}

bool starts_tag(std::string_view text) {
  text = text.substr(0, longest_tag_name + 3);
  text.remove_prefix(text.size() > 1 && text[1] == '/' ? 2 : 1);
  const auto end = std::min(text.find_first_of(" \t\r\n/>"), text.size());
  if (end == text.size() || end == 0 || end > longest_tag_name) return false;
  const std::string name = lower_case(text.substr(0, end));
  return name == "!--" || htmlTagLookup(reinterpret_cast<const xmlChar*>(name.c_str())) != nullptr;
}

bool starts_reference(std::string_view text) {
  const auto end = text.substr(0, longest_tag_name).find(';');
  if (end == std::string_view::npos || end < 2) return false;
  const std::string_view name = text.substr(1, end - 1);
  if (name.front() != '#') return name == "apos" || !html_entity(name).empty();
  return name.size() > 1 && name.find_first_not_of("0123456789abcdefABCDEFxX", 1) == name.npos;
}

}  // namespace

std::vector<Paragraph> html_paragraphs(std::string_view html, LineEnds ends) {
  start_libxml();
  const std::unique_ptr<htmlParserCtxt, ContextFreer> parser(htmlNewParserCtxt());
  if (!parser) throw std::bad_alloc();
  Listener listener{ParagraphBuilder(ends == LineEnds::paragraphs), parser.get()};
  *parser->sax = handler();
  parser->userData = &listener;
  const auto most = static_cast<std::size_t>(std::numeric_limits<int>::max());
  htmlCtxtReadMemory(parser.get(), html.data(), static_cast<int>(std::min(html.size(), most)),
                     nullptr, "UTF-8", html_options);
  return listener.builder.take();
}

std::vector<Paragraph> element_paragraphs(const xmlNode* element) {
  ParagraphBuilder builder(false);
  if (element) walk(element, builder);
  return builder.take();
}

bool looks_like_html(std::string_view text) {
  for (auto at = text.find_first_of("<&"); at != std::string_view::npos;
       at = text.find_first_of("<&", at + 1)) {
    const std::string_view rest = text.substr(at);
    if (rest.front() == '<' ? starts_tag(rest) : starts_reference(rest)) return true;
  }
  return false;
}

std::vector<Paragraph> text_or_html_paragraphs(const std::string& text) {
  return looks_like_html(text) ? html_paragraphs(text) : split_paragraphs(clean_text(text));
}

std::string text_or_html_line(const std::string& text) {
  return looks_like_html(text) ? join_line(html_paragraphs(text)) : tidy_value(text);
}

std::string join_line(const std::vector<Paragraph>& paragraphs) {
  return single_line(join_body(paragraphs));
}

}  // namespace dateline
