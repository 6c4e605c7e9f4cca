// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/options.h"
#include "searcher/engine/request.h"

namespace dateline {

/// The options of dateline-search: parser, --help, man page and completions are made from them.
std::span<const OptionRow> search_options();
const ProgramText& search_program();

enum class OutputFormat { text, json, jsonl, tsv, csv, trec, ids };

/// "text", "json", ...: a value of --format.
std::string_view name_of(OutputFormat format);

/// The value of --format, which must be one of `allowed`; the first of them where there is none.
/// Throws Error(usage).
OutputFormat output_format(const ParsedOptions& options, std::span<const OutputFormat> allowed);

/// The version of the JSON objects that this program prints: docs/json-output.md.
inline constexpr long json_format_version = 1;

/// How an answer is printed.
struct OutputOptions {
  OutputFormat format = OutputFormat::text;
  std::vector<std::string> fields;  ///< of a hit, in this order; none: those of the format
  bool full = false;                ///< the article's whole text
  bool count = false;               ///< the total, and nothing else
  bool facets_only = false;
  bool header = false;       ///< a first line with the names of the columns
  bool raw_cells = false;    ///< text that a spreadsheet takes for a formula, as it is
  char id_separator = '\n';  ///< of OutputFormat::ids
};

/// Throws Error(usage) for options that do not go together.
OutputOptions output_options_from(const ParsedOptions& options, OutputFormat format);

/// What the options ask for, without the query. Throws Error(usage) for a value that is none.
SearchRequest request_from(const ParsedOptions& options, OutputFormat format);

/// Leaves out of the request whatever `output` does not show.
void ask_only_for(const OutputOptions& output, SearchRequest& request);

/// Whether a request has a blank query, no filter and no article to be like.
bool asks_nothing(const SearchRequest& request);

/// Refuses a request that asks for nothing: a blank query without any filter and without an article
/// to be like. Throws Error(usage).
void refuse_empty(const SearchRequest& request);

/// Refuses options that were given and do nothing beside `mode`: "--profile". Throws Error(usage).
void refuse_beside(const ParsedOptions& options, std::string_view mode,
                   std::span<const std::string_view> others);

/// The day that relative dates count from where nobody says.
Day local_day();

// The values of single options; for options and batch alike. All throw Error(usage).

void set_sort(SearchRequest& request, const std::string& value);
void set_facet_order(SearchRequest& request, const std::string& value);
/// Days after which freshness counts half.
void set_recency(SearchRequest& request, double days);
/// The dates count from request.today.
void set_since(SearchRequest& request, const std::string& value);
void set_until(SearchRequest& request, const std::string& value);
void add_date(SearchRequest& request, const std::string& value);
/// A date or time, which is local where it states no zone; or a generation: "#17".
void set_changed_since(SearchRequest& request, const std::string& value);
/// "source", "person:put*", "date:month"; none twice.
void add_facet(SearchRequest& request, const std::string& value);
/// Whether `value` is within the bounds of the option called `name`, which takes a number.
bool within_bounds(std::string_view name, std::uint64_t value);

}  // namespace dateline
