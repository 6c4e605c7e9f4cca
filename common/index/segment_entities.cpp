// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/segment_entities.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dateline {
namespace {

/// The least weight that counts, by which the loops below tell it with one comparison.
constexpr EntityWeight least_weight(Naming naming) { return naming == Naming::salient ? 2 : 0; }

constexpr bool least_weight_agrees() {
  for (const auto naming : all_namings) {
    for (unsigned weight = 0; weight < 256; ++weight) {
      const auto w = static_cast<EntityWeight>(weight);
      if (counts_as(naming, w) != (w >= least_weight(naming))) return false;
    }
  }
  return true;
}
static_assert(least_weight_agrees());

// Whether a row is in the set is anyone's guess, to a processor as well: the loops add numbers up,
// where half of the branches would be taken back.

std::uint32_t one_if_in(std::span<const std::uint64_t> set, std::uint32_t row) {
  return static_cast<std::uint32_t>(set[row / 64] >> (row % 64) & 1U);
}

/// How many of the rows name the entity by this name, so that it counts; fewer where there are not
/// as many as wanted.
std::uint32_t count_name(const SegmentColumns& columns, std::uint32_t name, const Bitset& rows,
                         Naming naming, std::size_t wanted) {
  constexpr std::size_t at_once = 256;
  const std::span<const std::uint64_t> set(rows.words());
  const auto naming_rows = columns.rows_naming(name);
  const auto weights = columns.weights_naming(name);
  const auto least = least_weight(naming);
  std::uint32_t counted = 0;
  for (std::size_t i = 0; i < weights.size() && counted + weights.size() - i >= wanted;) {
    for (const auto end = std::min(i + at_once, weights.size()); i < end; ++i) {
      counted += one_if_in(set, naming_rows[i]) & (weights[i] >= least ? 1U : 0U);
    }
  }
  return counted;
}

/// Whose common bits are counted while one row of an entity is looked at.
constexpr std::size_t words_in_the_time_of_a_row = 2;

/// Rows that name an entity, in so far as one of its names tells.
struct RowUses {
  std::uint32_t counted = 0;
  std::uint32_t to_add_up = 0;  ///< rows where other names of it may count, too

  RowUses& operator+=(const RowUses& other) {
    counted += other.counted;
    to_add_up += other.to_add_up;
    return *this;
  }
};

RowUses count_name(const SegmentColumns& columns, std::uint32_t name, const Bitset& rows,
                   const Bitset& adding_up, Naming naming) {
  const std::span<const std::uint64_t> set(rows.words());
  const std::span<const std::uint64_t> adding(adding_up.words());
  const auto naming_rows = columns.rows_naming(name);
  const auto weights = columns.weights_naming(name);
  const auto least = least_weight(naming);
  RowUses uses;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const auto row = naming_rows[i];
    const auto in_set = one_if_in(set, row);
    const auto adds_up = one_if_in(adding, row);
    uses.counted += in_set & (adds_up ^ 1U) & (weights[i] >= least ? 1U : 0U);
    uses.to_add_up += in_set & adds_up;
  }
  return uses;
}

}  // namespace

std::vector<EntityUse> RowEntities::of_row(std::uint32_t row) const {
  std::vector<EntityUse> uses;
  for_each_name(row, [&](std::uint32_t entity, EntityWeight weight) {
    uses.push_back({entity, weight});
  });
  std::ranges::sort(uses, {}, &EntityUse::entity);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (kept > 0 && uses[kept - 1].entity == uses[i].entity) {
      uses[kept - 1].weight = add_weights(uses[kept - 1].weight, uses[i].weight);
    } else {
      uses[kept++] = uses[i];
    }
  }
  uses.resize(kept);
  return uses;
}

void RowEntities::count_rows(const Bitset& rows, Naming naming,
                             std::vector<std::uint32_t>& counts) const {
  // The names of few articles are looked up one by one; those of many are counted first, which
  // spares looking up the same again and again.
  constexpr std::size_t names_of_a_row = 8;
  if (rows.count() * names_of_a_row < map_.size()) {
    for_each_counted(rows, naming, [&](std::uint32_t, std::uint32_t entity) { ++counts[entity]; });
    return;
  }
  const auto counted = count_names(rows, naming);
  for (std::uint32_t name = 0; name < map_.size(); ++name) {
    if (map_[name] != GenerationTables::no_entity) counts[map_[name]] += counted.by_name[name];
  }
  for (std::size_t entity = 0; entity < counted.by_entity.size(); ++entity) {
    counts[entity] += counted.by_entity[entity];
  }
}

