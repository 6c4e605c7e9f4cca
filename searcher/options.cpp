// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/options.h"

#include <fmt/format.h>

#include <array>

#include "common/error.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view which = "Which articles";
constexpr std::string_view page = "Which of them to show";
constexpr std::string_view output = "How to show them";
constexpr std::string_view batch = "Many queries";
constexpr std::string_view general = "General";

constexpr std::array rows{
    OptionRow{"db", 0, "DIR", which,
              "the index directory; else $DATELINE_DB, else dateline/index in the XDG data folder"},
    OptionRow{"any", 0, "", which, "any word may match; by default all must"},
    OptionRow{"source", 0, "NAME", which,
              "only articles of this source, or of none stated: unknown; repeated: of any of them",
              true},
    OptionRow{"person", 0, "NAME", which,
              "only articles about this person: named in title or lead, or twice, or given", true},
    OptionRow{"org", 0, "NAME", which, "only articles about this organisation", true},
    OptionRow{"place", 0, "NAME", which, "only articles about this place", true},
    OptionRow{"entity", 0, "NAME", which, "only articles about this person, organisation or place",
              true},
    OptionRow{"all-mentions", 0, "", which,
              "let articles that name a person, organisation or place in passing count, too, in "
              "filters and facets"},
    OptionRow{"date", 0, "DATE", which,
              "only articles of this year, month or day (2023, 2023-03, 2023-03-17), range "
              "(2023-03..2023-05, ..2022, 2022..) or undated; repeated: of any of them",
              true},
    OptionRow{"since", 0, "DATE", which, "only articles of this year, month or day, or later"},
    OptionRow{"until", 0, "DATE", which, "only articles of this year, month or day, or earlier"},
    OptionRow{"limit", 'n', "N", page, "at most this many articles; 10, for trec 1000"},
    OptionRow{"offset", 0, "N", page, "leave out this many before them"},
    OptionRow{"sort", 0, "ORDER", page, "relevance, newest or oldest"},
    OptionRow{"format", 'f', "FORMAT", output, "text, json, jsonl, tsv or trec"},
    OptionRow{"facet-values", 0, "N", output,
              "at most this many values of each facet, 0 for no facets; 10, for json 50"},
    OptionRow{
        "profile", 0, "", output,
        "in place of articles, describe the one person, organisation or place named: its other "
        "names, first and last article, timeline, sources, and who and what appears with it"},
    OptionRow{"color", 0, "WHEN", output, "auto, always or never; auto respects $NO_COLOR"},
    OptionRow{"batch", 0, "FILE", batch,
              "run a query a line of FILE (- for stdin): its text, ID<TAB>TEXT, or a JSON object; "
              "answers come in the same order, as jsonl, tsv or trec"},
    OptionRow{"jobs", 'j', "N", batch, "threads for --batch; by default one for each core"},
    OptionRow{"help", 'h', "", general, "print this and exit"},
    OptionRow{"version", 'V', "", general, "print the version and exit"},
    OptionRow{"man-options", 0, "", general, "print the options in man page markup and exit"},
};

constexpr ProgramText program{"dateline-search", "search an index of news articles",
                              "[--db DIR] [options] QUERY...", true};

constexpr long max_page = 1'000'000;

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
      return {10, 0};
    case OutputFormat::trec:
      return {1000, 0};
  }
  return {10, 10};
}

DayRange day_range(std::string_view option, const std::string& value) {
  if (const auto range = parse_day_range(value)) return *range;
  throw Error(ExitCode::usage, fmt::format("--{} does not understand '{}'", option, value),
              "give a year, month or day such as 2023, 2023-03 or 2023-03-17");
}

}  // namespace

std::span<const OptionRow> search_options() { return rows; }
const ProgramText& search_program() { return program; }

OutputFormat output_format(const ParsedOptions& options, OutputFormat fallback) {
  constexpr std::array names{"text"sv, "json"sv, "jsonl"sv, "tsv"sv, "trec"sv};
  const auto name = options.choice("format", names[static_cast<std::size_t>(fallback)], names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (name == names[i]) return static_cast<OutputFormat>(i);
  }
  return fallback;
}

void set_sort(SearchRequest& request, const std::string& value) {
  if (value == "relevance") {
    request.sort = SortOrder::relevance;
  } else if (value == "newest") {
    request.sort = SortOrder::newest;
  } else if (value == "oldest") {
    request.sort = SortOrder::oldest;
  } else {
    throw Error(ExitCode::usage, fmt::format("there is no sort order '{}'", value),
                "give one of: relevance, newest, oldest");
  }
}

void set_since(Filters& filters, const std::string& value) {
  filters.since = day_range("since", value).first;
}

void set_until(Filters& filters, const std::string& value) {
  filters.until = day_range("until", value).last;
}

void add_date(Filters& filters, const std::string& value) {
  if (value == undated_value) {
    filters.undated = true;
  } else {
    filters.dates.push_back(day_range("date", value));
  }
}

void refuse_empty(const SearchRequest& request) {
  const auto& f = request.filters;
  const bool filtered = !f.values.empty() || !f.entities.empty() || !f.dates.empty() || f.undated ||
                        f.since || f.until;
  if (filtered || request.query.find_first_not_of(" \t\r\n") != std::string::npos) return;
  throw Error(ExitCode::usage, "there is nothing to look for",
              "dateline-search WORD..., or a filter such as --source NAME");
}

SearchRequest request_from(const ParsedOptions& options, OutputFormat format) {
  SearchRequest request;
  request.mode = options.has("any") ? QueryMode::any : QueryMode::all;
  for (const auto facet : value_facets) {
    auto values = options.values(name_of(facet));
    if (!values.empty()) request.filters.values[facet] = std::move(values);
  }
  request.filters.entities = options.values("entity");
  request.filters.all_mentions = options.has("all-mentions");
  for (const auto& date : options.values("date")) add_date(request.filters, date);
  if (options.has("since")) set_since(request.filters, options.value("since"));
  if (options.has("until")) set_until(request.filters, options.value("until"));
  set_sort(request, options.value("sort", "relevance"));
  const auto defaults = defaults_for(format);
  request.limit = static_cast<std::size_t>(options.number("limit", defaults.limit, 0, max_page));
  request.offset = static_cast<std::size_t>(options.number("offset", 0, 0, max_page));
  request.facet_values =
      static_cast<std::size_t>(options.number("facet-values", defaults.facet_values, 0, max_page));
  if (format == OutputFormat::trec) request.snippet_columns = 0;
  return request;
}

}  // namespace dateline
