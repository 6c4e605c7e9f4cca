// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/exported_articles.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "common/json.h"
#include "corpus/bytes/encoding.h"
#include "corpus/formats/json_records.h"
#include "corpus/formats/record_names.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

namespace dom = simdjson::dom;

constexpr std::int64_t export_version = 1;
constexpr std::size_t deepest_json = 8;
constexpr std::size_t longest_path = 4096;         // bytes; no longer one can be opened
constexpr std::size_t longest_source_name = 1000;  // bytes
constexpr std::size_t longest_language = 35;       // bytes, as RFC 5646 has it
constexpr std::int32_t seconds_per_day = 86'400;
constexpr std::int32_t farthest_offset = 24 * 60;  // minutes

std::string hex_of(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

// --- writing

class LineWriter {
 public:
  explicit LineWriter(const Article& article) : article_(article) {}

  std::string line() {
    json_["dateline_export"] = export_version;
    json_["path"] = article_.path;
    // JSON has no place for bytes that are no text.
    if (!is_utf8(article_.path)) json_["path_bytes"] = hex_of(article_.path);
    json_["record"] = article_.record;
    put("id", article_.id);
    put("title", article_.title);
    put("deck", article_.deck);
    put("source", article_.source);
    if (article_.source_raw != article_.source.value) json_["source_raw"] = article_.source_raw;
    put("published", article_.published);
    put("modified", article_.modified);
    put("authors", article_.authors);
    put("topics", article_.topics);
    put("language", article_.language);
    put("url", article_.url);
    put_entities();
    if (const auto& history = article_.history)
      json_["history"] = {{"first_seen", history->first_seen},
                          {"last_changed", history->last_changed},
                          {"changes", history->changes}};
    json_["provenance"] = std::move(provenance_);
    json_["body"] = article_.body;
    return dump_json(json_);
  }

 private:
  template <class T>
  void put(const char* name, const Sourced<T>& value) {
    if (!value) return;
    json_[name] = value.value;
    provenance_[name] = describe(value.from);
  }

  void put(const char* name, const Sourced<Timestamp>& value) {
    if (!value) return;
    json_[name] = format_timestamp(value.value);
    provenance_[name] = describe(value.from);
  }

  void put_entities() {
    if (article_.entities.empty()) return;
    auto& list = json_["entities"] = Json::array();
    for (const auto& e : article_.entities)
      list.push_back({{"type", name_of(e.type)}, {"name", e.name}, {"from", describe(e.from)}});
  }

  const Article& article_;
  Json json_ = Json::object();
  Json provenance_ = Json::object();
};

// --- reading

[[noreturn]] void refuse(std::string_view name, std::string_view what) {
  throw Unreadable(fmt::format("its {} is {}", name, what));
}

/// Digits of a fixed number of places, taken from the front of `rest`.
std::optional<std::int32_t> take_number(std::string_view& rest, std::size_t digits) {
  if (rest.size() < digits) return std::nullopt;
  std::int32_t number = 0;
  for (const char c : rest.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = 10 * number + (c - '0');
  }
  rest.remove_prefix(digits);
  return number;
}

bool take(std::string_view& rest, char c) {
  if (!rest.starts_with(c)) return false;
  rest.remove_prefix(1);
  return true;
}

std::optional<Day> take_day(std::string_view& rest) {
  const auto year = take_number(rest, 4);
  if (!year || !take(rest, '-')) return std::nullopt;
  const auto month = take_number(rest, 2);
  if (!month || !take(rest, '-')) return std::nullopt;
  const auto day = take_number(rest, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Day{date};
}

/// 23:59:60 is the leap second, 86,400.
std::optional<std::int32_t> take_time(std::string_view& rest) {
  const auto hour = take_number(rest, 2);
  if (!hour || *hour > 23 || !take(rest, ':')) return std::nullopt;
  const auto minute = take_number(rest, 2);
  if (!minute || *minute > 59 || !take(rest, ':')) return std::nullopt;
  const auto second = take_number(rest, 2);
  if (!second) return std::nullopt;
  const auto time = *hour * 3600 + *minute * 60 + *second;
  return *second < 60 || time == seconds_per_day ? std::optional(time) : std::nullopt;
}

std::optional<std::int32_t> take_offset(std::string_view& rest) {
  const bool west = rest.starts_with('-');
  if (!west && !rest.starts_with('+')) return std::nullopt;
  rest.remove_prefix(1);
  const auto hours = take_number(rest, 2);
  if (!hours || !take(rest, ':')) return std::nullopt;
  const auto minutes = take_number(rest, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const auto offset = *hours * 60 + *minutes;
  if (offset > farthest_offset) return std::nullopt;
  return west ? -offset : offset;
}

/// The inverse of format_timestamp(), and of nothing else.
std::optional<Timestamp> exact_timestamp(std::string_view text) {
  const auto day = take_day(text);
  if (!day) return std::nullopt;
  Timestamp t{*day, {}, {}};
  if (text.empty()) return t;
  if (!take(text, 'T')) return std::nullopt;
  t.second_of_day = take_time(text);
  if (!t.second_of_day) return std::nullopt;
  if (text.empty()) return t;
  t.utc_offset_minutes = take_offset(text);
  return t.utc_offset_minutes && text.empty() ? std::optional(t) : std::nullopt;
}

std::optional<Provenance> provenance_named(std::string_view name) {
  for (auto p = Provenance::given; p <= Provenance::transport;
       p = static_cast<Provenance>(static_cast<int>(p) + 1)) {
    if (describe(p) == name) return p;
  }
  return std::nullopt;
}

/// Controls, but for the line feeds of a text of many lines.
bool has_control(std::string_view utf8, bool many_lines) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if ((byte < 0x20 && !(many_lines && byte == '\n')) || byte == 0x7F) return true;
    const bool is_c1 =
        byte == 0xC2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xA0;
    if (is_c1) return true;
  }
  return false;
}

std::optional<std::string> bytes_of_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (; !hex.empty(); hex.remove_prefix(2)) {
    unsigned value = 0;
    const auto read = std::from_chars(hex.data(), hex.data() + 2, value, 16);
    if (read.ec != std::errc{} || read.ptr != hex.data() + 2) return std::nullopt;
    bytes += static_cast<char>(value);
  }
  return bytes;
}

