// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/filters.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/index/schema.h"

namespace dateline {
namespace {

std::optional<EntityType> entity_type_of(Facet facet) {
  switch (facet) {
    case Facet::source:
      return std::nullopt;
    case Facet::person:
      return EntityType::person;
    case Facet::org:
      return EntityType::org;
    case Facet::place:
      return EntityType::place;
  }
  return std::nullopt;
}

std::vector<std::uint32_t> look_up(const GenerationTables& tables, Facet facet,
                                   const std::string& name) {
  return facet == Facet::source ? tables.sources_named(name)
                                : tables.entities_named(name, entity_type_of(facet));
}

void add_sorted(std::vector<std::uint32_t>& ordinals, const std::vector<std::uint32_t>& more) {
  ordinals.insert(ordinals.end(), more.begin(), more.end());
  std::ranges::sort(ordinals);
  ordinals.erase(std::ranges::unique(ordinals).begin(), ordinals.end());
}

std::int32_t number_of(Day day) {
  return static_cast<std::int32_t>(day.time_since_epoch().count());
}

}  // namespace

Naming naming_of(const Filters& filters) {
  return filters.all_mentions ? Naming::all_mentions : Naming::salient;
}

ResolvedFilters::ResolvedFilters(const Filters& filters, const IndexSnapshot& snapshot,
                                 std::vector<std::string>& notes)
    : snapshot_(snapshot), filters_(filters) {
  const auto& tables = snapshot.tables();
  for (const auto& [facet, names] : filters.values) {
    if (names.empty()) continue;
    auto& selection = facets_[facet];
    for (const auto& name : names) {
      if (facet == Facet::source && name == unknown_value) {
        selection.unknown = true;
        continue;
      }
      const auto found = look_up(tables, facet, name);
      if (found.empty()) {
        notes.push_back(fmt::format("no {} '{}' in this index", name_of(facet), name));
      }
      add_sorted(selection.ordinals, found);
    }
  }
  for (const auto& name : filters.entities) {
    const auto found = tables.entities_named(name, std::nullopt);
    if (found.empty()) notes.push_back(fmt::format("no entity '{}' in this index", name));
    add_sorted(entities_, found);
  }
}

void ResolvedFilters::narrow(std::size_t segment, Bitset& rows) const {
  if (!filters_.entities.empty()) rows &= rows_of_entities(segment, entities_);
  narrow_to_dates(segment, rows);
}

void ResolvedFilters::narrow_to_dates(std::size_t segment, Bitset& rows) const {
  const bool by_value = !filters_.dates.empty() || filters_.undated;
  if (!by_value && !filters_.since && !filters_.until) return;
  const auto days = snapshot_.segment(segment).day;
  const auto passes = [&](std::int32_t day) {
    if (day == schema::undated_day) return filters_.undated && !filters_.since && !filters_.until;
    if (filters_.since && day < number_of(*filters_.since)) return false;
    if (filters_.until && day > number_of(*filters_.until)) return false;
    return !by_value || std::ranges::any_of(filters_.dates, [&](const DayRange& range) {
      return day >= number_of(range.first) && day <= number_of(range.last);
    });
  };
  rows.for_each([&](std::size_t row) {
    if (!passes(days[row])) rows.reset(row);
  });
}

Bitset ResolvedFilters::rows_selected(std::size_t segment, Facet facet) const {
  const auto& selection = facets_.at(facet);
  return facet == Facet::source ? rows_of_source(segment, selection)
                                : rows_of_entities(segment, selection.ordinals);
}

Bitset ResolvedFilters::rows_of_source(std::size_t segment, const Selection& selection) const {
  const auto& columns = snapshot_.segment(segment);
  const auto map = snapshot_.tables().source_map(segment);
  Bitset rows(columns.rows());
  for (std::uint32_t row = 0; row < columns.rows(); ++row) {
    const auto source = columns.source[row];
    const bool selected = source == schema::no_source
                              ? selection.unknown
                              : std::ranges::binary_search(selection.ordinals, map[source]);
    if (selected) rows.set(row);
  }
  return rows;
}

Bitset ResolvedFilters::rows_of_entities(std::size_t segment,
                                         const std::vector<std::uint32_t>& entities) const {
  return snapshot_.entities(segment).rows_naming(entities, naming_of(filters_));
}

}  // namespace dateline
