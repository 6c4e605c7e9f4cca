// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "common/json.h"
#include "searcher/engine/request.h"

namespace dateline {

/// A title to show: the article's own, else the first words of its text.
struct ShownTitle {
  std::string text;
  Marks marks;
  bool first_words = false;  ///< the article states no title
};
ShownTitle shown_title(const Hit& hit);

/// The result as docs/json-output.md describes it.
Json result_json(const SearchResult& result, const SearchRequest& request);

/// A line a hit: rank, score, date, source, id, title, path; separated by tabs. Tabs and line
/// breaks inside a value are spaces; what is unknown is empty. In a batch each line begins with the
/// query's id.
std::string result_tsv(const SearchResult& result, const std::string& query_id = {});

/// A line a hit as trec_eval reads it: query id, "Q0", article id, rank, score, "dateline". White
/// space inside an id is '_'.
std::string result_trec(const SearchResult& result, const std::string& query_id);

}  // namespace dateline
