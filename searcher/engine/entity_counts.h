// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/sparse_counts.h"

namespace dateline {

/// Entities of most articles, and whether there are more that have an article.
struct TopEntities {
  struct Entity {
    std::uint32_t ordinal = 0;   ///< index-wide
    std::uint32_t articles = 0;  ///< never 0
  };
  std::vector<Entity> entities;  ///< those of most articles first, then in byte order
  bool more = false;
};

/// A range of index-wide ordinals: the entities of a type.
struct EntityRange {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
};

/// Which entities most of some articles name. Counts are exact; what is spared is counting the
/// entities that are not listed. Refers to the snapshot. One thread.
class EntityCounts {
 public:
  /// `naming`: which articles count as an entity's.
  EntityCounts(const IndexSnapshot& snapshot, Naming naming);
  /// `rows`: live articles of the segment, which comes once.
  void add(std::size_t segment, const Bitset& rows);

  /// At most `limit` entities, found in the way that costs less. All ways but that of few articles
  /// go through the entities from that of most articles in the whole index until what the next has
  /// there is less than what the last one listed has here.
  TopEntities top(EntityRange range, std::size_t limit);

  /// By looking through the articles of each entity. None when more than `budget` rows had to be
  /// looked at.
  std::optional<TopEntities> top_by_entity(EntityRange range, std::size_t limit,
                                           std::size_t budget);
  /// By counting every name of every article first.
  TopEntities top_by_row(EntityRange range, std::size_t limit);
  /// The same for few articles: no entity is looked at that none of them names.
  TopEntities top_of_few(EntityRange range, std::size_t limit);

 private:
  TopEntities top_of_index(EntityRange range, std::size_t limit) const;
  std::size_t names_in_index() const;
  std::size_t names_in_rows() const;

  /// The rows of a segment that any were added of.
  struct Part {
    std::size_t segment = 0;
    Bitset rows;
    std::size_t articles = 0;
    /// For counts by names: filled in when first asked for.
    std::optional<std::vector<RowEntities::Correction>> corrections;
    /// What top_by_row() counted: likewise.
    std::optional<std::vector<std::uint32_t>> by_name;
  };

  std::int32_t correction(Part& part, std::uint32_t entity) const;

  const IndexSnapshot& snapshot_;
  Naming naming_;
  std::vector<Part> parts_;
  std::uint64_t articles_ = 0;
  /// What top_of_few() counted, of all types: filled in when first asked for.
  std::optional<SparseCounts> few_;
};

}  // namespace dateline
