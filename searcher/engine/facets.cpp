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

FacetCount counted(std::string_view value, std::uint64_t articles) {
  FacetCount count;
  count.value = value;
  count.articles = articles;
  return count;
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
  for (const auto& asked : request.facets) {
    if (asked.facet == Facet::date) continue;
    if (filters.selected(asked.facet)) {
      by_facet_.try_emplace(asked.facet, snapshot, std::vector{asked.facet}, naming);
    } else if (lists_top_entities(asked)) {
      if (!entities_) entities_.emplace(snapshot, naming);
    } else {
      common.push_back(asked.facet);
    }
  }
  if (!common.empty()) common_.emplace(snapshot, common, naming);
  if (asks_for(request, Facet::date)) dates_.emplace(snapshot);
}

/// Whether only the entities of most articles are asked for, and nothing that all must be counted
/// for.
bool FacetCounts::lists_top_entities(const FacetRequest& asked) const {
  return entity_type_of(asked.facet) && request_.facet_order == FacetOrder::count &&
         !request_.facet_sizes && fold_name(asked.prefix).empty() &&
         !filters_.selected(asked.facet);
}

void FacetCounts::add(std::size_t segment, const Bitset& unselected,
                      const std::map<Facet, Bitset>& selections, const Bitset& selected) {
  if (entities_) entities_->add(segment, selected);
  if (common_) common_->add(segment, selected);
  for (auto& [facet, counts] : by_facet_) {
    counts.add(segment, without_own(facet, unselected, selections));
  }
  if (dates_) dates_->add(segment, without_own(Facet::date, unselected, selections));
}

std::vector<FacetResult> FacetCounts::results() {
  std::optional<ValueCounts> of_index;
  if (request_.facet_order == FacetOrder::significance && (common_ || !by_facet_.empty())) {
    of_index.emplace(count_index());
  }
  std::vector<FacetResult> results;
  for (const auto& asked : request_.facets) {
    if (asked.facet == Facet::date) {
      results.push_back(date_result(asked));
    } else if (lists_top_entities(asked)) {
      results.push_back(top_entities(asked));
    } else {
      results.push_back(value_result(asked, of_index ? &*of_index : nullptr));
    }
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
  return {asked, unit, std::move(values), std::nullopt, false};
}

FacetResult FacetCounts::value_result(const FacetRequest& asked,
                                      const ValueCounts* of_index) const {
  const auto own = by_facet_.find(asked.facet);
  const auto& counts = own == by_facet_.end() ? *common_ : own->second;
  auto listed = list_values(snapshot_.tables(), asked.facet, counts,
                            {asked.prefix, request_.facet_order, request_.facet_values,
                             filters_.selected(asked.facet), of_index});
  const auto more = listed.more();
  const auto size = request_.facet_sizes ? std::optional(listed.size) : std::nullopt;
  return {asked, std::nullopt, std::move(listed.values), size, more};
}

FacetResult FacetCounts::top_entities(const FacetRequest& asked) {
  const FacetNames names(snapshot_.tables(), asked.facet);
  const auto top = entities_->top({names.first(), names.end()}, request_.facet_values);
  FacetResult result{asked, std::nullopt, {}, std::nullopt, top.more};
  for (const auto& entity : top.entities) {
    result.values.push_back(counted(names[entity.ordinal], entity.articles));
  }
  return result;
}

}  // namespace dateline
