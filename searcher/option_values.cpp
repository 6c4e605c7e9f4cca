// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"
#include "searcher/options.h"
#include "searcher/output/fields.h"
#include "searcher/query/date_words.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

constexpr std::array format_names{"text"sv, "json"sv, "jsonl"sv, "tsv"sv,
                                  "csv"sv,  "trec"sv, "ids"sv};

/// What a page of results is, if nobody says.
struct Defaults {
  long limit;
  long facet_values;
};
Defaults defaults_for(OutputFormat format) {
  switch (format) {
    case OutputFormat::text:
      return {10, 10};
    case OutputFormat::json:
    case OutputFormat::jsonl:
      return {10, 50};
    case OutputFormat::tsv:
    case OutputFormat::csv:
    case OutputFormat::ids:
      return {10, 0};
    case OutputFormat::trec:
      return {1000, 0};
  }
  return {10, 10};
}

void refuse_backward_bounds(const Filters& filters) {
  if (!filters.since || !filters.until || *filters.since <= *filters.until) return;
  throw Error(ExitCode::usage,
              fmt::format("--since {} is behind --until {}", format_day(*filters.since),
                          format_day(*filters.until)),
              "exchange the two");
}

/// "#17" or "generation:17".
std::optional<std::uint64_t> generation_in(std::string_view value) {
  constexpr std::string_view word = "generation:";
  if (value.starts_with(word)) {
    value.remove_prefix(word.size());
  } else if (value.starts_with('#')) {
    value.remove_prefix(1);
  } else {
    return std::nullopt;
  }
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (problem != std::errc{} || end != value.data() + value.size()) return std::nullopt;
  return number;
}

/// Seconds since 1970 UTC of a second of a local day, or of a zone's.
std::int64_t seconds_of(Day day, std::int32_t second, std::optional<std::int32_t> offset_minutes) {
  if (offset_minutes) {
    return std::chrono::sys_seconds(day).time_since_epoch().count() + second - *offset_minutes * 60;
  }
  const std::chrono::year_month_day date(day);
  std::tm local{};
  local.tm_year = static_cast<int>(date.year()) - 1900;
  local.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  local.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
  local.tm_sec = second;
  local.tm_isdst = -1;
  return std::mktime(&local);
}

/// "2026-11-22T10:30", with seconds and a zone where it has them.
std::optional<std::int64_t> time_in(const std::string& value) {
  const auto t = value.find('T');
  if (t == std::string::npos || !parse_day_range(std::string_view(value).substr(0, t))) {
    return std::nullopt;
  }
  const auto parsed = parse_date(value, latest_range_day());
  const auto* time = std::get_if<Timestamp>(&parsed);
  if (time == nullptr || !time->second_of_day) return std::nullopt;
  return seconds_of(time->day, *time->second_of_day, time->utc_offset_minutes);
}

DayRange day_range(std::string_view option, const std::string& value, Day today) {
  if (const auto range = parse_date_words(value, today)) return *range;
  throw Error(ExitCode::usage, fmt::format("--{} does not understand '{}'", option, value),
              "give a year, month or day such as 2023, 2023-03 or 2023-03-17, or \"last 3 weeks\"");
}

/// The days of one date, as against a range of two.
DayRange one_date(std::string_view option, const std::string& value, Day today) {
  if (value.find("..") != std::string::npos) {
    throw Error(ExitCode::usage,
                fmt::format("--{} takes one date, not the range '{}'", option, value),
                fmt::format("--date {}", value));
  }
  return day_range(option, value, today);
}

Day today_of(const ParsedOptions& options) {
  if (!options.has("today")) return local_day();
  const auto range = parse_day_range(options.value("today"));
  if (range && range->first == range->last) return range->first;
  throw Error(ExitCode::usage,
              fmt::format("--today does not understand '{}'", options.value("today")),
              "give a day such as 2023-03-17");
}

double days_of(const std::string& value) {
  double days = 0;
  const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), days);
  return problem == std::errc{} && end == value.data() + value.size() ? days : 0;
}

std::optional<DateUnit> unit_named(std::string_view name) {
  constexpr std::array names{"year"sv, "month"sv, "week"sv, "day"sv};
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<DateUnit>(found - names.begin());
}

/// "put*" without its star; none where it is no prefix.
std::optional<std::string> prefix_of(std::string_view text) {
  if (text.size() < 2 || text.find('*') != text.size() - 1) return std::nullopt;
  return std::string(text.substr(0, text.size() - 1));
}

