// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/xml_tree.h"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/uri.h>

#include <limits>
#include <mutex>
#include <utility>

#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/encoding.h"
#include "corpus/bytes/unicode_stream.h"
#include "corpus/formats/xml/xml_text.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

constexpr int parse_options = XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOCDATA |
                              XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC;
constexpr std::size_t quoted_characters = 60;

std::string_view view(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

struct XmlStringFreer {
  void operator()(xmlChar* text) const { xmlFree(text); }
};
using XmlString = std::unique_ptr<xmlChar, XmlStringFreer>;

struct ContextFreer {
  void operator()(xmlParserCtxt* context) const {
    xmlFreeDoc(context->myDoc);
    xmlFreeParserCtxt(context);
  }
};
using Context = std::unique_ptr<xmlParserCtxt, ContextFreer>;

/// Of the entities a document declares only those that are text in it can be referred to.
void declare_internal_entity(void* context, const xmlChar* name, int type, const xmlChar* public_id,
                             const xmlChar* system_id, xmlChar* content) {
  if (type == XML_INTERNAL_GENERAL_ENTITY)
    xmlSAX2EntityDecl(context, name, type, public_id, system_id, content);
}

xmlParserInputPtr resolve_nothing(void* /*context*/, const xmlChar* /*public_id*/,
                                  const xmlChar* /*system_id*/) {
  return nullptr;
}

Context new_context() {
  Context context(xmlNewParserCtxt());
  if (!context) throw std::bad_alloc();
  context->sax->entityDecl = declare_internal_entity;
  context->sax->resolveEntity = resolve_nothing;
  return context;
}

/// The encoding whose '<' and '?', or '<' and a letter, the bytes begin with, each character of
/// two or four bytes; null for all others.
const char* wide_encoding(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.size() < 8) return nullptr;
  if (bytes.starts_with("<\0\0\0"sv)) return "UTF-32LE";
  if (bytes.starts_with("\0\0\0<"sv)) return "UTF-32BE";
  if (bytes.starts_with("<\0"sv) && bytes[2] != '\0') return "UTF-16LE";
  if (bytes.starts_with("\0<\0"sv)) return "UTF-16BE";
  return nullptr;
}

Decoded decode(std::string bytes, std::string_view charset) {
  if (const char* wide = wide_encoding(bytes))
    return {std::string(UnicodeStream(wide).decode(bytes, true)), wide, false};
  const std::string declared = declared_encoding(bytes);
  return to_utf8(std::move(bytes), declared.empty() ? charset : declared);
}

std::string describe_error(const xmlError& error) {
  return fmt::format("line {}: {}", error.line,
                     excerpt(error.message ? error.message : "", quoted_characters));
}

void append_text(const xmlNode* node, std::string& text) {
  for (const xmlNode* child = node->children; child; child = child->next) {
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
      text += view(child->content);
    else if (child->type == XML_ELEMENT_NODE)
      append_text(child, text);
  }
}

void append_found(const xmlNode* from, std::string_view name, std::vector<const xmlNode*>& found) {
  for (const xmlNode* element : elements_in(from)) {
    if (local_name(element) == name)
      found.push_back(element);
    else
      append_found(element, name, found);
  }
}

}  // namespace

void start_libxml() {
  static std::once_flag once;
  std::call_once(once, xmlInitParser);
}

XmlTree::XmlTree(std::string bytes, std::string_view charset) {
  start_libxml();
  Decoded decoded = decode(std::move(bytes), charset);
  if (auto note = describe_assumption(decoded); decoded.damaged) notes_.push_back(std::move(note));
  const std::string xml = resolve_html_entities(decoded.text);
  if (has_overloaded_tag(xml)) throw Unreadable("XML refused: a tag of over a thousand attributes");
  read(xml, parse_options);
  if (hostile_) throw Unreadable("XML refused: " + problem_);
  if (well_formed_) return;
  notes_.push_back("XML not well-formed, " + problem_);
  read(escape_strays(xml), parse_options | XML_PARSE_RECOVER);
  well_formed_ = false;
  if (hostile_ && problem_.find("depth") == std::string::npos)
    throw Unreadable("XML refused: " + problem_);
  if (!root_) throw Unreadable("no XML: " + problem_);
}

