// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "common/index/snapshot.h"
#include "searcher/engine/plan.h"
#include "searcher/engine/ranking.h"
#include "searcher/engine/request.h"
#include "searcher/engine/synonyms.h"
#include "searcher/engine/vocabulary.h"

namespace dateline {

/// Answers requests from one generation of an index. One thread each; several may share a snapshot,
/// every one with a thread number of its own.
class Searcher {
 public:
  explicit Searcher(std::shared_ptr<const IndexSnapshot> snapshot, std::size_t thread = 0);

  /// The same request on the same generation gives the same answer. Ties in rank go to the newer
  /// article, then the smaller id. Throws Error(usage) for a query that cannot be honoured (see
  /// parse_query), Error(damaged_index).
  SearchResult search(const SearchRequest& request);

  /// Of the articles `within` each segment, in the snapshot's order, those that match the request's
  /// query and filters: the match set of search(), without ranking. A segment of which none is
  /// within is not looked into. REQUIRES: neither `like_id` nor `like_text`, nor `expand`. Throws
  /// as search() does.
  std::vector<Bitset> match(const SearchRequest& request, std::vector<Bitset> within);

 private:
  void expand(const SearchRequest& request, QueryPlan& plan);
  QueryPlan plan_likeness(const SearchRequest& request);
  RankedArticle find_article(const std::string& id) const;
  void advise(const SearchRequest& request, const QueryNode& query, const QueryPlan& plan,
              SearchResult& result);
  void widen(const SearchRequest& request, QueryNode& query, std::vector<std::string>& notes);
  std::uint64_t count_query(const SearchRequest& request);
  std::uint64_t count(const SearchRequest& request, const QueryPlan& plan);
  void note_passing_mentions(const SearchRequest& request, const QueryPlan& plan,
                             SearchResult& result);

  std::shared_ptr<const IndexSnapshot> snapshot_;
  std::size_t thread_;
  Vocabulary vocabulary_;
  Synonyms synonyms_;
};

}  // namespace dateline