FacetRequest facet_request(const std::string& value) {
  const auto colon = value.find(':');
  const auto facet = facet_named(std::string_view(value).substr(0, colon));
  if (!facet) {
    throw Error(ExitCode::usage, fmt::format("there is no facet '{}'", value.substr(0, colon)),
                "give one of: source, date, person, org, place, author, lang, topic");
  }
  FacetRequest request{*facet, {}, {}};
  if (colon == std::string::npos) return request;
  const auto rest = value.substr(colon + 1);
  if (*facet == Facet::date) {
    request.unit = unit_named(rest);
    if (request.unit) return request;
    throw Error(ExitCode::usage, fmt::format("dates are not counted by '{}'", rest),
                "give one of: date:year, date:month, date:week, date:day");
  }
  auto prefix = prefix_of(rest);
  if (!prefix) {
    throw Error(ExitCode::usage, fmt::format("'{}' is not how a word begins", rest),
                fmt::format("--facet '{}:put*'", name_of(*facet)));
  }
  request.prefix = std::move(*prefix);
  return request;
}

std::size_t size_of(const ParsedOptions& options, std::string_view name, long fallback) {
  return static_cast<std::size_t>(options.number(name, fallback));
}

void take_filters(const ParsedOptions& options, SearchRequest& request) {
  auto& filters = request.filters;
  for (const auto facet : value_facets) {
    auto values = options.values(name_of(facet));
    if (!values.empty()) filters.values[facet] = std::move(values);
  }
  filters.entities = options.values("entity");
  filters.all_mentions = options.has("all-mentions");
  for (const auto& date : options.values("date")) add_date(request, date);
  if (options.has("since")) set_since(request, options.value("since"));
  if (options.has("until")) set_until(request, options.value("until"));
  if (options.has("changed-since")) set_changed_since(request, options.value("changed-since"));
  refuse_backward_bounds(request.filters);
}

void take_facets(const ParsedOptions& options, OutputFormat format, SearchRequest& request) {
  const bool wanted = options.has("facet") || options.has("facets-only");
  const auto fallback = defaults_for(format).facet_values;
  request.facet_values = size_of(options, "facet-values", wanted && fallback == 0 ? 10 : fallback);
  set_facet_order(request, options.value("facet-sort", "count"));
  request.facet_sizes = options.has("facet-sizes");
  for (const auto& facet : options.values("facet")) add_facet(request, facet);
  if (request.facet_values == 0) {
    request.facets.clear();
  } else if (request.facets.empty()) {
    request.facets = default_facets();
  }
}

std::vector<std::string> field_list(const std::string& text) {
  std::vector<std::string> fields;
  for (std::size_t at = 0; at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    fields.push_back(text.substr(at, comma - at));
    at = comma + 1;
    if (!is_field(fields.back())) {
      throw Error(ExitCode::usage, fmt::format("an article has no field '{}'", fields.back()),
                  fmt::format("give some of: {}", fmt::join(field_names(), ",")));
    }
    if (std::ranges::count(fields, fields.back()) > 1) {
      throw Error(ExitCode::usage, fmt::format("the field '{}' stands twice", fields.back()),
                  "give it once");
    }
  }
  return fields;
}

void refuse_together(bool wrong, std::string_view option, std::string_view remedy) {
  if (!wrong) return;
  throw Error(ExitCode::usage, fmt::format("{} does nothing here", option), std::string(remedy));
}

}  // namespace

Day local_day() {
  const auto now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return std::chrono::year_month_day(std::chrono::year(local.tm_year + 1900),
                                     std::chrono::month(static_cast<unsigned>(local.tm_mon + 1)),
                                     std::chrono::day(static_cast<unsigned>(local.tm_mday)));
}

std::string_view name_of(OutputFormat format) {
  return format_names[static_cast<std::size_t>(format)];
}

OutputFormat output_format(const ParsedOptions& options, std::span<const OutputFormat> allowed) {
  std::vector<std::string_view> names;
  for (const auto format : allowed) names.push_back(name_of(format));
  if (const auto asked = options.value("format");
      options.typed("format") && std::ranges::find(names, asked) == names.end()) {
    throw Error(ExitCode::usage, fmt::format("--format {} is not for what is asked here", asked),
                fmt::format("give one of: {}", fmt::join(names, ", ")));
  }
  const auto name = options.choice("format", names.front(), names);
  return allowed[static_cast<std::size_t>(std::ranges::find(names, name) - names.begin())];
}

