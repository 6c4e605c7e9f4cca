// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/xml_text.h"

#include <fmt/format.h>
#include <libxml/HTMLparser.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <unordered_set>

#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/encoding.h"

namespace dateline {
namespace {

constexpr std::size_t longest_name = 32;
/// The parser's time grows with the square of the entities that a document declares and uses.
constexpr std::size_t most_entities = 5000;
constexpr std::size_t most_references = 100'000;
constexpr std::size_t longest_declaration = 400;
constexpr std::string_view blanks = " \t\r\n";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_predefined(std::string_view name) {
  constexpr std::array<std::string_view, 5> predefined{"amp", "lt", "gt", "quot", "apos"};
  return std::find(predefined.begin(), predefined.end(), name) != predefined.end();
}

std::string utf8_of(std::uint32_t character) {
  std::string text;
  icu::UnicodeString(static_cast<UChar32>(character)).toUTF8String(text);
  return text;
}

std::size_t after(std::string_view text, std::string_view end, std::size_t from) {
  const auto at = text.find(end, from);
  return at == std::string_view::npos ? text.size() : at + end.size();
}

std::size_t end_of_doctype(std::string_view xml) {
  const auto end = xml.find('>');
  const auto subset = xml.find('[');
  if (subset == std::string_view::npos || end < subset) return after(xml, ">", 0);
  return after(xml, ">", after(xml, "]", subset));
}

/// How long the markup at the start of `xml` is in which '&' is no reference; 0 for none.
std::size_t opaque_length(std::string_view xml) {
  if (xml.starts_with("<![CDATA[")) return after(xml, "]]>", 9);
  if (xml.starts_with("<!--")) return after(xml, "-->", 4);
  if (xml.starts_with("<?")) return after(xml, "?>", 2);
  if (xml.starts_with("<!DOCTYPE")) return end_of_doctype(xml);
  return 0;
}

/// The name between '&' at the start and ';'; "" where it is none.
std::string_view entity_name(std::string_view reference) {
  std::size_t end = 1;
  const std::size_t limit = std::min(reference.size(), longest_name);
  while (end < limit && (is_letter(reference[end]) || (end > 1 && is_digit(reference[end])))) ++end;
  if (end == 1 || end >= reference.size() || reference[end] != ';') return {};
  return reference.substr(1, end - 1);
}

using Names = std::unordered_set<std::string_view>;

void collect_declared(std::string_view doctype, Names& names) {
  constexpr std::string_view declaration = "<!ENTITY";
  for (auto at = doctype.find(declaration); at != std::string_view::npos;
       at = doctype.find(declaration, at)) {
    at = doctype.find_first_not_of(blanks, at + declaration.size());
    if (at == std::string_view::npos) return;
    if (names.size() == most_entities)
      throw Unreadable(fmt::format("XML refused: more than {} entities", most_entities));
    names.insert(doctype.substr(at, doctype.find_first_of(blanks, at) - at));
  }
}

bool is_xml_character(std::uint32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

/// A reference at the start of a text, and what it stands for.
struct Reference {
  std::size_t length = 0;  ///< 0: there is none
  std::uint32_t character = 0;
};

/// One by number, to a character that XML allows.
Reference number_reference(std::string_view text) {
  if (!text.starts_with("&#")) return {};
  const bool hexadecimal = text.size() > 2 && text[2] == 'x';
  const std::string_view digits = text.substr(hexadecimal ? 3 : 2, 9);
  std::uint32_t character = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), character,
                                    hexadecimal ? 16 : 10);
  const auto length = static_cast<std::size_t>(read.ptr - text.data());
  const bool ends = length < text.size() && text[length] == ';';
  if (read.ec != std::errc() || !ends || !is_xml_character(character)) return {};
  return {length + 1, character};
}

/// Copies `xml`, what is opaque as it is, and each '&' elsewhere through `reference`, which appends
/// to the copy and returns how many bytes it dealt with.
template <class Reference>
std::string copy_with_references(std::string_view xml, Reference reference) {
  std::string copy;
  copy.reserve(xml.size());
  Names declared;
  while (!xml.empty()) {
    const auto special = std::min(xml.find_first_of("&<"), xml.size());
    copy += xml.substr(0, special);
    xml.remove_prefix(special);
    if (xml.empty()) break;
    std::size_t done = opaque_length(xml);
    if (done > 0 && xml.starts_with("<!DOCTYPE")) collect_declared(xml.substr(0, done), declared);
    if (done == 0 && xml.front() == '&') {
      done = reference(xml, declared, copy);
    } else {
      done = std::max<std::size_t>(done, 1);
      copy += xml.substr(0, done);
    }
    xml.remove_prefix(done);
  }
  return copy;
}

}  // namespace

