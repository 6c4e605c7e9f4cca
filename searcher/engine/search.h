// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>

#include "common/index/snapshot.h"
#include "common/text/analyser.h"
#include "searcher/engine/request.h"

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

 private:
  void note_passing_mentions(const SearchRequest& request, SearchResult& result);
  TextAnalyser& analyser_for(const Article& article);

  std::shared_ptr<const IndexSnapshot> snapshot_;
  std::size_t thread_;
  std::map<std::string, TextAnalyser> analysers_;
};

}  // namespace dateline
