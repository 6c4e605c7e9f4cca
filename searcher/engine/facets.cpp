// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/facets.h"

#include <algorithm>
#include <utility>

#include "common/text/unicode.h"

namespace dateline {
namespace {

bool asks_for(const SearchRequest& request, Facet facet) {
  return std::ranges::count(request.facets, facet, &FacetRequest::facet) > 0;
}

/// What all selections but the facet's own leave.
Bitset without_own(Facet facet, const Bitset& unselected,
                   const std::map<Facet, Bitset>& selections) {
  auto rows = unselected;
  for (const auto& [other, allowed] : selections) {
    if (other != facet) rows &= allowed;
  }
  return rows;
}

}  // namespace

FacetCounts::FacetCounts(const IndexSnapshot& snapshot, const SearchRequest& request,
                         const ResolvedFilters& filters)
    : snapshot_(snapshot), request_(request), filters_(filters) {
  const auto naming = naming_of(request.filters);
  std::vector<Facet> common;
  for (const auto facet : value_facets) {
    if (!asks_for(request, facet)) continue;
    if (filters.selected(facet)) {
      by_facet_.try_emplace(facet, snapshot, std::vector{facet}, naming);
    } else {
      common.push_back(facet);
    }
  }
  if (!common.empty()) common_.emplace(snapshot, common, naming);
  if (asks_for(request, Facet::date)) dates_.emplace(snapshot);
}

void FacetCounts::add(std::size_t segment, const Bitset& unselected,
                      const std::map<Facet, Bitset>& selections, const Bitset& selected) {
  if (common_) common_->add(segment, selected);
  for (auto& [facet, counts] : by_facet_) {
    counts.add(segment, without_own(facet, unselected, selections));
  }
  if (dates_) dates_->add(segment, without_own(Facet::date, unselected, selections));
}

std::vector<FacetResult> FacetCounts::results() const {
  std::optional<ValueCounts> of_index;
  if (request_.facet_order == FacetOrder::significance && (common_ || !by_facet_.empty())) {
    of_index.emplace(count_index());
  }
  std::vector<FacetResult> results;
  for (const auto& asked : request_.facets) {
    results.push_back(asked.facet == Facet::date
                          ? date_result(asked)
                          : value_result(asked, of_index ? &*of_index : nullptr));
  }
  return results;
}

/// All live articles.
ValueCounts FacetCounts::count_index() const {
  std::vector<Facet> facets;
  std::ranges::copy_if(value_facets, std::back_inserter(facets),
                       [&](Facet facet) { return asks_for(request_, facet); });
  ValueCounts counts(snapshot_, facets, naming_of(request_.filters));
  for (std::size_t s = 0; s < snapshot_.segment_count(); ++s) {
    counts.add(s, live_rows(snapshot_, s));
  }
  return counts;
}

FacetResult FacetCounts::date_result(const FacetRequest& asked) const {
  const auto& filters = filters_.filters();
  auto [unit, values] = dates_->histogram(asked.unit, {filters.dates, filters.undated});
  if (const auto prefix = fold_name(asked.prefix); !prefix.empty()) {
    std::erase_if(values, [&](const auto& v) { return !has_word_beginning(v.value, prefix); });
  }
  const auto size = values.size();
  return {asked, unit, std::move(values), size};
}

FacetResult FacetCounts::value_result(const FacetRequest& asked,
                                      const ValueCounts* of_index) const {
  const auto own = by_facet_.find(asked.facet);
  const auto& counts = own == by_facet_.end() ? *common_ : own->second;
  auto [values, size] = list_values(snapshot_.tables(), asked.facet, counts,
                                    {asked.prefix, request_.facet_order, request_.facet_values,
                                     filters_.selected(asked.facet), of_index});
  return {asked, std::nullopt, std::move(values), size};
}

}  // namespace dateline