OutputOptions output_options_from(const ParsedOptions& options, OutputFormat format) {
  using enum OutputFormat;
  const bool json_like = format == json || format == jsonl;
  const auto version = options.number("format-version", json_format_version);
  if (version != json_format_version) {
    throw Error(ExitCode::usage, fmt::format("there is no version {} of the JSON output", version),
                fmt::format("--format-version {}", json_format_version));
  }
  OutputOptions output;
  output.format = format;
  if (options.has("fields")) output.fields = field_list(options.value("fields"));
  output.full = options.has("full");
  output.count = options.has("count");
  output.facets_only = options.has("facets-only");
  output.header = format == csv || (format == tsv && options.has("header"));
  output.raw_cells = options.has("raw-cells");
  if (options.has("null")) output.id_separator = '\0';

  const bool in_columns = format == tsv || format == csv;
  refuse_together(options.has("fields") && !(json_like || in_columns || format == text),
                  fmt::format("--fields with --format {}", name_of(format)),
                  "give another --format");
  refuse_together(output.full && !(json_like || format == text),
                  fmt::format("--full with --format {}", name_of(format)),
                  "--format text, json or jsonl; or --fields id,text");
  refuse_together(options.typed("header") && !in_columns, "--header", "--format tsv --header");
  refuse_together(options.typed("raw-cells") && !in_columns, "--raw-cells",
                  "--format tsv --raw-cells");
  refuse_together(options.has("null") && format != ids, "--null", "--format ids --null");
  refuse_together(options.has("facet") && !output.facets_only && !json_like && format != text,
                  fmt::format("--facet with --format {}", name_of(format)),
                  in_columns ? "--facets-only, or give another --format" : "give another --format");
  refuse_together(options.has("facet-sizes") && !json_like && format != text,
                  fmt::format("--facet-sizes with --format {}", name_of(format)),
                  "give another --format");
  refuse_together(output.facets_only && (format == ids || format == trec),
                  fmt::format("--facets-only with --format {}", name_of(format)),
                  "give another --format");
  refuse_together(
      output.facets_only && options.typed("facet-values") && options.number("facet-values", 1) == 0,
      "--facets-only with --facet-values 0", "leave one of them out");
  constexpr std::array beside_count{"fields"sv, "full"sv,    "facets-only"sv, "facet"sv,
                                    "open"sv,   "explain"sv, "null"sv,        "facet-sizes"sv};
  if (output.count) refuse_beside(options, "--count", beside_count);
  constexpr std::array beside_facets{"fields"sv, "full"sv, "open"sv};
  if (output.facets_only) refuse_beside(options, "--facets-only", beside_facets);
  return output;
}

/// Of the newest alone can be told which they are without looking at the rest.
void leave_out_total(const ParsedOptions& options, SearchRequest& request) {
  constexpr std::array beside{"facet"sv,      "facets-only"sv, "facet-values"sv,
                              "facet-sort"sv, "facet-sizes"sv, "count"sv,
                              "recency"sv,    "explain"sv,     "profile"sv};
  refuse_beside(options, "--no-total", beside);
  refuse_together(request.sort != SortOrder::newest, "--no-total without --sort newest",
                  "--sort newest --no-total");
  request.facets.clear();
  request.exact_total = false;
}

SearchRequest request_from(const ParsedOptions& options, OutputFormat format) {
  SearchRequest request;
  request.today = today_of(options);
  request.mode = options.has("any") ? QueryMode::any : QueryMode::all;
  take_filters(options, request);
  set_sort(request, options.value("sort", "relevance"));
  request.limit = size_of(options, "limit", defaults_for(format).limit);
  request.offset = size_of(options, "offset", 0);
  request.expand = options.has("expand");
  request.synonyms = !options.has("no-synonyms");
  if (options.has("recency")) set_recency(request, days_of(options.value("recency")));
  take_facets(options, format, request);
  request.explain = options.has("explain");
  if (options.has("no-total")) leave_out_total(options, request);
  return request;
}

void ask_only_for(const OutputOptions& output, SearchRequest& request) {
  if (output.count || output.facets_only) {
    request.limit = 0;
    request.offset = 0;
  }
  if (output.count) request.facets.clear();
  const bool bare = output.format == OutputFormat::trec || output.format == OutputFormat::ids ||
                    (!output.full && !output.fields.empty() && !need_article(output.fields));
  if (request.limit == 0 || bare) request.snippet_columns = 0;
  if (output.format == OutputFormat::ids) request.exact_total = false;  // it is not told
  if (request.limit == 0) request.exact_total = true;
}