void XmlTree::read(const std::string& xml, int options) {
  if (xml.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw Unreadable("too large for the XML parser");
  const Context context = new_context();
  document_.reset(xmlCtxtReadMemory(context.get(), xml.data(), static_cast<int>(xml.size()),
                                    nullptr, "UTF-8", options));
  well_formed_ = context->wellFormed != 0;
  hostile_ = false;
  if (const xmlError* error = xmlCtxtGetLastError(context.get()); error && !well_formed_) {
    problem_ = describe_error(*error);
    hostile_ = error->code == XML_ERR_ENTITY_LOOP || error->code == XML_ERR_INTERNAL_ERROR;
    if (error->code == XML_ERR_NO_MEMORY) throw std::bad_alloc();
  }
  root_ = document_ ? xmlDocGetRootElement(document_.get()) : nullptr;
}

std::string_view local_name(const xmlNode* node) {
  if (!node || node->type != XML_ELEMENT_NODE) return {};
  const std::string_view name = view(node->name);
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool has_overloaded_tag(std::string_view markup) {
  constexpr int most_attributes = 1'000;
  int attributes = 0;
  bool in_tag = false;
  char quote = 0;
  for (const char c : markup) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '<') {
      in_tag = true;
      attributes = 0;
    } else if (!in_tag) {
      continue;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '=') {
      if (++attributes > most_attributes) return true;
    } else if (c == '>' || c == ';' || c == '{' || c == '(') {
      in_tag = false;  // its end, or a script's "a < b"
    }
  }
  return false;
}

std::string_view prefix_of(const xmlNode* node) {
  if (!node || node->type != XML_ELEMENT_NODE) return {};
  if (node->ns) return view(node->ns->prefix);
  const std::string_view name = view(node->name);
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

std::vector<const xmlNode*> elements_in(const xmlNode* parent) {
  std::vector<const xmlNode*> elements;
  for (const xmlNode* node = parent ? parent->children : nullptr; node; node = node->next)
    if (node->type == XML_ELEMENT_NODE) elements.push_back(node);
  return elements;
}

const xmlNode* first_child(const xmlNode* parent, std::string_view name) {
  for (const xmlNode* node = parent ? parent->children : nullptr; node; node = node->next)
    if (local_name(node) == name) return node;
  return nullptr;
}

const xmlNode* child_at(const xmlNode* from, std::initializer_list<std::string_view> path) {
  for (const std::string_view name : path) from = first_child(from, name);
  return from;
}

std::vector<const xmlNode*> children_named(const xmlNode* parent, std::string_view name) {
  std::vector<const xmlNode*> named;
  for (const xmlNode* element : elements_in(parent))
    if (local_name(element) == name) named.push_back(element);
  return named;
}

std::vector<const xmlNode*> find_all(const xmlNode* from, std::string_view name) {
  std::vector<const xmlNode*> found;
  append_found(from, name, found);
  return found;
}

const xmlNode* find_first(const xmlNode* from, std::string_view name) {
  for (const xmlNode* element : elements_in(from)) {
    if (local_name(element) == name) return element;
    if (const xmlNode* found = find_first(element, name)) return found;
  }
  return nullptr;
}

std::string attribute(const xmlNode* node, std::string_view name) {
  if (!node || node->type != XML_ELEMENT_NODE) return {};
  for (const xmlAttr* attr = node->properties; attr; attr = attr->next) {
    const std::string_view full = view(attr->name);
    if (full.substr(full.rfind(':') + 1) != name) continue;
    const XmlString value(xmlNodeListGetString(node->doc, attr->children, 1));
    return tidy_value(view(value.get()));
  }
  return {};
}

std::string raw_text(const xmlNode* node) {
  std::string text;
  if (node) append_text(node, text);
  return text;
}

std::string text_of(const xmlNode* node) { return tidy_value(raw_text(node)); }

std::string language_of(const xmlNode* node) {
  for (; node && node->type == XML_ELEMENT_NODE; node = node->parent)
    if (std::string language = attribute(node, "lang"); !language.empty()) return language;
  return {};
}

std::string resolved_address(const xmlNode* node, const std::string& reference) {
  if (!node || reference.empty()) return reference;
  const XmlString base(xmlNodeGetBase(node->doc, node));
  if (!base || *base == 0) return reference;
  const XmlString whole(
      xmlBuildURI(reinterpret_cast<const xmlChar*>(reference.c_str()), base.get()));
  return whole ? tidy_value(view(whole.get())) : reference;
}

std::string first_of(std::initializer_list<std::string> candidates) {
  for (const std::string& candidate : candidates)
    if (!candidate.empty()) return candidate;
  return {};
}

}  // namespace dateline
