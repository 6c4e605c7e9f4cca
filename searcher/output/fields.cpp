// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "common/text/unicode.h"
#include "common/timestamp.h"

namespace dateline {
namespace {

constexpr std::size_t title_columns = 100;

Json text_or_null(const Sourced<std::string>& value) {
  return value ? Json(value.value) : Json(nullptr);
}

/// Four decimals: the rest is noise, and this way two machines print the same.
double rounded(double score) { return std::round(score * 1e4) / 1e4; }

Json provenance_json(const Hit& hit) {
  const auto& article = hit.article;
  auto provenance = Json::object();
  const auto add = [&](const char* field, const auto& value) {
    if (value) provenance[field] = describe(value.from);
  };
  if (shown_title(hit).first_words) {
    provenance["title"] = "first words";
  } else {
    add("title", article.title);
  }
  add("source", article.source);
  add("date", article.published);
  add("authors", article.authors);
  add("language", article.language);
  return provenance;
}

/// Marks as pairs of code point offsets, for readers that do not count in bytes.
Json marks_json(const std::string& text, const Marks& marks) {
  auto list = Json::array();
  const std::string_view view = text;
  for (const auto& [begin, end] : marks) {
    const auto first = count_code_points(view.substr(0, begin));
    list.push_back({first, first + count_code_points(view.substr(begin, end - begin))});
  }
  return list;
}

Json entities_json(const Hit& hit) {
  auto list = Json::array();
  for (const auto& entity : hit.entities) {
    list.push_back({{"type", name_of(entity.type)}, {"name", entity.name}});
  }
  return list;
}

Json score_parts_json(const Hit& hit) {
  auto list = Json::array();
  for (const auto& part : hit.score_parts) {
    list.push_back({{"what", part.what}, {"score", rounded(part.score)}});
  }
  return list;
}

Json time_json(std::int64_t seconds) {
  return utc_seconds(std::chrono::system_clock::time_point(std::chrono::seconds(seconds)));
}

Json day_json(const Article& a) {
  return a.published ? Json(format_day(a.published.value.day)) : Json(nullptr);
}

struct Field {
  std::string_view name;
  bool stored;  ///< in the article, rather than in the index's columns
  Json (*value)(const Hit& hit, std::uint64_t generation);
};

constexpr std::array fields{
    Field{"rank", false, [](const Hit& h, std::uint64_t) { return Json(h.rank); }},
    Field{"id", false, [](const Hit& h, std::uint64_t) { return Json(h.id); }},
    Field{"title", true, [](const Hit& h, std::uint64_t) { return Json(shown_title(h).text); }},
    Field{"source", true,
          [](const Hit& h, std::uint64_t) { return text_or_null(h.article.source); }},
    Field{"date", true, [](const Hit& h, std::uint64_t) { return day_json(h.article); }},
    Field{"published", true,
          [](const Hit& h, std::uint64_t) {
            const auto& published = h.article.published;
            return published ? Json(format_timestamp(published.value)) : Json(nullptr);
          }},
    Field{"score", false,
          [](const Hit& h, std::uint64_t) { return Json(rounded(static_cast<double>(h.score))); }},
    Field{"snippet", true, [](const Hit& h, std::uint64_t) { return Json(h.snippet.text); }},
    Field{"marks", true,
          [](const Hit& h, std::uint64_t) { return marks_json(h.snippet.text, h.snippet.marks); }},
    Field{"path", true, [](const Hit& h, std::uint64_t) { return Json(h.article.path); }},
    Field{"record", true, [](const Hit& h, std::uint64_t) { return Json(h.article.record); }},
    Field{"deck", true, [](const Hit& h, std::uint64_t) { return text_or_null(h.article.deck); }},
    Field{"authors", true,
          [](const Hit& h, std::uint64_t) { return Json(h.article.authors.value); }},
    Field{"topics", true, [](const Hit& h, std::uint64_t) { return Json(h.article.topics.value); }},
    Field{"language", true,
          [](const Hit& h, std::uint64_t) { return text_or_null(h.article.language); }},
    Field{"url", true, [](const Hit& h, std::uint64_t) { return text_or_null(h.article.url); }},
    Field{"entities", true, [](const Hit& h, std::uint64_t) { return entities_json(h); }},
    Field{"provenance", true, [](const Hit& h, std::uint64_t) { return provenance_json(h); }},
    Field{"generation", false,
          [](const Hit&, std::uint64_t generation) { return Json(generation); }},
    Field{"score_parts", false, [](const Hit& h, std::uint64_t) { return score_parts_json(h); }},
    Field{"first_seen", false,
          [](const Hit& h, std::uint64_t) { return time_json(h.history.first_seen); }},
    Field{"last_changed", false,
          [](const Hit& h, std::uint64_t) { return time_json(h.history.last_changed); }},
    Field{"changes", false, [](const Hit& h, std::uint64_t) { return Json(h.history.changes); }},
    Field{"text", true, [](const Hit& h, std::uint64_t) { return Json(h.article.body); }},
};

const Field* find_field(std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

/// One element of a list: what it is called, where it has a name.
std::string element_text(const Json& element) {
  if (element.is_object() && element.contains("name")) return cell_text(element["name"]);
  return element.is_string() ? cell_text(element) : dump_json(element);
}

}  // namespace

ShownTitle shown_title(const Hit& hit) {
  if (hit.article.title) return {hit.article.title.value, hit.title_marks, false};
  const auto& text = hit.article.deck ? hit.article.deck.value : hit.article.body;
  return {ellipsize(printable(text.substr(0, 4 * title_columns)), title_columns), {}, true};
}

std::vector<std::string_view> field_names() {
  std::vector<std::string_view> names;
  for (const auto& field : fields) names.push_back(field.name);
  return names;
}

bool is_field(std::string_view name) { return find_field(name) != nullptr; }

bool need_article(std::span<const std::string> names) {
  return std::ranges::any_of(names, [](const auto& name) { return find_field(name)->stored; });
}

Json field_value(std::string_view name, const Hit& hit, std::uint64_t generation) {
  return find_field(name)->value(hit, generation);
}

std::string cell_text(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return printable(value.get_ref<const std::string&>());
  if (value.is_number_float()) return fmt::format("{:.4f}", value.get<double>());
  if (!value.is_array()) return dump_json(value);
  std::string text;
  for (const auto& element : value) {
    if (!text.empty()) text += "; ";
    text += element_text(element);
  }
  return text;
}

}  // namespace dateline
