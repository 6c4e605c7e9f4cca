// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/sgml_records.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace dateline {
namespace {

constexpr std::size_t longest_tag = 300;
constexpr std::size_t deepest_element = 8;
constexpr std::size_t longest_reference = 12;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// A tag at the start of `text`.
struct Tag {
  std::string name;  ///< in lower case
  bool closes = false;
  std::size_t length = 0;
};

std::optional<Tag> tag_at(std::string_view text) {
  if (text.starts_with("<!--")) {
    const auto end = text.find("-->");
    if (end == std::string_view::npos) return std::nullopt;
    return Tag{{}, false, end + 3};
  }
  Tag tag;
  tag.closes = text.starts_with("</");
  std::size_t at = tag.closes ? 2 : 1;
  if (at >= text.size() || !is_letter(text[at])) return std::nullopt;
  while (at < text.size() && at < longest_tag && is_name_character(text[at]))
    tag.name += lower(text[at++]);
  const auto end = text.substr(0, longest_tag).find_first_of("<>", at);
  if (end == std::string_view::npos || text[end] == '<') return std::nullopt;
  tag.length = end + 1;
  return tag;
}

enum class Boundary { none, start, end };

/// Whether a record begins or ends at the start of `text`.
Boundary boundary_at(std::string_view text) {
  for (const std::string_view name : {"reuters", "doc"}) {
    const bool closes = text.starts_with("</");
    const std::string_view after = text.substr(std::min<std::size_t>(closes ? 2 : 1, text.size()));
    if (after.size() <= name.size() || is_name_character(after[name.size()])) continue;
    if (!std::equal(name.begin(), name.end(), after.begin(),
                    [](char a, char b) { return a == lower(b); }))
      continue;
    return closes ? Boundary::end : Boundary::start;
  }
  return Boundary::none;
}

/// "</reuters>" and as much again.
constexpr std::size_t boundary_bytes = 20;

}  // namespace

/// Whether there are bytes; as many as `least` unless the file ends before.
bool SgmlRecords::fill(std::size_t least) {
  while (buffer_.size() - at_ < least) {
    const std::string_view more = source_.next();
    if (more.empty()) break;
    buffer_.erase(0, std::exchange(at_, 0));
    buffer_ += more;
  }
  return at_ < buffer_.size();
}

bool SgmlRecords::find_start() {
  while (fill(boundary_bytes)) {
    const std::string_view rest = std::string_view(buffer_).substr(at_);
    if (rest.front() == '<' && boundary_at(rest) == Boundary::start) return true;
    at_ += std::min(rest.find('<', 1), rest.size());
  }
  return false;
}

void SgmlRecords::take(SgmlRecord& record, std::size_t bytes) {
  if (record.state == SgmlRecord::State::whole && record.text.size() + bytes > longest_) {
    record.state = SgmlRecord::State::too_long;
    record.text.clear();
  }
  if (record.state == SgmlRecord::State::whole) record.text.append(buffer_, at_, bytes);
  at_ += bytes;
}

/// False where the file ends within the record.
bool SgmlRecords::take_to_end(SgmlRecord& record) {
  take(record, 1);
  while (fill(boundary_bytes)) {
    const std::string_view rest = std::string_view(buffer_).substr(at_);
    if (rest.front() == '<') {
      const Boundary boundary = boundary_at(rest);
      if (boundary == Boundary::end) at_ += std::min(rest.find('>'), rest.size() - 1) + 1;
      if (boundary != Boundary::none) return true;
    }
    take(record, std::min(rest.find('<', 1), rest.size()));
  }
  return false;
}

bool SgmlRecords::next(SgmlRecord& record) {
  record.text.clear();
  record.state = SgmlRecord::State::whole;
  if (!find_start()) return false;
  record.number = ++number_;
  if (!take_to_end(record) && record.state == SgmlRecord::State::whole) {
    record.state = SgmlRecord::State::cut_off;
    record.text.clear();
  }
  return true;
}

namespace {

struct ElementRow {
  std::string_view name;
  SgmlElement element;
};

/// The elements of Reuters-21578 (its README, section VI.B) and of the TREC collections' DTDs.
constexpr ElementRow elements[] = {{"reuters", SgmlElement::record},
                                   {"doc", SgmlElement::record},
                                   {"unknown", SgmlElement::ignored},
                                   {"mknote", SgmlElement::ignored},
                                   {"docno", SgmlElement::id},
                                   {"title", SgmlElement::title},
                                   {"head", SgmlElement::title},
                                   {"headline", SgmlElement::title},
                                   {"hl", SgmlElement::title},
                                   {"date", SgmlElement::date},
                                   {"date1", SgmlElement::date},
                                   {"pubdate", SgmlElement::date},
                                   {"date_time", SgmlElement::date},
                                   {"dateline", SgmlElement::dateline},
                                   {"author", SgmlElement::author},
                                   {"byline", SgmlElement::author},
                                   {"so", SgmlElement::source},
                                   {"source", SgmlElement::source},
                                   {"text", SgmlElement::text},
                                   {"lp", SgmlElement::body},
                                   {"leadpara", SgmlElement::body},
                                   {"body", SgmlElement::body},
                                   {"topics", SgmlElement::topics},
                                   {"places", SgmlElement::places},
                                   {"people", SgmlElement::people},
                                   {"orgs", SgmlElement::orgs},
                                   {"exchanges", SgmlElement::exchanges},
                                   {"companies", SgmlElement::companies}};

/// Follows the tags of one record.
class ElementTracker {
 public:
  explicit ElementTracker(std::vector<SgmlText>& texts) : texts_(texts) {}

