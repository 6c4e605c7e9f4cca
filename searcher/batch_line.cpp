// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/batch_line.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/json.h"
#include "searcher/options.h"

namespace dateline {
namespace {

constexpr std::size_t max_number = 1'000'000;

[[noreturn]] void wrong(const std::string& key, std::string_view wanted) {
  throw Error(ExitCode::usage, fmt::format("'{}' must be {}", key, wanted),
              "see dateline-search(1), section BATCH");
}

std::string text_of(const std::string& key, const Json& value) {
  if (!value.is_string()) wrong(key, "a string");
  return value.get<std::string>();
}

std::vector<std::string> texts_of(const std::string& key, const Json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  if (!value.is_array()) wrong(key, "a string or an array of strings");
  std::vector<std::string> texts;
  for (const auto& v : value) texts.push_back(text_of(key, v));
  return texts;
}

std::size_t number_of(const std::string& key, const Json& value) {
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > max_number) {
    wrong(key, fmt::format("a whole number from 0 to {}", max_number));
  }
  return value.get<std::size_t>();
}

bool truth_of(const std::string& key, const Json& value) {
  if (!value.is_boolean()) wrong(key, "true or false");
  return value.get<bool>();
}

std::optional<Facet> facet_named(const std::string& name) {
  const auto found = std::ranges::find(value_facets, name, [](Facet f) { return name_of(f); });
  if (found == value_facets.end()) return std::nullopt;
  return *found;
}

void apply(const std::string& key, const Json& value, SearchRequest& request) {
  auto& filters = request.filters;
  if (const auto facet = facet_named(key)) {
    filters.values[*facet] = texts_of(key, value);
  } else if (key == "entity") {
    filters.entities = texts_of(key, value);
  } else if (key == "date") {
    filters.dates.clear();
    filters.undated = false;
    for (const auto& date : texts_of(key, value)) add_date(filters, date);
  } else if (key == "since") {
    set_since(filters, text_of(key, value));
  } else if (key == "until") {
    set_until(filters, text_of(key, value));
  } else if (key == "sort") {
    set_sort(request, text_of(key, value));
  } else if (key == "any") {
    request.mode = truth_of(key, value) ? QueryMode::any : QueryMode::all;
  } else if (key == "all_mentions") {
    filters.all_mentions = truth_of(key, value);
  } else if (key == "n") {
    request.limit = number_of(key, value);
  } else if (key == "offset") {
    request.offset = number_of(key, value);
  } else if (key == "facet_values") {
    request.facet_values = number_of(key, value);
  } else {
    throw Error(ExitCode::usage, fmt::format("a query has no '{}'", key),
                "see dateline-search(1), section BATCH");
  }
}

std::string id_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  wrong("id", "a string or a whole number");
}

BatchLine parse_object(const std::string& line, BatchLine parsed) {
  const auto j = Json::parse(line, nullptr, false);
  try {
    if (j.is_discarded() || !j.is_object()) {
      throw Error(ExitCode::usage, "the line is no JSON object", "write one object a line");
    }
    if (j.contains("id")) parsed.id = id_of(j["id"]);
    if (j.contains("query")) parsed.request.query = text_of("query", j["query"]);
    for (const auto& [key, value] : j.items()) {
      if (key != "id" && key != "query") apply(key, value, parsed.request);
    }
    return parsed;
  } catch (const Error& e) {
    throw BatchLineError{parsed.id, parsed.request.query, e};
  }
}

}  // namespace

BatchLine parse_batch_line(const std::string& line, const std::string& fallback_id,
                           const SearchRequest& defaults) {
  BatchLine parsed{fallback_id, defaults};
  const auto first = line.find_first_not_of(' ');
  if (first != std::string::npos && line[first] == '{')
    return parse_object(line, std::move(parsed));
  const auto tab = line.find('\t');
  if (tab != std::string::npos && tab > 0) parsed.id = line.substr(0, tab);
  parsed.request.query = tab == std::string::npos ? line : line.substr(tab + 1);
  return parsed;
}

}  // namespace dateline
