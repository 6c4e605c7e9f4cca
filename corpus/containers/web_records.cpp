// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/containers/web_records.h"

#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "corpus/bytes/encoding.h"

namespace dateline {
namespace {

constexpr const char* ends_within = "the file ends within it";

bool begins_warc_record(std::string_view line) {
  return line.starts_with("WARC/") && line.size() > 5 && line[5] >= '0' && line[5] <= '9';
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The words of "http://example.org/ 192.0.2.1 20140102030405 text/html 1234", in version 2 with
/// more between the type and the length; the address may hold blanks.
struct ArcHead {
  std::string_view uri, type, length;
};

std::optional<ArcHead> arc_head(std::string_view line) {
  constexpr std::size_t shortest_date = 12;
  const auto words = split_at_blanks(line);
  for (std::size_t i = 2; i + 2 < words.size(); ++i) {
    const bool address = words[i - 1].find_first_of(".:") != std::string_view::npos;
    if (!address || !is_number(words[i]) || words[i].size() < shortest_date) continue;
    const auto uri_bytes = static_cast<std::size_t>(words[i - 1].data() - line.data()) - 1;
    const std::string_view uri = line.substr(0, uri_bytes);
    if (uri.find(':') != std::string_view::npos) return ArcHead{uri, words[i + 1], words.back()};
  }
  return std::nullopt;
}

void set_length(std::string_view text, WebRecord& record) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), record.length);
  if (is_number(text) && error == std::errc() && end == text.data() + text.size()) return;
  record.length = 0;
  record.problem = text.empty() ? "its length is not stated" : "its length is no number";
}

WebRecord::Kind warc_kind(std::string_view type) {
  if (type == "response") return WebRecord::Kind::response;
  return type == "resource" ? WebRecord::Kind::resource : WebRecord::Kind::other;
}

std::string_view without_brackets(std::string_view uri) {
  if (uri.starts_with('<') && uri.ends_with('>') && uri.size() > 2)
    return uri.substr(1, uri.size() - 2);
  return uri;
}

}  // namespace

WebRecords::WebRecords(ByteSource& source)
    : cursor_(source), is_arc_(!trimmed(source.peek().substr(0, 64)).starts_with("WARC/")) {}

bool WebRecords::next_head_line() {
  if (line_waits_) {
    line_waits_ = false;
    return true;
  }
  while (cursor_.line(line_, HeaderFields::longest_line))
    if (!trimmed(line_).empty()) return true;
  return false;
}

bool WebRecords::next(WebRecord& record) {
  record = {};
  const std::uint64_t left = std::exchange(left_, 0);
  if (cursor_.skip(left) < left) {
    record.number = number_;
    record.problem = ends_within;
    return true;
  }
  if (!next_head_line()) return false;
  const auto begins = [&] {
    return is_arc_ ? arc_head(line_).has_value() : begins_warc_record(line_);
  };
  if (begins()) {
    record.number = ++number_;
    is_arc_ ? read_arc_head(record) : read_warc_head(record);
    left_ = record.length;
    return true;
  }
  record.number = number_ + 1;
  record.problem = "bytes that are no record; read on at the next one";
  while (next_head_line() && !begins()) continue;
  line_waits_ = begins();
  return true;
}

void WebRecords::read_warc_head(WebRecord& record) {
  HeaderFields fields;
  bool whole = false;
  while (!whole && cursor_.line(line_, HeaderFields::longest_line)) {
    whole = line_.empty();
    fields.add_line(line_);
  }
  record.kind = warc_kind(lower_ascii(fields.value("warc-type")));
  record.uri = without_brackets(fields.value("warc-target-uri"));
  record.content_type = parse_content_type(fields.value("content-type"));
  set_length(fields.value("content-length"), record);
  if (!whole) record.problem = ends_within;
}

/// The type that an ARC file states is that of the page, which its own header states, too.
void WebRecords::read_arc_head(WebRecord& record) {
  const auto head = arc_head(line_);
  record.uri = head->uri;
  const bool page = !head->uri.starts_with("filedesc:") && !head->uri.starts_with("dns:");
  record.kind = page ? WebRecord::Kind::response : WebRecord::Kind::other;
  if (page) record.content_type.type = "application/http";
  set_length(head->length, record);
}

std::string WebRecords::take_content(bool& cut) {
  // Each search reads the file's end again: a hostile file must not make many of them.
  constexpr int most_wrong_lengths = 8;
  std::string content;
  const std::uint64_t left = std::exchange(left_, 0);
  cut = cursor_.take(left, content) < left;
  if (!cut) return content;
  const auto inner = is_arc_ ? std::string::npos : content.find("\nWARC/1.");
  if (inner != std::string::npos && ++wrong_lengths_ <= most_wrong_lengths) {
    cursor_.append_at_end(content.substr(inner + 1));
    content.resize(inner);
  }
  return content;
}

}  // namespace dateline
