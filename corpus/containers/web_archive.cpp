// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/containers/web_archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/containers/archive_depth.h"
#include "corpus/containers/http_message.h"
#include "corpus/containers/prefixing_sink.h"
#include "corpus/containers/web_records.h"
#include "corpus/formats/content.h"
#include "corpus/formats/format.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t longest_name = 2000;  // bytes of an address that names a record

/// A page taken out of its record.
struct Page {
  ContentType content_type;
  std::string content;
  bool cut = false;  ///< its chunks are broken
};

/// The name by which a page of this type is read; "" where none of the type is an article.
std::string_view name_for(std::string_view type) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> names{{
      {"text/html", "page.html"},
      {"application/xhtml+xml", "page.html"},
      {"text/plain", "page.txt"},
      {"application/json", "page.json"},
      {"text/json", "page.json"},
      {"application/x-ndjson", "page.jsonl"},
      {"application/jsonl", "page.jsonl"},
      {"text/xml", "page.xml"},
      {"application/xml", "page.xml"},
      {"application/rss+xml", "page.xml"},
      {"application/atom+xml", "page.xml"},
      {"application/rdf+xml", "page.xml"},
  }};
  const auto row = std::find_if(names.begin(), names.end(),
                                [&](const auto& name) { return name.first == type; });
  return row == names.end() ? ""sv : row->second;
}

/// Addresses of pages; crawlers also keep their logs and what they asked of name servers.
bool is_page_address(std::string_view uri) {
  const std::string lower = lower_ascii(uri.substr(0, 8));
  const bool known = lower.starts_with("http://") || lower.starts_with("https://") ||
                     lower.starts_with("ftp://") || lower.starts_with("file://");
  return known && !uri.ends_with("/robots.txt");
}

/// Whether the record may hold a page, as far as its head tells.
bool may_be_page(const WebRecord& record) {
  if (!is_page_address(record.uri)) return false;
  const std::string& type = record.content_type.type;
  switch (record.kind) {
    case WebRecord::Kind::response:
      return type.empty() || type == "application/http" || !name_for(type).empty();
    case WebRecord::Kind::resource:
      return !name_for(type).empty();
    case WebRecord::Kind::other:
      return false;
  }
  return false;
}

Page page_of(const WebRecord& record, std::string&& content, std::uint64_t most) {
  const std::string& type = record.content_type.type;
  const bool over_http =
      record.kind == WebRecord::Kind::response && (type.empty() || type == "application/http");
  if (!over_http) return {record.content_type, std::move(content), false};
  HttpMessage message = parse_http_message(content);
  Page page{message.content_type, {}, message.cut};
  const bool good = message.status >= 200 && message.status < 300 && !message.body.empty();
  if (!good)
    page.content_type = {"none", ""};
  else if (!name_for(page.content_type.type).empty() || page.content_type.type.empty())
    page.content = without_encoding(std::move(message.body), message.content_encoding, most);
  return page;
}

class WebArchiveReader {
 public:
  WebArchiveReader(const FileInHand& in, ByteSource& source) : in_(in), records_(source) {}

  void read() {
    WebRecord record;
    while (records_.next(record)) {
      read_record(record);
      if (in_.budget.passed()) return;
    }
    if (record_count_ == 0) throw Unreadable("no WARC or ARC record in it");
  }

 private:
  void read_record(const WebRecord& record) {
    ++record_count_;
    const std::string place = fmt::format("record {}", record.number);
    const std::string name = record.uri.empty() ? place : name_of(record.uri);
    PrefixingSink sink(in_.sink, names_, name, place);
    if (!record.problem.empty()) return sink.refused("", record.problem);
    if (!may_be_page(record)) return;
    try {
      read_page(record, sink);
    } catch (const ReadFailure&) {
      throw;
    } catch (const Unreadable& problem) {
      sink.refused("", problem.what());
    }
  }

  void read_page(const WebRecord& record, PrefixingSink& sink) {
    const std::uint64_t most = in_.options.max_record_bytes;
    if (record.length > most) throw Unreadable(fmt::format("longer than {}", describe_size(most)));
    bool cut = false;
    std::string content = records_.take_content(cut);
    Page page = page_in(record, std::move(content), cut);
    const std::string_view name =
        page.content_type.type.empty() ? "page"sv : name_for(page.content_type.type);
    if (name.empty()) return;
    if (page.cut) sink.add_note("its chunks are broken; read up to there");
    if (cut) sink.add_note("its record is cut short; read up to there");
    page.content = unpacked(std::move(page.content), sink);
    sink.set_id(derived_id(record.uri, ""));
    hand_over(record, page, name, sink);
  }

  /// Of a record that is cut short, what there is, if that can be a page.
  Page page_in(const WebRecord& record, std::string&& content, bool cut) const {
    constexpr const char* ends_within = "the file ends within it";
    try {
      Page page = page_of(record, std::move(content), in_.options.max_record_bytes);
      if (cut && page.content.empty()) throw Unreadable(ends_within);
      return page;
    } catch (const Unreadable&) {
      if (cut) throw Unreadable(ends_within);
      throw;
    }
  }

  /// What a gzipped page holds, up to where it is damaged.
  std::string unpacked(std::string&& packed, PrefixingSink& sink) const {
    const std::uint64_t most = in_.options.max_record_bytes;
    const auto layer = static_cast<std::size_t>(in_.depth) + 1;
    ByteSource source(bytes_in_memory(std::move(packed)), in_.budget, layer);
    std::string content;
    try {
      auto block = source.next();
      for (; !block.empty() && content.size() <= most; block = source.next()) content.append(block);
    } catch (const Unreadable&) {
      if (content.empty() || in_.budget.passed()) throw;
      sink.add_note("its packed content is damaged; read up to there");
    }
    if (content.size() > most) throw Unreadable(fmt::format("longer than {}", describe_size(most)));
    return content;
  }

  /// A page that states no type is one where it looks so.
  void hand_over(const WebRecord& record, Page& page, std::string_view name, ArticleSink& sink) {
    const auto layer = static_cast<std::size_t>(in_.depth) + 1;
    ByteSource source(bytes_in_memory(std::move(page.content)), in_.budget, layer);
    const bool stated = !page.content_type.type.empty();
    if (!stated && choose_format("page", source.peek()).format != Format::html) return;
    const FileInHand inner{
        in_.file,          in_.options,  in_.names,  in_.outlets, in_.table_row,
        in_.table_problem, sink,         in_.budget, name,        page.content_type.charset,
        record.uri,        in_.depth + 1};
    read_content(inner, source);
  }

  static std::string name_of(const std::string& uri) {
    std::string name = label_of(uri);
    return name.size() <= longest_name ? name : derived_id(uri, "");
  }

  const FileInHand& in_;
  WebRecords records_;
  RecordNames names_;
  std::uint64_t record_count_ = 0;
};

}  // namespace

void read_web_archive(const FileInHand& in, ByteSource& source) {
  check_archive_depth(in);
  WebArchiveReader(in, source).read();
}

}  // namespace dateline
