// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
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
#include "common/index/entity_weight.h"
#include "common/index/manifest.h"
#include "common/index/ordinals.h"
#include "common/index/segment.h"

namespace dateline {

/// Entities that a generation adds to the articles of one of its segments: parallel arrays in order
/// of row, then entity; few rows have any.
struct AddedEntities {
  std::span<const std::uint32_t> row;
  std::span<const std::uint32_t> entity;  ///< index-wide ordinals
  std::span<const std::uint8_t> weight;   ///< schema::entity_weight, on top of the segment's own

  /// Where the entries of a row begin, if it has any.
  std::size_t first_of(std::uint32_t wanted) const {
    if (row.empty()) return 0;
    return static_cast<std::size_t>(std::ranges::lower_bound(row, wanted) - row.begin());
  }
};

/// A name that leads to an entity: where it stands among the entities of which segment.
struct EntityName {
  std::uint32_t segment = 0;
  std::uint32_t ordinal = 0;
};

/// What the segments of one generation share: the index-wide names of sources, authors and
/// entities, how each segment's ordinals map to them, what is added to their articles, and which
/// rows are dead. Entities are the *canonical* ones: several names of a segment may map to one of
/// them. Facets and filters see them through SegmentEntities. Mapped; thread-safe.
class GenerationTables {
 public:
  /// Compares what is quickly compared with its checksums. Throws as ColumnFile does, and
  /// Error(damaged_index) for maps that lead outside the names.
  GenerationTables(const std::filesystem::path& path, const Manifest& manifest);

  void verify() const { file_.verify(); }

  /// In byte order; each has a live article.
  const StringTable& names(Attribute attribute) const {
    return names_[static_cast<std::size_t>(attribute)];
  }
  StringTable entities;  ///< entity_key()s in byte order; each has a live article

  EntityType entity_type(std::uint32_t entity) const { return entity_key_type(entities[entity]); }
  std::string_view entity_name(std::uint32_t entity) const {
    return entity_key_name(entities[entity]);
  }
  /// In an entity_map(): the name is no entity's.
  static constexpr std::uint32_t no_entity = UINT32_MAX;

  /// In a name_map(): no live article has the value.
  static constexpr std::uint32_t no_name = UINT32_MAX;
  static_assert(no_entity == no_name);

  /// Index-wide ordinal of a segment's ordinal.
  std::span<const std::uint32_t> name_map(Attribute attribute, std::size_t segment) const {
    return name_maps_[static_cast<std::size_t>(attribute)][segment];
  }
  std::span<const std::uint32_t> entity_map(std::size_t segment) const {
    return entity_maps_[segment];
  }
  /// The inverse of entity_map(): the segment's names that lead to the entity, ascending. Throws
  /// Error(damaged_index) for those that lead out of the index.
  std::span<const EntityName> names_of(std::uint32_t entity, std::size_t segment) const;
  /// How many live articles count as the entity's. Throws Error(damaged_index) for more than the
  /// index has.
  std::uint32_t entity_articles(std::uint32_t entity, Naming naming) const;
  /// All entities: type by type, in each those of the most articles first, then in byte order.
  Ordinals entities_by_articles(Naming naming) const {
    return {entities_by_articles_[static_cast<std::size_t>(naming)], entities.size(), file_};
  }
  /// The rows of a segment that count as the entity's, without dead ones, as words of a Bitset: of
  /// entities of many articles. Empty: the tables do not list them.
  std::span<const std::uint64_t> rows_of_frequent(std::uint32_t entity, std::size_t segment,
                                                  Naming naming) const;
  /// The entities that it lists them of, ascending.
  std::span<const std::uint32_t> frequent_entities(Naming naming) const {
    return frequent_[static_cast<std::size_t>(naming)].entities;
  }
  const AddedEntities& added(std::size_t segment) const { return added_[segment]; }
  /// Rows that name an entity by several names, or to which one is added: its weights must be added
  /// up before they are judged.
  const Bitset& adding_up(std::size_t segment) const { return adding_up_[segment]; }
  /// Rows whose article was replaced or removed since the segment was made.
  const Bitset& dead(std::size_t segment) const { return dead_[segment]; }

  /// The sources, authors, … that a user can mean by `name`: the one of exactly that spelling, else
  /// all that are the same but for case, accents and punctuation, and of sources, where there are
  /// none, but for "The".
  std::vector<std::uint32_t> named(Attribute attribute, std::string_view name) const;
  /// Likewise for entities, among all types or one; names that were joined to a canonical entity
  /// ("Kuleba") find it when no canonical entity fits.
  std::vector<std::uint32_t> entities_named(std::string_view name,
                                            std::optional<EntityType> type) const;

  /// Groups of names that mean the same in a query's words.
  const std::vector<std::vector<std::string>>& synonyms() const { return synonyms_; }

 private:
  std::vector<std::vector<std::string>> read_synonyms() const;
  void read_entity_counts();
  void read_frequent(std::size_t segment, std::uint32_t rows);
  std::span<const std::uint32_t> read_map(const std::string& section, std::size_t names) const;
  AddedEntities read_added(std::size_t segment, std::uint32_t rows) const;
  Bitset read_rows(const std::string& section, std::uint32_t rows) const;

  ColumnFile file_;
  std::uint64_t articles_;  ///< live ones, as the manifest says
  std::array<StringTable, all_attributes.size()> names_;
  std::array<std::vector<std::span<const std::uint32_t>>, all_attributes.size()> name_maps_;
  std::vector<std::span<const std::uint32_t>> entity_maps_;
  std::span<const std::uint32_t> entity_name_at_;
  std::span<const EntityName> entity_names_;
  std::array<std::span<const std::uint32_t>, all_namings.size()> entity_articles_;
  std::array<std::span<const std::uint32_t>, all_namings.size()> entities_by_articles_;
  struct Frequent {
    std::span<const std::uint32_t> entities;
    std::vector<std::span<const std::uint64_t>> rows;  ///< by segment: words of each, in one array
  };
  std::array<Frequent, all_namings.size()> frequent_;
  std::vector<AddedEntities> added_;
  std::vector<Bitset> adding_up_;
  std::vector<Bitset> dead_;
  std::vector<std::vector<std::string>> synonyms_;
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
  struct Added {
    std::vector<std::uint32_t> row;
    std::vector<std::uint32_t> entity;
    std::vector<std::uint8_t> weight;
  };
  /// Sources, authors, …: a value's index-wide ordinal by segment and ordinal there.
  struct Names {
    std::vector<std::string> names;
    std::vector<std::vector<std::uint32_t>> maps;
  };
  std::array<Names, all_attributes.size()> attributes;
  std::vector<std::string> entities;
  std::vector<std::vector<std::uint32_t>> entity_maps;
  /// By naming: what is said of entities.
  struct Counted {
    std::vector<std::uint32_t> articles;             ///< by entity
    std::vector<std::uint32_t> frequent;             ///< entities of many articles, ascending
    std::vector<std::vector<Bitset>> frequent_rows;  ///< by segment, then in the order of these
  };
  std::array<Counted, all_namings.size()> counted;
  std::vector<Added> added;
  std::vector<Bitset> adding_up;
  std::vector<Bitset> dead;
  std::vector<std::vector<std::string>> synonyms;
  std::vector<Name> names;  ///< in any order, duplicates allowed
};

void write_tables(const std::filesystem::path& path, std::uint64_t generation,
                  TablesContent content);

}  // namespace dateline
