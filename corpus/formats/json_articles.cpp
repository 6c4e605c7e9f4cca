// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/json_articles.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/formats/json_records.h"
#include "corpus/formats/json_repair.h"
#include "corpus/formats/ninjs.h"
#include "corpus/formats/record_names.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t deepest_json = 128;
constexpr int deepest_value = 3;
constexpr int deepest_body = 8;

/// Members that hold the text of a value that is itself an object: {"name": "Reuters"}, or as
/// MongoDB exports {"$date": "2020-01-01T00:00:00Z"}.
constexpr std::array<const char*, 5> text_members{"name", "$date", "$oid", "$numberLong",
                                                  "rendered"};

/// The same for a body, or for the blocks it is made of.
constexpr std::array<const char*, 5> block_members{"text", "content", "value", "html", "rendered"};

/// Where the text of an object is looked for, and how deep.
struct TextPlace {
  std::span<const char* const> members;
  int deepest = 0;
};

TextPlace place_of(Field field) {
  if (field == Field::body) return {block_members, deepest_body};
  return {text_members, deepest_value};
}

/// Members of an object that hold a file's articles, whatever else the object holds.
constexpr std::array<const char*, 8> article_members{"articles", "items",   "results", "docs",
                                                     "data",     "stories", "entries", "records"};

std::optional<std::string> number_text(dom::element value) {
  switch (value.type()) {
    case dom::element_type::INT64:
      return fmt::to_string(value.get_int64().value_unsafe());
    case dom::element_type::UINT64:
      return fmt::to_string(value.get_uint64().value_unsafe());
    case dom::element_type::DOUBLE:
      return fmt::format("{:.3f}", value.get_double().value_unsafe());
    case dom::element_type::ARRAY:
    case dom::element_type::OBJECT:
    case dom::element_type::STRING:
    case dom::element_type::BOOL:
    case dom::element_type::NULL_VALUE:
      return std::nullopt;
  }
  return std::nullopt;
}

void collect_texts(dom::element value, const TextPlace& place, std::vector<std::string>& texts,
                   int depth = 0) {
  if (const auto text = value.get_string(); text.error() == simdjson::SUCCESS) {
    texts.emplace_back(text.value_unsafe());
  } else if (auto number = number_text(value)) {
    texts.push_back(std::move(*number));
  } else if (depth == place.deepest) {
    return;
  } else if (const auto list = value.get_array(); list.error() == simdjson::SUCCESS) {
    for (const dom::element item : list.value_unsafe())
      collect_texts(item, place, texts, depth + 1);
  } else if (const auto object = value.get_object(); object.error() == simdjson::SUCCESS) {
    const std::size_t found = texts.size();
    for (const char* member : place.members) {
      const auto named = object.value_unsafe().at_key(member);
      if (named.error() != simdjson::SUCCESS) continue;
      collect_texts(named.value_unsafe(), place, texts, depth + 1);
      if (texts.size() > found) return;
    }
  }
}

std::optional<dom::element> member_of(dom::object object, const std::string& normal) {
  for (const auto& [key, value] : object)
    if (normal_name(key) == normal) return value;
  return std::nullopt;
}

std::optional<dom::element> item_of(dom::array array, const std::string& step) {
  std::size_t index = 0;
  const auto read = std::from_chars(step.data(), step.data() + step.size(), index);
  if (read.ec != std::errc{} || read.ptr != step.data() + step.size()) return std::nullopt;
  const auto item = array.at(index);
  return item.error() == simdjson::SUCCESS ? std::optional(item.value_unsafe()) : std::nullopt;
}

/// What stands at the end of the path below `object`.
std::optional<dom::element> element_at(dom::object object, const NamedPath& path) {
  std::optional<dom::element> at = member_of(object, path.steps.front());
  for (std::size_t i = 1; at && i < path.steps.size(); ++i) {
    if (const auto inner = at->get_object(); inner.error() == simdjson::SUCCESS)
      at = member_of(inner.value_unsafe(), path.steps[i]);
    else if (const auto list = at->get_array(); list.error() == simdjson::SUCCESS)
      at = item_of(list.value_unsafe(), path.steps[i]);
    else
      at = std::nullopt;
  }
  return at;
}

void put_value(FieldValues& values, KnownName name, dom::element value) {
  std::vector<std::string> texts;
  collect_texts(value, place_of(name.field), texts);
  values.put(name, std::move(texts), value.is_array());
}

