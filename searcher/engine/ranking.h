// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/request.h"

namespace dateline {

/// An article of a snapshot and how it scored.
struct RankedArticle {
  std::uint32_t segment = 0;
  std::uint32_t row = 0;
  float score = 0;
};

/// Keeps the best of the articles it is shown. The order is total and does not depend on segments:
/// score (or date or change, as asked), then the newer, then the smaller id, then the smaller
/// digest of the article, which is the same in an index of its export.
class Ranking {
 public:
  /// Keeps at most `limit` articles.
  Ranking(const IndexSnapshot& snapshot, SortOrder order, std::size_t limit);

  void add(const RankedArticle& article) {
    const bool full = kept_.size() == limit_;
    if (full && (limit_ == 0 || !better(article, kept_.front()))) return;
    keep(article);
  }

  /// No article of a lower score would be kept.
  float least_score() const {
    if (limit_ == 0) return std::numeric_limits<float>::infinity();
    const bool open = kept_.size() < limit_ || order_ != SortOrder::relevance;
    return open ? std::numeric_limits<float>::lowest() : kept_.front().score;
  }

  /// Best first.
  std::vector<RankedArticle> best() const;

 private:
  bool better(const RankedArticle& a, const RankedArticle& b) const {
    if (order_ == SortOrder::relevance && a.score != b.score) return a.score > b.score;
    return comes_first(a, b);
  }
  void keep(const RankedArticle& article);
  bool comes_first(const RankedArticle& a, const RankedArticle& b) const;
  int compare_changes(const RankedArticle& a, const RankedArticle& b) const;
  int compare_dates(const RankedArticle& a, const RankedArticle& b) const;

  const IndexSnapshot& snapshot_;
  SortOrder order_;
  std::size_t limit_;
  std::vector<RankedArticle> kept_;  ///< a heap with the worst in front
};

}  // namespace dateline
