// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/ranking.h"

#include <algorithm>
#include <tuple>

#include "common/index/schema.h"

namespace dateline {

Ranking::Ranking(const IndexSnapshot& snapshot, SortOrder order, std::size_t limit)
    : snapshot_(snapshot), order_(order), limit_(limit) {}

void Ranking::keep(const RankedArticle& article) {
  const auto is_better = [this](const auto& a, const auto& b) { return better(a, b); };
  if (kept_.size() == limit_) {
    std::ranges::pop_heap(kept_, is_better);
    kept_.pop_back();
  }
  kept_.push_back(article);
  std::ranges::push_heap(kept_, is_better);
}

std::vector<RankedArticle> Ranking::best() const {
  auto ranked = kept_;
  std::ranges::sort(ranked, [this](const auto& a, const auto& b) { return better(a, b); });
  return ranked;
}

/// Of two that score alike, or are not ranked by their scores.
bool Ranking::comes_first(const RankedArticle& a, const RankedArticle& b) const {
  if (const auto changes = compare_changes(a, b); changes != 0) return changes > 0;
  if (const auto dates = compare_dates(a, b); dates != 0) return dates > 0;
  const auto& in_a = snapshot_.segment(a.segment);
  const auto& in_b = snapshot_.segment(b.segment);
  const auto id_a = in_a.id[a.row];
  const auto id_b = in_b.id[b.row];
  if (id_a != id_b) return id_a < id_b;
  const auto& digest_a = in_a.digest[a.row];
  const auto& digest_b = in_b.digest[b.row];
  return std::tie(digest_a.high, digest_a.low) < std::tie(digest_b.high, digest_b.low);
}

/// Above zero when `a` comes first: the later changed, where that is asked for.
int Ranking::compare_changes(const RankedArticle& a, const RankedArticle& b) const {
  if (order_ != SortOrder::changed) return 0;
  const auto of_a = snapshot_.segment(a.segment).history(a.row);
  const auto of_b = snapshot_.segment(b.segment).history(b.row);
  if (of_a.last_changed != of_b.last_changed) {
    return of_a.last_changed > of_b.last_changed ? 1 : -1;
  }
  if (of_a.changed_in == of_b.changed_in) return 0;
  return of_a.changed_in > of_b.changed_in ? 1 : -1;
}

/// Above zero when `a` comes first. The undated come last in either direction.
int Ranking::compare_dates(const RankedArticle& a, const RankedArticle& b) const {
  const auto& in_a = snapshot_.segment(a.segment);
  const auto& in_b = snapshot_.segment(b.segment);
  const auto day_a = in_a.day[a.row];
  const auto day_b = in_b.day[b.row];
  const bool oldest_first = order_ == SortOrder::oldest;
  if (day_a != day_b) {
    if (day_a == schema::undated_day || day_b == schema::undated_day) {
      return day_b == schema::undated_day ? 1 : -1;
    }
    return (day_a > day_b) != oldest_first ? 1 : -1;
  }
  const auto second_a = in_a.second[a.row];
  const auto second_b = in_b.second[b.row];
  if (second_a == second_b) return 0;
  return (second_a > second_b) != oldest_first ? 1 : -1;
}

}  // namespace dateline
