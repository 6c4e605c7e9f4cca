// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/bitset.h"
#include "common/entity.h"
#include "common/index/column_file.h"
#include "common/index/manifest.h"
#include "common/index/segment.h"

namespace dateline {

/// What the segments of one generation share: the index-wide names of sources and entities, how
/// each segment's ordinals map to them, and which rows are dead. Entities are the *canonical* ones:
/// several names of a segment may map to one of them. Mapped; thread-safe.
class GenerationTables {
 public:
  GenerationTables(const std::filesystem::path& path, const Manifest& manifest);

  StringTable sources;   ///< in byte order; each has a live article
  StringTable entities;  ///< entity_key()s in byte order; each has a live article

  EntityType entity_type(std::uint32_t entity) const { return entity_key_type(entities[entity]); }
  std::string_view entity_name(std::uint32_t entity) const {
    return entity_key_name(entities[entity]);
  }
  /// Index-wide ordinal of a segment's ordinal.
  std::span<const std::uint32_t> source_map(std::size_t segment) const {
    return source_maps_[segment];
  }
  std::span<const std::uint32_t> entity_map(std::size_t segment) const {
    return entity_maps_[segment];
  }
  /// Rows whose article was replaced or removed since the segment was made.
  const Bitset& dead(std::size_t segment) const { return dead_[segment]; }

  /// The sources that a user can mean by `name`: the one of exactly that spelling, else all that
  /// are the same but for case, accents and punctuation.
  std::vector<std::uint32_t> sources_named(std::string_view name) const;
  /// Likewise for entities, among all types or one; names that were joined to a canonical entity
  /// ("Kuleba") find it when no canonical entity fits.
  std::vector<std::uint32_t> entities_named(std::string_view name,
                                            std::optional<EntityType> type) const;

 private:
  ColumnFile file_;
  std::vector<std::span<const std::uint32_t>> source_maps_;
  std::vector<std::span<const std::uint32_t>> entity_maps_;
  std::vector<Bitset> dead_;
  // Parallel arrays in order of hash: hash64(fold_name(name)), the entity, whether `name` is its
  // canonical name.
  std::span<const std::uint64_t> name_hash_;
  std::span<const std::uint32_t> name_entity_;
  std::span<const std::uint8_t> name_is_canonical_;
};

/// What the tables file is written from; sizes and order as GenerationTables states.
struct TablesContent {
  struct Name {
    std::string folded;
    std::uint32_t entity = 0;
    bool canonical = false;
  };
  std::vector<std::string> sources;
  std::vector<std::string> entities;
  std::vector<std::vector<std::uint32_t>> source_maps;
  std::vector<std::vector<std::uint32_t>> entity_maps;
  std::vector<Bitset> dead;
  std::vector<Name> names;  ///< in any order, duplicates allowed
};

void write_tables(const std::filesystem::path& path, std::uint64_t generation,
                  TablesContent content);

}  // namespace dateline
