// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/batch_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "common/json.h"
#include "searcher/options.h"

namespace dateline {
namespace {

constexpr std::string_view see = "see dateline-search(1), section BATCH";

[[noreturn]] void wrong(std::string_view key, std::string_view wanted) {
  throw Error(ExitCode::usage, fmt::format("'{}' must be {}", key, wanted), std::string(see));
}

std::string text_of(std::string_view key, const Json& value) {
  if (!value.is_string()) wrong(key, "a string");
  return value.get<std::string>();
}

/// In place of a query, a text without words would ask for everything.
std::string words_of(std::string_view key, const Json& value) {
  auto text = text_of(key, value);
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) wrong(key, "more than blanks");
  return text;
}

std::vector<std::string> texts_of(std::string_view key, const Json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  if (!value.is_array()) wrong(key, "a string or an array of strings");
  std::vector<std::string> texts;
  for (const auto& v : value) texts.push_back(text_of(key, v));
  return texts;
}

/// A number with the bounds that `option` has on the command line.
std::size_t number_of(std::string_view key, const Json& value, std::string_view option) {
  if (!value.is_number_unsigned() || !within_bounds(option, value.get<std::uint64_t>())) {
    const auto& row = *find_option(search_options(), option);
    wrong(key, fmt::format("a whole number from {} to {}", row.low, row.high));
  }
  return value.get<std::size_t>();
}

bool truth_of(std::string_view key, const Json& value) {
  if (!value.is_boolean()) wrong(key, "true or false");
  return value.get<bool>();
}

void set_facets(const Json& value, SearchRequest& request) {
  request.facets.clear();
  for (const auto& facet : texts_of("facets", value)) add_facet(request, facet);
  constexpr std::size_t usual_values = 50;
  if (request.facet_values == 0) request.facet_values = usual_values;
}

void set_facet_values(const Json& value, SearchRequest& request) {
  request.facet_values = number_of("facet_values", value, "facet-values");
  if (request.facet_values == 0) {
    request.facets.clear();
  } else if (request.facets.empty()) {
    request.facets = default_facets();
  }
}

void set_dates(const Json& value, SearchRequest& request) {
  request.filters.dates.clear();
  request.filters.undated = false;
  for (const auto& date : texts_of("date", value)) add_date(request, date);
}

/// A key of an object, but for id, query and the facets by name.
struct Key {
  std::string_view name;
  void (*apply)(const Json& value, BatchLine& line);
};

constexpr std::array keys{
    Key{"any",
        [](const Json& v, BatchLine& l) {
          l.request.mode = truth_of("any", v) ? QueryMode::any : QueryMode::all;
        }},
    Key{"all", [](const Json& v, BatchLine& l) { l.everything = truth_of("all", v); }},
    Key{"all_mentions",
        [](const Json& v, BatchLine& l) {
          l.request.filters.all_mentions = truth_of("all_mentions", v);
        }},
    Key{"entity",
        [](const Json& v, BatchLine& l) { l.request.filters.entities = texts_of("entity", v); }},
    Key{"date", [](const Json& v, BatchLine& l) { set_dates(v, l.request); }},
    Key{"since", [](const Json& v, BatchLine& l) { set_since(l.request, text_of("since", v)); }},
    Key{"until", [](const Json& v, BatchLine& l) { set_until(l.request, text_of("until", v)); }},
    Key{"changed_since",
        [](const Json& v, BatchLine& l) {
          set_changed_since(l.request, text_of("changed_since", v));
        }},
    Key{"sort", [](const Json& v, BatchLine& l) { set_sort(l.request, text_of("sort", v)); }},
    Key{"n", [](const Json& v, BatchLine& l) { l.request.limit = number_of("n", v, "limit"); }},
    Key{"offset",
        [](const Json& v, BatchLine& l) { l.request.offset = number_of("offset", v, "offset"); }},
    Key{"facets", [](const Json& v, BatchLine& l) { set_facets(v, l.request); }},
    Key{"facet_sort",
        [](const Json& v, BatchLine& l) { set_facet_order(l.request, text_of("facet_sort", v)); }},
    Key{"facet_sizes",
        [](const Json& v, BatchLine& l) { l.request.facet_sizes = truth_of("facet_sizes", v); }},
    Key{"facet_values", [](const Json& v, BatchLine& l) { set_facet_values(v, l.request); }},
    Key{"expand", [](const Json& v, BatchLine& l) { l.request.expand = truth_of("expand", v); }},
    Key{"synonyms",
        [](const Json& v, BatchLine& l) { l.request.synonyms = truth_of("synonyms", v); }},
    Key{"recency",
        [](const Json& v, BatchLine& l) {
          if (!v.is_number()) wrong("recency", "a number of days");
          set_recency(l.request, v.get<double>());
        }},
    Key{"like", [](const Json& v, BatchLine& l) { l.request.like_id = words_of("like", v); }},
    Key{"like_text",
        [](const Json& v, BatchLine& l) { l.request.like_text = words_of("like_text", v); }},
    Key{"explain", [](const Json& v, BatchLine& l) { l.request.explain = truth_of("explain", v); }},
    Key{"count", [](const Json& v, BatchLine& l) { l.count = truth_of("count", v); }},
};

void apply(const std::string& name, const Json& value, BatchLine& line) {
  if (const auto facet = facet_named(name); facet && *facet != Facet::date) {
    line.request.filters.values[*facet] = texts_of(name, value);
    return;
  }
  const auto key = std::ranges::find(keys, name, &Key::name);
  if (key == keys.end()) {
    throw Error(ExitCode::usage, fmt::format("a query has no '{}'", name), std::string(see));
  }
  key->apply(value, line);
}

std::string id_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  wrong("id", "a string or a whole number");
}