std::string declared_encoding(std::string_view xml) {
  xml = xml.substr(std::min(xml.find_first_not_of(blanks), xml.size()));
  if (!xml.starts_with("<?xml")) return {};
  xml = xml.substr(0, std::min(xml.find("?>"), longest_declaration));
  auto at = xml.find("encoding");
  if (at == std::string_view::npos) return {};
  at = xml.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const auto end = xml.find(xml[at], at + 1);
  return end == std::string_view::npos ? std::string()
                                       : std::string(xml.substr(at + 1, end - at - 1));
}

std::string html_entity(std::string_view name) {
  const std::string terminated(name);
  const htmlEntityDesc* entity =
      htmlEntityLookup(reinterpret_cast<const xmlChar*>(terminated.c_str()));
  return entity ? utf8_of(entity->value) : std::string();
}

std::string from_base64(std::string_view base64) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : base64) {
    const auto value = digits.find(c);
    if (value == std::string_view::npos) continue;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(static_cast<unsigned char>(bits >> count & 0xFF));
  }
  return is_utf8(bytes) && bytes.find('\0') == std::string::npos ? bytes : std::string();
}

std::string resolve_html_entities(std::string_view xml) {
  std::size_t own = 0;
  return copy_with_references(
      xml, [&own](std::string_view rest, const Names& declared, std::string& copy) -> std::size_t {
        const std::string_view name = entity_name(rest);
        const bool is_own = declared.contains(name);
        own += is_own;
        if (own > most_references)
          throw Unreadable(fmt::format("XML refused: more than {} references", most_references));
        const bool keep = name.empty() || is_predefined(name) || is_own;
        const std::string character = keep ? std::string() : html_entity(name);
        if (character.empty()) {
          copy += '&';
          return 1;
        }
        copy += character;
        return name.size() + 2;
      });
}

std::string unescape(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const auto at = std::min(text.find('&'), text.size());
    plain += text.substr(0, at);
    text.remove_prefix(at);
    if (text.empty()) break;
    const Reference number = number_reference(text);
    const std::string_view name = entity_name(text);
    std::string characters = number.length > 0 ? utf8_of(number.character) : html_entity(name);
    if (name == "apos") characters = "'";
    std::size_t length = number.length > 0 ? number.length : name.size() + 2;
    if (characters.empty()) {
      characters = "&";
      length = 1;
    }
    plain += characters;
    text.remove_prefix(length);
  }
  return plain;
}

std::string escape_strays(std::string_view xml) {
  std::string copy = copy_with_references(
      xml, [](std::string_view rest, const Names& declared, std::string& to) -> std::size_t {
        const std::string_view name = entity_name(rest);
        const bool stands =
            number_reference(rest).length > 0 || is_predefined(name) || declared.contains(name);
        to += stands ? "&" : "&amp;";
        return 1;
      });
  std::erase_if(copy, [](char c) {
    return c >= 0 && c < 0x20 && std::string_view("\t\r\n").find(c) == std::string_view::npos;
  });
  return copy;
}

}  // namespace dateline
