// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "common/bitset.h"
#include "common/date.h"
#include "common/index/snapshot.h"
#include "searcher/engine/request.h"

namespace dateline {

/// The days that a date facet has selected, as Filters has them.
struct DateSelection {
  std::vector<DayRange> dates;
  bool undated = false;
};

/// Counts of periods, as FacetResult has them.
struct DateHistogram {
  std::optional<DateUnit> unit;  ///< none: none was asked for, and nothing dated was found
  std::vector<FacetCount> values;
};

/// Counts the publication days of some articles. docs/facets.md says which periods are listed.
class DateCounts {
 public:
  explicit DateCounts(const IndexSnapshot& snapshot);
  /// `rows`: live articles of the segment, not narrowed by the facet's own selection.
  void add(std::size_t segment, const Bitset& rows);

  DateHistogram histogram(std::optional<DateUnit> unit, const DateSelection& selection) const;

 private:
  void add(const SegmentColumns& columns, std::int32_t day, std::size_t articles);

  const IndexSnapshot& snapshot_;
  // The first and the last day of any article of the index; none is dated: in no order.
  std::int32_t first_ = std::numeric_limits<std::int32_t>::max();
  std::int32_t last_ = std::numeric_limits<std::int32_t>::lowest();
  std::vector<std::uint32_t> articles_;  ///< by day from there on
  std::uint64_t undated_ = 0;
};

}  // namespace dateline
