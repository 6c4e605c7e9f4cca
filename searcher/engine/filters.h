// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/request.h"

namespace dateline {

/// Which articles count as an entity's.
Naming naming_of(const Filters& filters);

/// Filters with their names looked up in one index.
class ResolvedFilters {
 public:
  /// Adds to `notes` every name that the index does not know.
  ResolvedFilters(const Filters& filters, const IndexSnapshot& snapshot,
                  std::vector<std::string>& notes);

  /// Takes from `rows` of a segment what dates, bounds and entities of any type rule out.
  void narrow(std::size_t segment, Bitset& rows) const;

  bool selects(Facet facet) const { return facets_.contains(facet); }
  /// The rows of a segment that one of the facet's selected values lets through.
  Bitset rows_selected(std::size_t segment, Facet facet) const;

 private:
  struct Selection {
    std::vector<std::uint32_t> ordinals;  ///< index-wide, ascending
    bool unknown = false;
  };
  Bitset rows_of_source(std::size_t segment, const Selection& selection) const;
  Bitset rows_of_entities(std::size_t segment, const std::vector<std::uint32_t>& entities) const;
  void narrow_to_dates(std::size_t segment, Bitset& rows) const;

  const IndexSnapshot& snapshot_;
  const Filters& filters_;
  std::map<Facet, Selection> facets_;
  std::vector<std::uint32_t> entities_;
};

}  // namespace dateline