/// An article to be like stands in place of a query, and so does every article.
void refuse_contradictions(const SearchRequest& request, bool all) {
  if (all && request.query.find_first_not_of(" \t\r\n") != std::string::npos) {
    throw Error(ExitCode::usage, "'all' stands beside 'query'", "leave one of them out");
  }
  const int asked = (request.query.empty() ? 0 : 1) + (request.like_id.empty() ? 0 : 1) +
                    (request.like_text.empty() ? 0 : 1);
  if (asked <= 1) return;
  throw Error(ExitCode::usage, "'query', 'like' and 'like_text' stand in place of each other",
              "give one of them");
}

/// An object, and a key that it has twice, which would leave open what is meant.
struct ReadObject {
  Json object;
  std::string twice;
};

ReadObject read_object(const std::string& line) {
  ReadObject read;
  std::set<std::string> keys_seen;
  const auto note_key = [&](int depth, Json::parse_event_t event, const Json& part) {
    if (depth == 1 && event == Json::parse_event_t::key) {
      const auto& key = part.get_ref<const std::string&>();
      if (!keys_seen.insert(key).second) read.twice = key;
    }
    return true;
  };
  read.object = Json::parse(line, note_key, false);
  return read;
}

BatchLine parse_object(const std::string& line, BatchLine parsed) {
  const auto [j, twice] = read_object(line);
  try {
    if (j.is_discarded() || !j.is_object()) {
      throw Error(ExitCode::usage, "the line is no JSON object", "write one object a line");
    }
    if (j.contains("id")) {
      if (auto id = id_of(j["id"]); !id.empty()) parsed.id = std::move(id);
    }
    if (!twice.empty()) {
      throw Error(ExitCode::usage, fmt::format("the key '{}' stands twice", twice), "give it once");
    }
    if (j.contains("query")) parsed.request.query = text_of("query", j["query"]);
    for (const auto& [key, value] : j.items()) {
      if (key != "id" && key != "query") apply(key, value, parsed);
    }
    refuse_contradictions(parsed.request, j.value("all", false));
    return parsed;
  } catch (const Error& e) {
    throw BatchLineError{parsed.id, parsed.request.query, e};
  }
}

}  // namespace

BatchLine parse_batch_line(const std::string& line, BatchLine defaults) {
  const auto first = line.find_first_not_of(' ');
  if (first != std::string::npos && line[first] == '{') {
    return parse_object(line, std::move(defaults));
  }
  auto parsed = std::move(defaults);
  const auto tab = line.find('\t');
  if (tab != std::string::npos && tab > 0) parsed.id = line.substr(0, tab);
  parsed.request.query = tab == std::string::npos ? line : line.substr(tab + 1);
  return parsed;
}

}  // namespace dateline
