// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/bitset.h"
#include "common/index/entity_weight.h"
#include "common/index/segment.h"
#include "common/index/tables.h"

namespace dateline {

/// A canonical entity as one article names it.
struct EntityUse {
  std::uint32_t entity = 0;  ///< index-wide ordinal
  EntityWeight weight = 0;
};

/// What the articles of a segment name, row by row: the names that the segment found, joined with
/// what the generation's tables add to them. Refers to all that it is made of; thread-safe.
class RowEntities {
 public:
  /// As GenerationTables has them of the segment.
  RowEntities(const SegmentColumns& columns, std::span<const std::uint32_t> map,
              const Bitset& adding_up, const AddedEntities& added)
      : columns_(columns), map_(map), adding_up_(adding_up), added_(added) {}

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

  /// Calls `count(row, entity)` for each of the rows and each entity that it counts as an article
  /// of.
  template <class F>
  void for_each_counted(const Bitset& rows, Naming naming, F&& count) const {
    rows.for_each([&](std::size_t at) {
      const auto row = static_cast<std::uint32_t>(at);
      if (adding_up_.test(row)) {
        for (const auto& [entity, weight] : of_row(row)) {
          if (counts_as(naming, weight)) count(row, entity);
        }
        return;
      }
      for (const auto name : columns_.entities_of(row, naming)) {
        const auto entity = map_[name];
        if (entity != GenerationTables::no_entity) count(row, entity);
      }
    });
  }

  /// Adds to `counts`, by entity, how many of the rows count as the entity's.
  void count_rows(const Bitset& rows, Naming naming, std::vector<std::uint32_t>& counts) const;

  /// How many of the rows count as each name's of the segment.
  std::vector<std::uint32_t> count_names(const Bitset& rows, Naming naming) const;

  /// What a count of an entity's names lacks, or has beyond that of the entity: where several names
  /// of an article lead to it, or the tables add it.
  struct Correction {
    std::uint32_t entity = 0;
    std::int32_t articles = 0;  ///< to be added; never 0
  };
  /// Of some rows, one for each article that is concerned, in order of the entities.
  std::vector<Correction> corrections(const Bitset& rows, Naming naming) const;

 protected:
  const SegmentColumns& columns_;
  std::span<const std::uint32_t> map_;
  const Bitset& adding_up_;
  AddedEntities added_;
};

/// The canonical entities of a segment's articles, of a row and by entity: the one door for whoever
/// counts or selects by them. Refers to segment and tables; thread-safe.
class SegmentEntities : public RowEntities {
 public:
  SegmentEntities(const SegmentColumns& columns, const GenerationTables& tables,
                  std::size_t segment)
      : RowEntities(columns, tables.entity_map(segment), tables.adding_up(segment),
                    tables.added(segment)),
        tables_(tables),
        segment_(segment) {}

  /// The rows that count as the entity's, a bit each; none where no such set is kept.
  std::span<const std::uint64_t> rows_of_frequent(std::uint32_t entity, Naming naming) const {
    return tables_.rows_of_frequent(entity, segment_, naming);
  }
  /// How many of the rows count as those of the entity's names, together. Where it turns out to be
  /// less than `wanted`, less may be told than there are.
  std::uint32_t count_by_names(std::uint32_t entity, const Bitset& rows, Naming naming,
                               std::size_t wanted) const;
  /// The same of the rows that count_names() counted.
  std::uint32_t count_by_names(std::uint32_t entity,
                               const std::vector<std::uint32_t>& by_name) const;
  /// How many rows count_by_names() of rows looks at.
  std::size_t count_cost(std::uint32_t entity, Naming naming) const;

  /// The rows that count as any of these entities' (ascending ordinals). Dead rows are among them.
  Bitset rows_naming(const std::vector<std::uint32_t>& entities, Naming naming) const;

 private:
  /// Calls `use(row, weight)` for each row and name that leads to the entity: a row of several such
  /// names comes several times.
  template <class F>
  void for_each_use(std::uint32_t entity, F&& use) const {
    for (const auto& name : tables_.names_of(entity, segment_)) {
      const auto rows = columns_.rows_naming(name.ordinal);
      const auto weights = columns_.weights_naming(name.ordinal);
      for (std::size_t i = 0; i < weights.size(); ++i) use(rows[i], weights[i]);
    }
    for (std::size_t i = 0; i < added_.row.size(); ++i) {
      if (added_.entity[i] == entity) use(added_.row[i], added_.weight[i]);
    }
  }

  const GenerationTables& tables_;
  std::size_t segment_;
};

}  // namespace dateline
