// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/segment_entities.h"

#include <algorithm>
#include <array>
#include <map>

namespace dateline {
namespace {

/// The weight of a name in a row that names it.
EntityWeight weight_in(const SegmentColumns& columns, std::uint32_t row, std::uint32_t name) {
  const auto names = columns.entities_of(row);
  const auto at = std::lower_bound(names.begin(), names.end(), name);
  if (at == names.end() || *at != name) columns.refuse("has rows that name no such entity");
  return columns.entity_weights_of(row)[static_cast<std::size_t>(at - names.begin())];
}

}  // namespace

std::vector<EntityUse> SegmentEntities::of_row(std::uint32_t row) const {
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

/// By name, 1 where its entity has another name in the segment, or the tables add to it.
std::vector<std::uint8_t> SegmentEntities::names_that_add_up() const {
  std::vector<std::uint8_t> sources_of_weight;
  const auto add = [&](std::uint32_t entity) {
    if (entity == GenerationTables::no_entity) return;
    if (entity >= sources_of_weight.size()) sources_of_weight.resize(entity + 1);
    auto& sources = sources_of_weight[entity];
    sources = std::min<std::uint8_t>(static_cast<std::uint8_t>(sources + 1), 2);
  };
  for (const auto entity : map_) add(entity);
  for (const auto entity : added_.entity) add(entity);
  std::vector<std::uint8_t> add_up(map_.size());
  for (std::size_t name = 0; name < map_.size(); ++name) {
    const auto entity = map_[name];
    add_up[name] = entity != GenerationTables::no_entity && sources_of_weight[entity] > 1 ? 1 : 0;
  }
  return add_up;
}

void SegmentEntities::count_rows(const Bitset& rows, Naming naming,
                                 std::vector<std::uint32_t>& counts) const {
  std::array<std::uint8_t, 256> counted{};
  for (std::size_t weight = 0; weight < counted.size(); ++weight) {
    const bool salient = is_salient(static_cast<EntityWeight>(weight));
    counted[weight] = naming == Naming::all_mentions || salient ? 1 : 0;
  }
  const auto add_up = names_that_add_up();
  std::vector<std::uint32_t> by_name(map_.size());
  std::vector<std::size_t> adding(1);
  std::vector<EntityUse> sums;
  const auto add = [&sums](std::uint32_t entity, EntityWeight weight) {
    const auto known = std::ranges::find(sums, entity, &EntityUse::entity);
    if (known == sums.end()) {
      sums.push_back({entity, weight});
    } else {
      known->weight = add_weights(known->weight, weight);
    }
  };
  rows.for_each([&](std::size_t at) {
    const auto row = static_cast<std::uint32_t>(at);
    const auto names = columns_.entities_of(row);
    const auto weights = columns_.entity_weights_of(row);
    if (adding.size() < names.size()) adding.resize(names.size());
    // Without branches, which no processor can foresee here: it is several times faster so.
    std::size_t n = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
      by_name[names[i]] += counted[weights[i]];
      adding[n] = i;
      n += add_up[names[i]];
    }
    for (std::size_t k = 0; k < n; ++k) add(map_[names[adding[k]]], weights[adding[k]]);
    for (auto i = added_.first_of(row); i < added_.row.size() && added_.row[i] == row; ++i) {
      add(added_.entity[i], added_.weight[i]);
    }
    for (const auto& [entity, weight] : sums) counts[entity] += counted[weight];
    sums.clear();
  });
  for (std::size_t name = 0; name < map_.size(); ++name) {
    const auto entity = map_[name];
    if (entity != GenerationTables::no_entity && add_up[name] == 0) counts[entity] += by_name[name];
  }
}

Bitset SegmentEntities::rows_naming(const std::vector<std::uint32_t>& entities,
                                    Naming naming) const {
  Bitset rows(columns_.rows());
  std::map<std::uint32_t, std::vector<std::uint32_t>> names_of;
  for (const auto entity : entities) names_of[entity];
  for (std::uint32_t name = 0; name < map_.size(); ++name) {
    const auto wanted = names_of.find(map_[name]);
    if (wanted != names_of.end()) wanted->second.push_back(name);
  }
  std::vector<EntityWeight> weights(columns_.rows());
  for (const auto& [entity, names] : names_of) {
    std::vector<std::uint32_t> naming_rows;
    const auto add = [&](std::uint32_t row, EntityWeight weight) {
      weights[row] = add_weights(weights[row], weight);
      naming_rows.push_back(row);
    };
    for (const auto name : names) {
      for (const auto row : columns_.rows_naming(name)) add(row, weight_in(columns_, row, name));
    }
    for (std::size_t i = 0; i < added_.row.size(); ++i) {
      if (added_.entity[i] == entity) add(added_.row[i], added_.weight[i]);
    }
    for (const auto row : naming_rows) {
      if (naming == Naming::all_mentions || is_salient(weights[row])) rows.set(row);
    }
    for (const auto row : naming_rows) weights[row] = 0;
  }
  return rows;
}

}  // namespace dateline