/// As every article of a set has it: nobody's "..", and nothing that only seems to be a path.
bool is_path_of_a_file(const std::string& path) {
  return path.starts_with('/') && path.size() <= longest_path && path.find('\0') == path.npos &&
         std::filesystem::path(path).lexically_normal() == path;
}

/// The article that one parsed line states. Throws Unreadable with what is wrong with it.
class ExportedArticle {
 public:
  ExportedArticle(dom::object object, Day latest_day) : object_(object), latest_(latest_day) {}

  Article article() {
    check_version();
    read_provenances();
    article_.origin = Origin{path(), text_or_none("record").value_or("")};
    article_.id = sourced("id");
    if (article_.id.value.empty()) throw Unreadable("it has no id");
    if (article_.id.value.size() > longest_id)
      throw Unreadable(fmt::format("its id is longer than {} bytes", longest_id));
    article_.title = sourced("title");
    article_.deck = sourced("deck");
    article_.body = body();
    article_.source = sourced("source");
    if (article_.source.value.size() > longest_source_name)
      refuse("source", fmt::format("longer than {} bytes", longest_source_name));
    article_.source_raw = text_or_none("source_raw").value_or(article_.source.value);
    article_.published = date("published");
    article_.modified = date("modified");
    article_.authors = list("authors");
    article_.topics = list("topics");
    article_.language = sourced("language");
    check_language();
    article_.url = sourced("url");
    read_entities();
    read_history();
    if (!article_.title && article_.body.empty()) article_.notes.emplace_back("no text");
    return std::move(article_);
  }

