// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "searcher/engine/filters.h"
#include "searcher/engine/matcher.h"
#include "searcher/engine/plan.h"
#include "searcher/engine/postings.h"
#include "searcher/engine/ranking.h"
#include "searcher/engine/request.h"
#include "searcher/engine/scorer.h"
#include "searcher/engine/snippet.h"

namespace dateline {

/// One run of a plan over all segments: matches, counts, ranks and shows. Refers to all that it is
/// made of. One thread.
class SearchRun {
 public:
  SearchRun(const IndexSnapshot& snapshot, std::size_t thread, const SearchRequest& request,
            const QueryPlan& plan, SearchResult& result);

  /// Fills in total and facets; the best articles, as many as the request's page needs.
  std::vector<RankedArticle> match();

  /// Fills in total, facets, hits and, if asked for, the words' explanation.
  void run();

  Scorer& scorer() { return scorer_; }

 private:
  std::vector<RankedArticle> newest();
  Bitset matching(std::size_t segment, std::uint32_t end);
  Bitset candidates(std::size_t segment, std::uint32_t end) const;
  /// Shows the ranking those rows of a segment, with their scores where the plan scores.
  void rank(std::size_t segment, const Bitset& rows, Ranking& ranking);
  double freshness(std::size_t segment, std::uint32_t row) const;
  Hit hit(const RankedArticle& ranked, std::size_t rank, const WordWorth& worth);
  std::vector<ScorePart> score_parts(const RankedArticle& ranked);
  std::vector<GivenEntity> telling_entities(const RankedArticle& ranked) const;
  ExplainedWord explained(std::size_t word);

  const IndexSnapshot& snapshot_;
  std::size_t thread_;
  const SearchRequest& request_;
  const QueryPlan& plan_;
  SearchResult& result_;
  PostingsReader postings_;
  Matcher matcher_;
  Scorer scorer_;
  ResolvedFilters filters_;
  std::int32_t newest_day_ = 0;  ///< of the index; for freshness alone
};

}  // namespace dateline
