// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/segment_entities.h"

#include <algorithm>

namespace dateline {

std::vector<EntityUse> RowEntities::of_row(std::uint32_t row) const {
  std::vector<EntityUse> uses;
  uses.reserve(columns_.entities_of(row).size());
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
  auto plain = rows;
  plain.subtract(adding_up_);
  const auto by_name = count_names(plain, naming);
  for (std::uint32_t name = 0; name < map_.size(); ++name) {
    if (map_[name] != GenerationTables::no_entity) counts[map_[name]] += by_name[name];
  }
  auto apart = rows;
  apart &= adding_up_;
  for_each_counted(apart, naming, [&](std::uint32_t, std::uint32_t entity) { ++counts[entity]; });
}

std::vector<std::uint32_t> RowEntities::count_names(const Bitset& rows, Naming naming) const {
  std::vector<std::uint32_t> by_name(map_.size());
  rows.for_each([&](std::size_t row) {
    for (const auto name : columns_.entities_of(static_cast<std::uint32_t>(row), naming)) {
      ++by_name[name];
    }
  });
  return by_name;
}

std::vector<RowEntities::Correction> RowEntities::corrections(const Bitset& rows,
                                                              Naming naming) const {
  struct Use {
    std::uint32_t entity = 0;
    EntityWeight weight = 0;
    bool by_name = false;  ///< whether it is among what counting names counts
  };
  std::vector<Correction> found;
  std::vector<Use> uses;
  const auto correct = [&](std::size_t at) {
    const auto row = static_cast<std::uint32_t>(at);
    uses.clear();
    const auto names = columns_.entities_of(row);
    const auto weights = columns_.entity_weights_of(row);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto entity = map_[names[i]];
      if (entity == GenerationTables::no_entity) continue;
      uses.push_back({entity, weights[i], counts_as(naming, weights[i])});
    }
    for (auto i = added_.first_of(row); i < added_.row.size() && added_.row[i] == row; ++i) {
      uses.push_back({added_.entity[i], added_.weight[i], false});
    }
    std::ranges::sort(uses, {}, &Use::entity);
    for (std::size_t i = 0; i < uses.size();) {
      const auto entity = uses[i].entity;
      EntityWeight weight = 0;
      std::int32_t by_names = 0;
      for (; i < uses.size() && uses[i].entity == entity; ++i) {
        weight = add_weights(weight, uses[i].weight);
        by_names += uses[i].by_name ? 1 : 0;
      }
      const auto articles = (counts_as(naming, weight) ? 1 : 0) - by_names;
      if (articles != 0) found.push_back({entity, articles});
    }
  };
  auto apart = rows;
  (apart &= adding_up_).for_each(correct);
  std::ranges::sort(found, {}, &Correction::entity);
  return found;
}

std::uint32_t SegmentEntities::count_by_names(std::uint32_t entity,
                                              const std::vector<std::uint32_t>& by_name) const {
  std::uint32_t articles = 0;
  for (const auto& name : tables_.names_of(entity, segment_)) articles += by_name[name.ordinal];
  return articles;
}

std::size_t SegmentEntities::count_cost(std::uint32_t entity, Naming naming) const {
  std::size_t rows = 0;
  for (const auto& name : tables_.names_of(entity, segment_)) {
    rows += columns_.rows_naming(name.ordinal, naming).size();
  }
  return rows;
}

std::uint32_t SegmentEntities::count_by_names(std::uint32_t entity, const Bitset& rows,
                                              Naming naming, std::size_t wanted) const {
  constexpr std::size_t at_once = 256;
  const std::span<const std::uint64_t> set(rows.words());
  auto left = count_cost(entity, naming);
  std::uint32_t counted = 0;
  for (const auto& name : tables_.names_of(entity, segment_)) {
    const auto naming_rows = columns_.rows_naming(name.ordinal, naming);
    for (std::size_t i = 0; i < naming_rows.size();) {
      if (counted + left < wanted) return counted;
      const auto end = std::min(i + at_once, naming_rows.size());
      left -= end - i;
      // Whether a row is in the set is anyone's guess, to a processor as well: bits are added up,
      // where half of the branches would be taken back.
      for (; i < end; ++i) {
        const auto row = naming_rows[i];
        counted += static_cast<std::uint32_t>(set[row / 64] >> (row % 64) & 1U);
      }
    }
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
