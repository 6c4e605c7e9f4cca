// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/request.h"
#include "searcher/engine/values.h"

namespace dateline {

/// Which articles count as an entity's.
Naming naming_of(const Filters& filters);

/// The live rows of a segment; the second: of its rows before `end`, which is a multiple of 64 or
/// the number of the segment's rows.
Bitset live_rows(const IndexSnapshot& snapshot, std::size_t segment);
Bitset live_rows_before(const IndexSnapshot& snapshot, std::size_t segment, std::uint32_t end);

/// Filters with their names looked up in one index. Refers to both.
///
/// A facet's values in the filters, and for the date its days and `undated`, are what the facet has
/// selected; all else, entities of any type, `since` and `until`, narrows whatever is counted.
class ResolvedFilters {
 public:
  /// Adds to `notes` every name that the index does not know, with close ones for the first few
  /// if `close_names`, and a generation that the index has not reached.
  ResolvedFilters(const Filters& filters, const IndexSnapshot& snapshot,
                  std::vector<std::string>& notes, bool close_names = true);

  /// Takes from `rows` of a segment what is ruled out by other than a facet's selection.
  void narrow(std::size_t segment, Bitset& rows) const;

  /// By each facet that has selected anything, those of the rows `within` a segment that this lets
  /// through.
  std::map<Facet, Bitset> selections(std::size_t segment, const Bitset& within) const;

  /// Takes from `rows` of a segment what the selection of dates rules out, which costs nothing for
  /// each row, or that of any other facet, which does.
  void select_dates(std::size_t segment, Bitset& rows) const;
  void select_values(std::size_t segment, Bitset& rows) const;

  /// What a facet has selected, of value_facets; none: nothing.
  const ValueSet* selected(Facet facet) const;
  const Filters& filters() const { return filters_; }

 private:
  bool selects_dates() const { return !filters_.dates.empty() || filters_.undated; }
  void narrow_to_bounds(std::size_t segment, Bitset& rows) const;
  void narrow_to_changed(std::size_t segment, Bitset& rows) const;

  const IndexSnapshot& snapshot_;
  const Filters& filters_;
  std::map<Facet, ValueSet> values_;
  std::optional<ValueSet> entities_;
};

}  // namespace dateline
