// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/date.h"
#include "common/index/snapshot.h"
#include "searcher/engine/values.h"
#include "searcher/engine/vocabulary.h"
#include "searcher/query/syntax.h"

namespace dateline {

/// A word of the index that a word of the query stands for.
struct PlanTerm {
  std::string term;
  float weight =
      1;  ///< how much an occurrence counts: less for another form than for the word itself
  friend bool operator==(const PlanTerm&, const PlanTerm&) = default;
};

/// A word of the query as the index knows it. An article has it by any of its terms.
struct PlanWord {
  std::string shown;  ///< as the query has it: "storm", "elect*", "~putn"
  QueryField field = QueryField::text;
  std::vector<PlanTerm> terms;  ///< in byte order; empty when no article has any
  double asked = 0;             ///< how much the query asks for it; 0: only to exclude
  bool added = false;           ///< by feedback, not by the asker
};

/// How much a word that the query holds `times` times, with boosts that add up to `boost`, is asked
/// for: docs/ranking.md.
double asked_for(std::string_view word, std::size_t times, double boost);

/// A QueryNode whose words are positions in QueryPlan::words.
struct PlanNode {
  QueryNode::Kind kind = QueryNode::Kind::all;
  std::size_t word = 0;            ///< of word, wildcard and fuzzy
  std::size_t number = 0;          ///< as in QueryNode
  std::optional<ValueSet> values;  ///< of a value
  std::optional<DayRange> days;    ///< of a date
  std::size_t at = 0;              ///< byte of QueryPlan::text
  std::vector<PlanNode> children;
};

/// A query ready to be run against any segment of one index.
struct QueryPlan {
  std::string text;             ///< of the query
  std::vector<PlanWord> words;  ///< each once
  PlanNode root;
  std::vector<std::string> notes;  ///< e.g. that the index has no source of a name

  /// The article of this id is left out.
  std::string without_id;

  bool scores() const;
  /// Whether a word of the index is among those that the query asks for.
  bool asks_for(const std::string& word) const;
};

/// A wildcard that stands for more words is refused.
inline constexpr std::size_t max_wildcard_words = 5'000;
/// Each word or value with '*' or '~' is compared with all that the index has: more are refused.
inline constexpr std::size_t max_patterns = 100;

/// Words for the ranking alone, or, if `to_match`, any of which lets an article match, besides what
/// the plan has; a word that the plan has is only asked for more.
struct AddedWord {
  std::string word;
  double asked = 0;
};
void add_words(const std::vector<AddedWord>& words, bool to_match, Vocabulary& vocabulary,
               QueryPlan& plan);

/// Throws Error(usage) as refuse_query() does for what this index cannot answer; `text` is what
/// `query` was parsed from. Without `close_names` the notes of names that the index lacks offer
/// none.
QueryPlan make_plan(const QueryNode& query, std::string_view text, const IndexSnapshot& snapshot,
                    Vocabulary& vocabulary, bool close_names = true);

}  // namespace dateline
