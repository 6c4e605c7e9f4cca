// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/request.h"

namespace dateline {

/// Counts how many of some articles carry each value of a facet, over all segments of an index.
/// Counts are exact: every article is looked at.
class FacetCounter {
 public:
  /// `naming`: which articles carry an entity.
  FacetCounter(const IndexSnapshot& snapshot, Facet facet, Naming naming);
  /// `rows`: live articles of the segment.
  void add(std::size_t segment, const Bitset& rows);

  /// The values with the most articles, at most `limit`; equal counts in byte order of the value.
  std::vector<FacetCount> top(std::size_t limit) const;
  /// How many values have an article.
  std::uint64_t size() const;

 private:
  void add_sources(std::size_t segment, const Bitset& rows);
  void add_entities(std::size_t segment, const Bitset& rows);
  std::string_view value(std::size_t position) const;

  const IndexSnapshot& snapshot_;
  Facet facet_;
  Naming naming_;
  std::uint32_t first_ = 0;            ///< of the facet's type, the first index-wide entity ordinal
  std::uint32_t last_ = 0;             ///< and the one behind the last
  std::vector<std::uint32_t> counts_;  ///< by ordinal from first_ on; for sources, unknown last
  /// What was seen of an entity in the article (counted from 1 over all segments) that named it
  /// last: several names of one article may be the same entity.
  struct Seen {
    std::uint32_t article = 0;
    bool counted = false;
    EntityWeight weight = 0;
  };
  std::vector<Seen> seen_;  ///< as counts_
  std::uint32_t article_ = 0;
};

/// Counts the publication days of some articles.
class DateCounter {
 public:
  explicit DateCounter(const IndexSnapshot& snapshot) : snapshot_(snapshot) {}
  void add(std::size_t segment, const Bitset& rows);

  /// By year when the days span more than three years, else by month when they span more than three
  /// months, else by day. Ascending; without empty periods; the undated last.
  std::vector<FacetCount> histogram() const;

 private:
  const IndexSnapshot& snapshot_;
  std::vector<std::uint32_t> articles_;  ///< by day, from earliest_day() on
  std::uint64_t undated_ = 0;
};

}  // namespace dateline
