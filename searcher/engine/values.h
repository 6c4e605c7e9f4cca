// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/bitset.h"
#include "common/date.h"
#include "common/entity.h"
#include "common/index/attribute.h"
#include "common/index/snapshot.h"
#include "searcher/query/facet.h"

namespace dateline {

/// Where the index keeps a facet's values: as an attribute, or as entities of a type.
std::optional<Attribute> attribute_of(Facet facet);
std::optional<EntityType> entity_type_of(Facet facet);

/// The values that a facet has in one index, by index-wide ordinals in byte order. Refers to the
/// tables.
class FacetNames {
 public:
  /// `facet`: of value_facets; none: persons, organisations and places.
  FacetNames(const GenerationTables& tables, std::optional<Facet> facet);

  std::uint32_t first() const { return first_; }
  std::uint32_t end() const { return end_; }  ///< behind the last
  std::uint32_t size() const { return end_ - first_; }
  std::string_view operator[](std::uint32_t ordinal) const;
  /// The value of exactly that name.
  std::optional<std::uint32_t> find(std::string_view name) const;
  /// Those that a user can mean by `name`.
  std::vector<std::uint32_t> named(std::string_view name) const;

 private:
  const GenerationTables* tables_;
  std::optional<Facet> facet_;
  std::uint32_t first_ = 0;
  std::uint32_t end_ = 0;
};

/// At most five values whose names resemble `name`, the closest first; "Wang Yi (person)" where no
/// facet is given. Looks at every name: some 20 ms for 100,000.
std::vector<std::string> close_names(const GenerationTables& tables, std::optional<Facet> facet,
                                     std::string_view name);

/// Values of a facet that a query or a filter names, looked up in one index: what both select by.
class ValueSet {
 public:
  /// `facet`: of value_facets; none: persons, organisations and places. `names`: alternatives, as
  /// the facet shows them; case, accents and punctuation may differ, and an entity may go by
  /// another of its names. `unknown_value` selects the articles that state none.
  ValueSet(const IndexSnapshot& snapshot, std::optional<Facet> facet,
           const std::vector<std::string>& names);
  /// The values whose whole names are of the shape of `pattern`: '*' stands for any characters, or
  /// none; case, accents and punctuation may differ. Articles that state no value have no name.
  static ValueSet matching(const IndexSnapshot& snapshot, std::optional<Facet> facet,
                           std::string_view pattern);

  /// Those of the names that the index does not know.
  const std::vector<std::string>& missing() const { return missing_; }
  /// Adds for each "no person 'Wang Yii' in this index; close: Wang Yi". Close names are given for
  /// the first few notes, and only where looking for them is quick; never without
  /// `with_close_names`.
  void note_missing(std::vector<std::string>& notes, bool with_close_names = true) const;
  /// Whether the facet's value of this index-wide ordinal is among them.
  bool has(std::uint32_t ordinal) const;
  bool has_unknown() const { return unknown_; }

  /// Of the rows `within` a segment, those that have one of the values.
  Bitset rows(std::size_t segment, Naming naming, const Bitset& within) const;

 private:
  ValueSet(const IndexSnapshot& snapshot, std::optional<Facet> facet);

  const IndexSnapshot* snapshot_;
  std::optional<Facet> facet_;
  std::vector<std::uint32_t> ordinals_;  ///< index-wide, ascending
  bool unknown_ = false;
  std::vector<std::string> missing_;
};

/// Rows that follow each other: from the first to before the end.
struct RowRange {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
};

/// The rows of a segment that were published on one of the days; none: the undated.
RowRange rows_dated(const IndexSnapshot& snapshot, std::size_t segment,
                    const std::optional<DayRange>& days);

}  // namespace dateline