  void tag(const Tag& tag) {
    if (tag.name == "p" || tag.name == "d") {
      starts_ = true;
      return;
    }
    const auto row = std::find_if(std::begin(elements), std::end(elements),
                                  [&](const ElementRow& r) { return r.name == tag.name; });
    if (row == std::end(elements)) return;
    if (tag.closes)
      close(row->element);
    else
      open(row->element);
    starts_ = true;
  }

  void text(std::string_view text) {
    if (!text.empty())
      texts_.push_back({open_.empty() ? SgmlElement::record : open_.back(),
                        std::exchange(starts_, false), text});
  }

 private:
  static bool holds_others(SgmlElement element) {
    return element == SgmlElement::record || element == SgmlElement::text ||
           element == SgmlElement::body;
  }

  /// Only a few elements hold others, so what is open otherwise was not closed.
  void open(SgmlElement element) {
    while (!open_.empty() && (!holds_others(open_.back()) || open_.back() == element))
      open_.pop_back();
    if (open_.size() < deepest_element) open_.push_back(element);
  }

  void close(SgmlElement element) {
    const auto found = std::find(open_.rbegin(), open_.rend(), element);
    if (found != open_.rend()) open_.erase(std::prev(found.base()), open_.end());
  }

  std::vector<SgmlText>& texts_;
  std::vector<SgmlElement> open_;
  bool starts_ = true;
};

void append_utf8(std::string& text, std::uint32_t c) {
  const auto byte = [&](std::uint32_t value) { text += static_cast<char>(value); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    byte(0xE0 | c >> 12);
    byte(0x80 | (c >> 6 & 0x3F));
  } else {
    byte(0xF0 | c >> 18);
    byte(0x80 | (c >> 12 & 0x3F));
    byte(0x80 | (c >> 6 & 0x3F));
  }
  byte(0x80 | (c & 0x3F));
}

/// The character that "lt", "#5" or "#x3C" stands for.
std::optional<std::uint32_t> referred_character(const std::string& name) {
  if (name.starts_with('#')) {
    const bool hex = name.size() > 1 && lower(name[1]) == 'x';
    const char* first = name.data() + (hex ? 2 : 1);
    const char* last = name.data() + name.size();
    std::uint32_t value = 0;
    const auto read = std::from_chars(first, last, value, hex ? 16 : 10);
    const bool character = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    if (read.ec != std::errc{} || read.ptr != last || !character) return std::nullopt;
    return value;
  }
  if (name == "hyph") return '-';
  if (name == "blank") return ' ';
  if (name == "apos") return '\'';
  const auto* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
  return entity ? std::optional<std::uint32_t>(entity->value) : std::nullopt;
}

bool is_kept(std::uint32_t c) { return c >= 0x20 || c == '\t' || c == '\n'; }

}  // namespace

std::vector<SgmlText> sgml_texts(std::string_view record) {
  std::vector<SgmlText> texts;
  ElementTracker tracker(texts);
  std::size_t start = 0, at = 0;
  while ((at = record.find('<', at)) != std::string_view::npos) {
    const auto tag = tag_at(record.substr(at));
    if (!tag) {
      if (record.substr(at).starts_with("<!--")) break;
      ++at;
      continue;
    }
    tracker.text(record.substr(start, at - start));
    tracker.tag(*tag);
    start = at += tag->length;
  }
  tracker.text(record.substr(start));
  return texts;
}

std::string_view sgml_attribute(std::string_view record, std::string_view name) {
  const std::string_view tag = record.substr(0, std::min(record.find('>'), longest_tag));
  std::size_t at = 0;
  while ((at = tag.find(name, at + 1)) != std::string_view::npos) {
    const auto value = at + name.size() + 2;
    if (tag[at - 1] != ' ' || value > tag.size() || tag.substr(value - 2, 2) != "=\"") continue;
    const auto end = tag.find('"', value);
    return end == std::string_view::npos ? std::string_view() : tag.substr(value, end - value);
  }
  return {};
}

std::string decode_sgml(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  while (true) {
    const auto ampersand = text.find('&');
    decoded += text.substr(0, ampersand);
    if (ampersand == std::string_view::npos) return decoded;
    text.remove_prefix(ampersand);
    const auto end = text.substr(0, longest_reference).find(';');
    const auto character = end == std::string_view::npos
                               ? std::nullopt
                               : referred_character(std::string(text.substr(1, end - 1)));
    if (character && is_kept(*character)) append_utf8(decoded, *character);
    if (!character) decoded += '&';
    text.remove_prefix(character ? end + 1 : 1);
  }
}

}  // namespace dateline
