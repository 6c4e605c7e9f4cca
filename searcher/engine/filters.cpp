// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/filters.h"

#include <fmt/format.h>

namespace dateline {

Naming naming_of(const Filters& filters) {
  return filters.all_mentions ? Naming::all_mentions : Naming::salient;
}

Bitset live_rows(const IndexSnapshot& snapshot, std::size_t segment) {
  return live_rows_before(snapshot, segment, snapshot.segment(segment).rows());
}

Bitset live_rows_before(const IndexSnapshot& snapshot, std::size_t segment, std::uint32_t end) {
  Bitset rows(end);
  rows.set_all();
  const auto& entry = snapshot.manifest().segments[segment];
  return entry.live == entry.rows ? rows : rows.subtract(snapshot.tables().dead(segment));
}

namespace {

/// Generations are counted anew where an index is: whoever polls would wait in vain.
void note_unreached(const Filters& filters, std::uint64_t generation,
                    std::vector<std::string>& notes) {
  const auto& since = filters.changed_since;
  if (!since || since->generation <= generation) return;
  notes.push_back(fmt::format("generation {} is not there yet: the index is at {}",
                              since->generation, generation));
}

}  // namespace

ResolvedFilters::ResolvedFilters(const Filters& filters, const IndexSnapshot& snapshot,
                                 std::vector<std::string>& notes, bool close_names)
    : snapshot_(snapshot), filters_(filters) {
  for (const auto& [facet, names] : filters.values) {
    if (names.empty()) continue;
    values_.try_emplace(facet, snapshot, facet, names)
        .first->second.note_missing(notes, close_names);
  }
  note_unreached(filters, snapshot.manifest().generation, notes);
  if (filters.entities.empty()) return;
  entities_.emplace(snapshot, std::nullopt, filters.entities).note_missing(notes, close_names);
}

void ResolvedFilters::narrow(std::size_t segment, Bitset& rows) const {
  if (entities_) rows = entities_->rows(segment, naming_of(filters_), rows);
  narrow_to_bounds(segment, rows);
  if (filters_.changed_since) narrow_to_changed(segment, rows);
}

void ResolvedFilters::narrow_to_bounds(std::size_t segment, Bitset& rows) const {
  if (!filters_.since && !filters_.until) return;
  const auto first = filters_.since.value_or(earliest_day());
  const auto last = filters_.until.value_or(latest_range_day());
  const auto dated = rows_dated(snapshot_, segment, DayRange{first, last});
  rows.keep_range(dated.first, dated.end);
}

void ResolvedFilters::narrow_to_changed(std::size_t segment, Bitset& rows) const {
  const auto& columns = snapshot_.segment(segment);
  const auto all = rows;
  all.for_each([&](std::size_t row) {
    const auto history = columns.history(static_cast<std::uint32_t>(row));
    if (!filters_.changed_since->includes(history)) rows.reset(row);
  });
}

std::map<Facet, Bitset> ResolvedFilters::selections(std::size_t segment,
                                                    const Bitset& within) const {
  std::map<Facet, Bitset> selections;
  for (const auto& [facet, values] : values_) {
    selections.emplace(facet, values.rows(segment, naming_of(filters_), within));
  }
  if (selects_dates()) {
    select_dates(segment, selections.emplace(Facet::date, within).first->second);
  }
  return selections;
}

void ResolvedFilters::select_dates(std::size_t segment, Bitset& rows) const {
  if (!selects_dates()) return;
  std::vector<RowRange> ranges;
  for (const auto& days : filters_.dates) ranges.push_back(rows_dated(snapshot_, segment, days));
  if (filters_.undated) ranges.push_back(rows_dated(snapshot_, segment, std::nullopt));
  if (ranges.size() == 1) return rows.keep_range(ranges.front().first, ranges.front().end);
  Bitset dated(snapshot_.segment(segment).rows());
  for (const auto& range : ranges) dated.set_range(range.first, range.end);
  rows &= dated;
}

void ResolvedFilters::select_values(std::size_t segment, Bitset& rows) const {
  for (const auto& [facet, values] : values_) {
    rows = values.rows(segment, naming_of(filters_), rows);
  }
}

const ValueSet* ResolvedFilters::selected(Facet facet) const {
  const auto found = values_.find(facet);
  return found == values_.end() ? nullptr : &found->second;
}

}  // namespace dateline
