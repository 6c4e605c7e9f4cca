// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "common/json.h"
#include "searcher/engine/request.h"
#include "searcher/options.h"
#include "searcher/output/fields.h"

namespace dateline {

/// An object that says its version, as docs/json-output.md describes: to add to.
Json versioned_json();

/// The result as docs/json-output.md describes it.
Json result_json(const SearchResult& result, const SearchRequest& request,
                 const OutputOptions& output = {});

/// A result as `output.format` has it, but for text: one object, an object a hit, a line a hit, or
/// with facets_only a line a value and with count a number. `query_id` is the query's in a batch:
/// it stands first in a line, and every jsonl answer is then one object.
std::string result_record(const SearchResult& result, const SearchRequest& request,
                          const OutputOptions& output, const std::string& query_id = {});

/// The names of the columns of result_record(); "" where there is no such line.
std::string header_record(const OutputOptions& output, const SearchRequest& request,
                          bool with_query_id);

/// An id in one word, as a TREC run and qrels have it: white space is '_'.
std::string trec_word(std::string_view id);

}  // namespace dateline