 private:
  void check_version() const {
    std::int64_t version = 0;
    if (object_.at_key("dateline_export").get(version) != simdjson::SUCCESS)
      throw Unreadable("not a line of an export of dateline");
    if (version != export_version)
      throw Unreadable(fmt::format("an export of version {}; this program reads version {}",
                                   version, export_version));
  }

  std::optional<dom::element> member(const char* name) const {
    dom::element value;
    if (object_.at_key(name).get(value) != simdjson::SUCCESS || value.is_null())
      return std::nullopt;
    return value;
  }

  static std::string text_in(dom::element value, const char* name) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) refuse(name, "no text");
    return has_control(text, false) ? tidy_value(text) : std::string(text);
  }

  std::optional<std::string> text_or_none(const char* name) const {
    const auto value = member(name);
    if (!value) return std::nullopt;
    return text_in(*value, name);
  }

  /// Alone of all in more than one line.
  std::string body() const {
    const auto value = member("body");
    std::string_view text;
    if (value && value->get(text) != simdjson::SUCCESS) refuse("body", "no text");
    return has_control(text, true) ? clean_text(std::string(text)) : std::string(text);
  }

  std::string path() const {
    std::string path;
    const auto given = member("path");
    std::string_view text;
    if (!given || given->get(text) != simdjson::SUCCESS) refuse("path", "no text");
    path = text;
    if (const auto hex = text_or_none("path_bytes")) {
      auto bytes = bytes_of_hex(*hex);
      if (!bytes) refuse("path_bytes", "not hexadecimal");
      path = std::move(*bytes);
    }
    if (!is_path_of_a_file(path)) refuse("path", "not that of a file, from '/' on");
    return path;
  }

  void read_provenances() {
    const auto stated = member("provenance");
    if (!stated) return;
    if (stated->get(provenance_) != simdjson::SUCCESS) refuse("provenance", "no object");
    has_provenance_ = true;
  }

  static Provenance provenance_in(dom::element value) {
    std::string_view name;
    const auto known = value.get(name) == simdjson::SUCCESS ? provenance_named(name) : std::nullopt;
    if (!known) refuse("provenance", "none that this program knows");
    return *known;
  }

  /// What a value comes from; a value of which that is not stated is taken as given.
  Provenance from(const char* name) const {
    dom::element value;
    if (!has_provenance_ || provenance_.at_key(name).get(value) != simdjson::SUCCESS)
      return Provenance::given;
    return provenance_in(value);
  }

  Sourced<std::string> sourced(const char* name) const {
    auto text = text_or_none(name);
    if (!text) return {};
    return {std::move(*text), from(name)};
  }

  Sourced<std::vector<std::string>> list(const char* name) const {
    const auto value = member(name);
    if (!value) return {};
    dom::array items;
    if (value->get(items) != simdjson::SUCCESS) refuse(name, "no list");
    Sourced<std::vector<std::string>> texts;
    for (const dom::element item : items) texts.value.push_back(text_in(item, name));
    if (!texts.value.empty()) texts.from = from(name);
    return texts;
  }

  Sourced<Timestamp> date(const char* name) {
    const auto text = text_or_none(name);
    if (!text) return {};
    const auto t = exact_timestamp(*text);
    if (!t || t->day < earliest_day() || t->day > latest_) {
      article_.notes.push_back(
          fmt::format("{} '{}' is no date of an article", name, excerpt(*text, 40)));
      return {};
    }
    return {*t, from(name)};
  }

  void check_language() const {
    const auto& tag = article_.language.value;
    const bool sound =
        tag.size() <= longest_language && std::all_of(tag.begin(), tag.end(), [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
    if (!sound) refuse("language", "no tag of a language");
  }

  void read_entities() {
    const auto value = member("entities");
    if (!value) return;
    dom::array items;
    if (value->get(items) != simdjson::SUCCESS) refuse("entities", "no list");
    for (const dom::element item : items) {
      dom::element name, type_name, from;
      std::string_view type_text;
      if (item.at_key("name").get(name) != simdjson::SUCCESS ||
          item.at_key("type").get(type_name) != simdjson::SUCCESS ||
          type_name.get(type_text) != simdjson::SUCCESS)
        refuse("entities", "not a list of names with types");
      const auto type = entity_type_named(type_text);
      if (!type) refuse("entities", "not a list of person, org and place");
      const bool says_from = item.at_key("from").get(from) == simdjson::SUCCESS;
      article_.entities.push_back(
          {*type, text_in(name, "entities"), says_from ? provenance_in(from) : Provenance::given});
    }
  }

  void read_history() {
    const auto value = member("history");
    if (!value) return;
    ArticleHistory history;
    std::int64_t changes = 0;
    const bool whole =
        value->at_key("first_seen").get(history.first_seen) == simdjson::SUCCESS &&
        value->at_key("last_changed").get(history.last_changed) == simdjson::SUCCESS &&
        value->at_key("changes").get(changes) == simdjson::SUCCESS;
    const std::chrono::seconds latest = (latest_ + std::chrono::days{1}).time_since_epoch();
    const bool sound = whole && history.first_seen >= 0 &&
                       history.first_seen <= history.last_changed &&
                       history.last_changed <= latest.count() && changes >= 0 &&
                       changes <= std::numeric_limits<std::uint32_t>::max();
    if (!sound) refuse("history", "none that an article can have");
    history.changes = static_cast<std::uint32_t>(changes);
    article_.history = history;
  }

  dom::object object_, provenance_;
  bool has_provenance_ = false;
  Day latest_;
  Article article_;
};

class ExportReader {
 public:
  explicit ExportReader(const FileInHand& in) : in_(in) {
    if (parser_.allocate(64 << 10, deepest_json) != simdjson::SUCCESS) throw std::bad_alloc();
  }

  void read(JsonLines& lines) {
    JsonRecord record;
    while (lines.next(record)) read_line(record);
  }

 private:
  void read_line(const JsonRecord& record) {
    const std::string place = fmt::format("line {}", record.number);
    std::optional<Article> article;
    try {
      article = article_in(record);
    } catch (const Unreadable& problem) {
      in_.sink.refused(place, problem.what());
      return;
    }
    article->path = in_.file.path.string();
    article->record = names_.name(article->id.value, place);
    in_.sink.article(std::move(*article));
  }

  Article article_in(const JsonRecord& record) {
    if (record.state != JsonRecord::State::whole)
      throw Unreadable(fmt::format(
          "longer than {}", describe_size(longest_export_line(in_.options.max_record_bytes))));
    dom::object object;
    const auto parsed = parser_.parse(record.text).get(object);
    if (parsed == simdjson::UTF8_ERROR) throw Unreadable("not UTF-8");
    if (parsed == simdjson::DEPTH_ERROR)
      throw Unreadable(fmt::format("nested over {} deep", deepest_json));
    if (parsed == simdjson::MEMALLOC || parsed == simdjson::CAPACITY)
      throw Unreadable("too large for the JSON parser");
    if (parsed == simdjson::INCORRECT_TYPE) throw Unreadable("not a JSON object");
    if (parsed != simdjson::SUCCESS) throw Unreadable("not JSON");
    return ExportedArticle(object, in_.options.latest_day).article();
  }

  const FileInHand& in_;
  dom::parser parser_;
  RecordNames names_;
};

}  // namespace

std::string export_line(const Article& article) { return LineWriter(article).line(); }

void read_exported_articles(const FileInHand& in, ByteSource& source) {
  JsonLines lines(source, longest_export_line(in.options.max_record_bytes));
  ExportReader(in).read(lines);
}

}  // namespace dateline