FieldValues values_of(dom::object object, const FieldNames& names) {
  FieldValues values;
  for (const auto& [key, value] : object) {
    if (const auto known = names.find(key)) put_value(values, *known, value);
  }
  for (const NamedPath& path : names.paths())
    if (const auto value = element_at(object, path)) put_value(values, path.name, *value);
  return values;
}

class JsonReader {
 public:
  explicit JsonReader(const FileInHand& in) : in_(in) {}

  void read_records(JsonRecords& records) {
    JsonRecord record;
    while (records.next(record)) read_record(record, records.unit());
  }

  void read_document(JsonItems& items) {
    JsonRecord first, second;
    if (!items.next(first)) throw Unreadable("holds no articles");
    const bool more = items.next(second);
    if (!items.in_array() && !more) {
      read_only_value(first);
      return;
    }
    if (!is_object(first.text) && !(more && is_object(second.text)))
      throw Unreadable("format not read: JSON that is no article");
    read_record(first, items.unit());
    if (more) read_record(second, items.unit());
    read_records(items);
    if (items.in_open_array() && !cut_off_) throw Unreadable("the file ends within its array");
  }

 private:
  static bool is_object(std::string_view json) { return json.starts_with('{'); }

  /// The parsed `json`, valid until the next call; empty with `problem_` set where it is not JSON.
  std::optional<dom::element> parse(std::string& json) {
    assumption_.clear();
    if (!is_utf8(json)) {
      Decoded decoded = to_utf8(std::move(json));
      assumption_ = describe_assumption(decoded);
      json = std::move(decoded.text);
    }
    repaired_ = false;
    const auto parsed = parser_.parse(json);
    if (parsed.error() == simdjson::SUCCESS) return parsed.value_unsafe();
    problem_ = describe_problem(parsed.error());
    if (!is_worth_repair(parsed.error())) return std::nullopt;
    json = repair_json(json);
    const auto again = parser_.parse(json);
    if (again.error() != simdjson::SUCCESS) return std::nullopt;
    repaired_ = true;
    return again.value_unsafe();
  }

  static bool is_worth_repair(simdjson::error_code error) {
    return error != simdjson::DEPTH_ERROR && error != simdjson::MEMALLOC &&
           error != simdjson::CAPACITY;
  }

  static std::string describe_problem(simdjson::error_code error) {
    if (error == simdjson::DEPTH_ERROR) return fmt::format("nested over {} deep", deepest_json);
    if (error == simdjson::UNCLOSED_STRING) return "not JSON: a string has no end";
    if (error == simdjson::MEMALLOC || error == simdjson::CAPACITY)
      return "too large for the JSON parser";
    return "not JSON";
  }

  void read_record(JsonRecord& record, std::string_view unit) {
    const std::string place = fmt::format("{} {}", unit, record.number);
    const std::string part = fmt::to_string(record.number);
    switch (record.state) {
      case JsonRecord::State::too_long:
        in_.sink.refused(place, longer_than_allowed());
        return;
      case JsonRecord::State::cut_off:
        cut_off_ = true;
        in_.sink.refused(place, "the file ends within it");
        return;
      case JsonRecord::State::whole:
        break;
    }
    const auto value = parse(record.text);
    if (!value)
      in_.sink.refused(place, problem_);
    else
      read_value(*value, place, part);
  }

  std::string longer_than_allowed() const {
    return fmt::format("longer than {}", describe_size(in_.options.max_record_bytes));
  }

  void read_value(dom::element value, const std::string& place, const std::string& part) {
    const auto object = value.get_object();
    if (object.error() != simdjson::SUCCESS) {
      in_.sink.refused(place, "not a JSON object");
      return;
    }
    if (reads_as_ninjs(object.value_unsafe())) {
      const std::string id = tidy_value(ninjs_id(object.value_unsafe()));
      const std::string name = names_.name(id.size() <= longest_id ? id : std::string(), place);
      return read_ninjs(in_, {name, place, part}, object.value_unsafe(), assumption_);
    }
    RawRecord record = raw_record(object.value_unsafe());
    const std::string id = tidy_value(record.values.text(Field::id));
    record.name = names_.name(id.size() <= longest_id ? id : std::string(), place);
    record.fallback_id = part;
    if (!has_text(record.values)) {
      in_.sink.refused(place, "no text");
      return;
    }
    hand_over_record(in_, std::move(record));
  }

  /// A user's own field names say that the objects are the user's own too.
  bool reads_as_ninjs(dom::object object) const {
    return in_.options.field_names.empty() && is_ninjs(object);
  }

