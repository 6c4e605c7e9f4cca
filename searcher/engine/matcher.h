// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/places.h"
#include "searcher/engine/plan.h"
#include "searcher/engine/postings.h"

namespace dateline {

/// Finds what a plan asks for. Every match is looked at, so the match set is exact. One thread.
class Matcher {
 public:
  /// `naming`: which articles count as an entity's.
  Matcher(const IndexSnapshot& snapshot, const QueryPlan& plan, Naming naming,
          PostingsReader& postings);

  /// Of the articles `within` a segment, those that match. Throws Error(usage) as refuse_query()
  /// does for a query that compares too many places.
  Bitset match(std::size_t segment, Bitset within);

 private:
  Bitset evaluate(std::size_t segment, const PlanNode& node, Bitset within);
  Bitset all(std::size_t segment, const PlanNode& node, Bitset within);
  Bitset any(std::size_t segment, const PlanNode& node, Bitset within);
  Bitset dated(std::size_t segment, const PlanNode& node, Bitset within) const;
  /// The articles that hold the words that the node is about, wherever they stand.
  Bitset candidates(std::size_t segment, const PlanNode& node, const Bitset& within);
  Bitset placed(std::size_t segment, const PlanNode& node, const Bitset& within);

  const IndexSnapshot& snapshot_;
  const QueryPlan& plan_;
  Naming naming_;
  PostingsReader& postings_;
  PlaceBudget budget_;
};

}  // namespace dateline