bool asks_nothing(const SearchRequest& request) {
  const auto& f = request.filters;
  const bool filtered = !f.values.empty() || !f.entities.empty() || !f.dates.empty() || f.undated ||
                        f.since || f.until || f.changed_since;
  const bool like = !request.like_id.empty() || !request.like_text.empty();
  return !filtered && !like && request.query.find_first_not_of(" \t\r\n") == std::string::npos;
}

void refuse_empty(const SearchRequest& request) {
  if (!asks_nothing(request)) return;
  throw Error(ExitCode::usage, "there is nothing to look for",
              "dateline-search WORD..., a filter such as --source NAME, or --all");
}

void refuse_beside(const ParsedOptions& options, std::string_view mode,
                   std::span<const std::string_view> others) {
  for (const auto other : others) {
    if (!options.typed(other)) continue;
    throw Error(ExitCode::usage, fmt::format("--{} does nothing beside {}", other, mode),
                "leave one of them out");
  }
}

void set_sort(SearchRequest& request, const std::string& value) {
  if (value == "relevance") {
    request.sort = SortOrder::relevance;
  } else if (value == "newest") {
    request.sort = SortOrder::newest;
  } else if (value == "oldest") {
    request.sort = SortOrder::oldest;
  } else if (value == "changed") {
    request.sort = SortOrder::changed;
  } else {
    throw Error(ExitCode::usage, fmt::format("there is no sort order '{}'", value),
                "give one of: relevance, newest, oldest, changed");
  }
}

void set_facet_order(SearchRequest& request, const std::string& value) {
  if (value == "count") {
    request.facet_order = FacetOrder::count;
  } else if (value == "name") {
    request.facet_order = FacetOrder::name;
  } else if (value == "significance") {
    request.facet_order = FacetOrder::significance;
  } else {
    throw Error(ExitCode::usage, fmt::format("there is no order of facets '{}'", value),
                "give one of: count, name, significance");
  }
}

void set_recency(SearchRequest& request, double days) {
  constexpr double most = 100'000;
  if (!std::isfinite(days) || days <= 0 || days > most) {
    throw Error(ExitCode::usage,
                fmt::format("recency takes a number of days above 0, at most {}", most),
                "--recency 30: freshness counts half after a month");
  }
  request.recency_days = days;
}

void set_since(SearchRequest& request, const std::string& value) {
  request.filters.since = one_date("since", value, request.today).first;
}

void set_until(SearchRequest& request, const std::string& value) {
  request.filters.until = one_date("until", value, request.today).last;
}

void add_date(SearchRequest& request, const std::string& value) {
  if (value == undated_value) {
    request.filters.undated = true;
  } else {
    request.filters.dates.push_back(day_range("date", value, request.today));
  }
}

void set_changed_since(SearchRequest& request, const std::string& value) {
  ChangedSince since;
  since.written = value;
  if (const auto generation = generation_in(value)) {
    since.generation = *generation;
  } else if (const auto time = time_in(value)) {
    since.time = *time;
  } else if (const auto days = parse_date_words(value, request.today);
             days && value.find("..") == std::string::npos) {
    since.time = seconds_of(days->first, 0, std::nullopt);
  } else {
    throw Error(ExitCode::usage,
                fmt::format("--changed-since does not understand '{}'", printable(value)),
                "give a date or a time such as 2026-11-22 or 2026-11-22T10:30Z, or a generation "
                "such as generation:17");
  }
  request.filters.changed_since = since;
}

void add_facet(SearchRequest& request, const std::string& value) {
  auto facet = facet_request(value);
  const auto same = [&](const FacetRequest& other) { return other.facet == facet.facet; };
  if (std::ranges::any_of(request.facets, same)) {
    throw Error(ExitCode::usage,
                fmt::format("the facet '{}' is asked for twice", name_of(facet.facet)),
                "give it once");
  }
  request.facets.push_back(std::move(facet));
}

bool within_bounds(std::string_view name, std::uint64_t value) {
  const auto* row = find_option(search_options(), name);
  return row != nullptr && std::cmp_greater_equal(value, row->low) &&
         std::cmp_less_equal(value, row->high);
}

}  // namespace dateline
