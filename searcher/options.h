// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "common/options.h"
#include "searcher/engine/request.h"

namespace dateline {

/// The options of dateline-search: parser, --help and man page are made from them.
std::span<const OptionRow> search_options();
const ProgramText& search_program();

enum class OutputFormat { text, json, jsonl, tsv, trec };

/// The value of --format. Throws Error(usage).
OutputFormat output_format(const ParsedOptions& options, OutputFormat fallback);

/// What the options ask for, without the query. Throws Error(usage) for a value that is none.
SearchRequest request_from(const ParsedOptions& options, OutputFormat format);

/// Refuses a request that asks for nothing: a blank query without any filter. Throws Error(usage).
void refuse_empty(const SearchRequest& request);

/// Reads a value of --sort, --since, --until or --date into `request`; for options and batch alike.
void set_sort(SearchRequest& request, const std::string& value);
void set_since(Filters& filters, const std::string& value);
void set_until(Filters& filters, const std::string& value);
void add_date(Filters& filters, const std::string& value);

}  // namespace dateline
