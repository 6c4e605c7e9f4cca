// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "common/index/manifest.h"
#include "searcher/query/syntax.h"

namespace dateline {

/// A query word as the index knows it: the terms it has in the languages of the index. An article
/// matches it by any of them.
struct PlanWord {
  QueryField field = QueryField::text;
  std::vector<std::string> terms;  ///< without prefix; in byte order, at least one
  std::size_t asked = 0;           ///< how often the query asks for it; 0: only to exclude
  friend bool operator==(const PlanWord& a, const PlanWord& b) {
    return a.field == b.field && a.terms == b.terms;
  }
};

/// A QueryNode whose words are positions in QueryPlan::words.
struct PlanNode {
  QueryNode::Kind kind = QueryNode::Kind::all;
  QueryField field = QueryField::text;
  std::vector<std::size_t> words;
  std::vector<PlanNode> children;
};

/// A query ready to be run against any segment of one index.
struct QueryPlan {
  std::vector<PlanWord> words;  ///< each once
  PlanNode root;

  bool scores() const;
};

/// `languages`: of the index's articles, whose stemmers the words go through.
QueryPlan make_plan(const QueryNode& query, const std::vector<std::string>& languages);

}  // namespace dateline
