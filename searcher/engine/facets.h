// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/date_counts.h"
#include "searcher/engine/entity_counts.h"
#include "searcher/engine/filters.h"
#include "searcher/engine/request.h"
#include "searcher/engine/value_counts.h"

namespace dateline {

/// Counts the facets that a request asks for while its segments are gone through, each facet once
/// however often it is asked for. A facet is counted over what matches before its own selection:
/// its other values stay in view with the total that selecting them instead would give. Refers to
/// all that it is made of.
class FacetCounts {
 public:
  FacetCounts(const IndexSnapshot& snapshot, const SearchRequest& request,
              const ResolvedFilters& filters);

  /// `unselected`: the rows of the segment that match before any facet's selection is applied;
  /// `selections`: those of the filters; `selected`: what all of them leave.
  void add(std::size_t segment, const Bitset& unselected, const std::map<Facet, Bitset>& selections,
           const Bitset& selected);

  /// In the order of the request.
  std::vector<FacetResult> results();

 private:
  bool lists_top_entities(const FacetRequest& asked) const;
  ValueCounts count_index() const;
  FacetResult date_result(const FacetRequest& asked) const;
  FacetResult value_result(const FacetRequest& asked, const ValueCounts* of_index) const;
  FacetResult top_entities(const FacetRequest& asked);

  const IndexSnapshot& snapshot_;
  const SearchRequest& request_;
  const ResolvedFilters& filters_;
  std::optional<EntityCounts> entities_;   ///< of those that lists_top_entities() is true of
  std::optional<ValueCounts> common_;      ///< of the other facets that have nothing selected
  std::map<Facet, ValueCounts> by_facet_;  ///< of each that has
  std::optional<DateCounts> dates_;
};

}  // namespace dateline