  static bool has_text(const FieldValues& values) {
    return values.find(Field::title) || values.find(Field::body) || values.find(Field::deck);
  }

  RawRecord raw_record(dom::object object) const {
    RawRecord record;
    record.values = values_of(object, in_.names);
    if (!assumption_.empty()) record.article.notes.push_back(assumption_);
    if (repaired_) record.article.notes.emplace_back("broken JSON read as it was meant");
    return record;
  }

  /// A file of one object: an article, or the wrapping of many.
  void read_only_value(JsonRecord& record) {
    if (record.state == JsonRecord::State::too_long)
      throw Unreadable(longer_than_allowed() + " (as JSON Lines it may be of any size)");
    if (record.state == JsonRecord::State::cut_off)
      throw Unreadable("not JSON: the file ends too early");
    const auto value = parse(record.text);
    if (!value) throw Unreadable(problem_);
    const auto object = value->get_object();
    if (object.error() != simdjson::SUCCESS)
      throw Unreadable("format not read: JSON that is no article");
    const bool ninjs = reads_as_ninjs(object.value_unsafe());
    if (const auto articles = wrapped_articles(object.value_unsafe()); articles && !ninjs)
      read_array(*articles);
    else if (ninjs)
      read_ninjs(in_, {}, object.value_unsafe(), assumption_);
    else
      hand_over_record(in_, raw_record(object.value_unsafe()));
  }

  void read_array(dom::array articles) {
    std::uint64_t number = 0;
    for (const dom::element article : articles) {
      const std::string part = fmt::to_string(++number);
      read_value(article, "item " + part, part);
    }
  }

  static std::optional<dom::array> array_of_objects(dom::element value) {
    const auto array = value.get_array();
    if (array.error() != simdjson::SUCCESS || array.value_unsafe().size() == 0) return std::nullopt;
    if (!array.value_unsafe().at(0).is_object()) return std::nullopt;
    return array.value_unsafe();
  }

  /// The array of objects under a usual name, or the only one there is in an object that is no
  /// article by itself.
  std::optional<dom::array> wrapped_articles(dom::object object) const {
    const FieldValues own = values_of(object, in_.names);
    const bool no_body = !own.find(Field::title) && articles_as_body(object);
    if ((own.find(Field::body) && !no_body) ||
        (own.find(Field::title) && own.find(Field::published)))
      return std::nullopt;
    for (const char* member : article_members) {
      const auto named = object.at_key(member);
      if (named.error() != simdjson::SUCCESS) continue;
      if (const auto array = array_of_objects(named.value_unsafe())) return array;
    }
    std::optional<dom::array> only;
    for (const auto& [key, value] : object) {
      const auto array = array_of_objects(value);
      if (array && only) return std::nullopt;
      if (array) only = array;
    }
    return has_text(own) && !no_body ? std::nullopt : only;
  }

  /// Whether what stands under a name of the body is a list of articles: blocks have no titles.
  bool articles_as_body(dom::object object) const {
    for (const auto& [key, value] : object) {
      const auto known = in_.names.find(key);
      const auto array = array_of_objects(value);
      if (!known || known->field != Field::body || !array) continue;
      return values_of(array->at(0).get_object().value_unsafe(), in_.names).find(Field::title);
    }
    return false;
  }

  static dom::parser new_parser() {
    dom::parser parser;
    if (parser.allocate(64 << 10, deepest_json) != simdjson::SUCCESS) throw std::bad_alloc();
    return parser;
  }

  const FileInHand& in_;
  dom::parser parser_ = new_parser();
  RecordNames names_;
  std::string assumption_, problem_;
  bool repaired_ = false, cut_off_ = false;
};

}  // namespace

void read_json_lines(const FileInHand& in, ByteSource& source) {
  JsonLines lines(source, in.options.max_record_bytes);
  JsonReader(in).read_records(lines);
}

void read_json_document(const FileInHand& in, ByteSource& source) {
  JsonItems items(source, in.options.max_record_bytes);
  JsonReader(in).read_document(items);
}

bool looks_like_json_lines(std::string_view start) {
  const auto end = start.find('\n');
  if (end == std::string_view::npos) return false;
  std::string_view line = start.substr(0, end);
  while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
  const auto next = start.find_first_not_of(" \t\r\n", end);
  return line.starts_with('{') && line.ends_with('}') && next != std::string_view::npos &&
         start[next] == '{';
}

}  // namespace dateline