RowEntities::NameCounts RowEntities::count_names(const Bitset& rows, Naming naming) const {
  std::array<std::uint8_t, 256> counts{};
  for (std::size_t weight = 0; weight < counts.size(); ++weight) {
    counts[weight] = counts_as(naming, static_cast<EntityWeight>(weight)) ? 1 : 0;
  }
  NameCounts counted{std::vector<std::uint32_t>(map_.size()), {}};
  rows.for_each([&](std::size_t at) {
    const auto row = static_cast<std::uint32_t>(at);
    if (adding_up_.test(row)) {
      for (const auto& [entity, weight] : of_row(row)) {
        if (entity >= counted.by_entity.size()) counted.by_entity.resize(entity + std::size_t{1});
        counted.by_entity[entity] += counts[weight];
      }
      return;
    }
    const auto names = columns_.entities_of(row);
    const auto weights = columns_.entity_weights_of(row);
    for (std::size_t i = 0; i < names.size(); ++i) counted.by_name[names[i]] += counts[weights[i]];
  });
  return counted;
}

std::uint32_t SegmentEntities::count(std::uint32_t entity, const NameCounts& counted) const {
  auto articles = entity < counted.by_entity.size() ? counted.by_entity[entity] : 0;
  for (const auto& name : tables_.names_of(entity, segment_))
    articles += counted.by_name[name.ordinal];
  return articles;
}

std::size_t SegmentEntities::count_cost(std::uint32_t entity, Naming naming) const {
  const auto frequent = tables_.rows_of_frequent(entity, segment_, naming);
  if (!frequent.empty()) return frequent.size() / words_in_the_time_of_a_row;
  auto rows = added_.row.size();
  for (const auto& name : tables_.names_of(entity, segment_)) {
    rows += columns_.rows_naming(name.ordinal).size();
  }
  return rows;
}

std::uint32_t SegmentEntities::count(std::uint32_t entity, const Bitset& rows, Naming naming,
                                     std::uint32_t wanted) const {
  const auto frequent = tables_.rows_of_frequent(entity, segment_, naming);
  if (!frequent.empty()) return static_cast<std::uint32_t>(rows.count_in(frequent));
  const auto names = tables_.names_of(entity, segment_);
  if (names.size() == 1 && added_.row.empty()) {
    return count_name(columns_, names.front().ordinal, rows, naming, wanted);
  }
  RowUses uses;
  for (const auto& name : names)
    uses += count_name(columns_, name.ordinal, rows, adding_up_, naming);
  if (uses.to_add_up > 0 || !added_.row.empty())
    uses.counted += count_adding_up(entity, rows, naming);
  return uses.counted;
}

/// Of the rows where weights must be added up.
std::uint32_t SegmentEntities::count_adding_up(std::uint32_t entity, const Bitset& rows,
                                               Naming naming) const {
  std::vector<std::pair<std::uint32_t, EntityWeight>> parts;  // row and weight
  for_each_use(entity, [&](std::uint32_t row, EntityWeight weight) {
    if (adding_up_.test(row) && rows.test(row)) parts.emplace_back(row, weight);
  });
  std::ranges::sort(parts);
  std::uint32_t counted = 0;
  for (std::size_t i = 0; i < parts.size();) {
    const auto row = parts[i].first;
    EntityWeight weight = 0;
    for (; i < parts.size() && parts[i].first == row; ++i) {
      weight = add_weights(weight, parts[i].second);
    }
    if (counts_as(naming, weight)) ++counted;
  }
  return counted;
}

Bitset SegmentEntities::rows_naming(const std::vector<std::uint32_t>& entities,
                                    Naming naming) const {
  Bitset rows(columns_.rows());
  std::vector<EntityWeight> weights(columns_.rows());
  std::vector<std::uint32_t> naming_rows;
  for (const auto entity : entities) {
    naming_rows.clear();
    for_each_use(entity, [&](std::uint32_t row, EntityWeight weight) {
      weights[row] = add_weights(weights[row], weight);
      naming_rows.push_back(row);
    });
    for (const auto row : naming_rows) {
      if (counts_as(naming, weights[row])) rows.set(row);
    }
    for (const auto row : naming_rows) weights[row] = 0;
  }
  return rows;
}

}  // namespace dateline
