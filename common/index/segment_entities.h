// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "common/bitset.h"
#include "common/index/entity_weight.h"
#include "common/index/segment.h"
#include "common/index/tables.h"

namespace dateline {

/// Which articles count as an entity's: those it is salient in, or all that name it.
enum class Naming { salient, all_mentions };

/// A canonical entity as one article names it.
struct EntityUse {
  std::uint32_t entity = 0;  ///< index-wide ordinal
  EntityWeight weight = 0;
};

/// The canonical entities of a segment's articles: the one door for whoever counts or selects by
/// them. What the segment found is joined with what the generation's tables add to it. Refers to
/// both; thread-safe.
class SegmentEntities {
 public:
  SegmentEntities(const SegmentColumns& columns, const GenerationTables& tables,
                  std::size_t segment)
      : columns_(columns),
        map_(tables.entity_map(segment)),
        adding_up_(tables.adding_up(segment)),
        added_(tables.added(segment)) {}

  /// Calls `use(entity, weight)` for each name of the article. An entity of several names comes
  /// several times: its weight is all of them by add_weights().
  template <class F>
  void for_each_name(std::uint32_t row, F&& use) const {
    const auto names = columns_.entities_of(row);
    const auto weights = columns_.entity_weights_of(row);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (map_[names[i]] != GenerationTables::no_entity) use(map_[names[i]], weights[i]);
    }
    for (auto i = added_.first_of(row); i < added_.row.size() && added_.row[i] == row; ++i) {
      use(added_.entity[i], added_.weight[i]);
    }
  }

  /// The entities of an article in order of ordinal, each once.
  std::vector<EntityUse> of_row(std::uint32_t row) const;

  /// Adds to `counts`, by entity, how many of the rows count as the entity's.
  void count_rows(const Bitset& rows, Naming naming, std::vector<std::uint32_t>& counts) const;

  /// The rows that count as any of these entities' (ascending ordinals). Dead rows are among them.
  Bitset rows_naming(const std::vector<std::uint32_t>& entities, Naming naming) const;

 private:
  /// `count_name(name, n)` counts the names of rows where nothing adds up.
  template <class CountName>
  void count_rows(const Bitset& rows, Naming naming, CountName&& count_name,
                  std::vector<std::uint32_t>& counts) const;

  const SegmentColumns& columns_;
  std::span<const std::uint32_t> map_;
  const Bitset& adding_up_;
  AddedEntities added_;
};

}  // namespace dateline
