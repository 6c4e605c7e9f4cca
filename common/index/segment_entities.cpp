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

template <class CountName>
void SegmentEntities::count_rows(const Bitset& rows, Naming naming, CountName&& count_name,
                                 std::vector<std::uint32_t>& counts) const {
  std::array<std::uint8_t, 256> counted{};
  for (std::size_t weight = 0; weight < counted.size(); ++weight) {
    const bool salient = is_salient(static_cast<EntityWeight>(weight));
    counted[weight] = naming == Naming::all_mentions || salient ? 1 : 0;
  }
  rows.for_each([&](std::size_t at) {
    const auto row = static_cast<std::uint32_t>(at);
    if (adding_up_.test(row)) {
      for (const auto& [entity, weight] : of_row(row)) counts[entity] += counted[weight];
      return;
    }
    const auto names = columns_.entities_of(row);
    const auto weights = columns_.entity_weights_of(row);
    for (std::size_t i = 0; i < names.size(); ++i) count_name(names[i], counted[weights[i]]);
  });
}

void SegmentEntities::count_rows(const Bitset& rows, Naming naming,
                                 std::vector<std::uint32_t>& counts) const {
  // The names of few articles are looked up one by one; those of many are counted first, which
  // spares looking up the same again and again.
  constexpr std::size_t names_of_a_row = 8;
  const auto is_entity = [&](std::uint32_t name) {
    return map_[name] != GenerationTables::no_entity;
  };
  if (rows.count() * names_of_a_row < map_.size()) {
    const auto count = [&](std::uint32_t name, std::uint8_t n) {
      if (is_entity(name)) counts[map_[name]] += n;
    };
    count_rows(rows, naming, count, counts);
    return;
  }
  std::vector<std::uint32_t> by_name(map_.size());
  const auto count = [&](std::uint32_t name, std::uint8_t n) { by_name[name] += n; };
  count_rows(rows, naming, count, counts);
  for (std::uint32_t name = 0; name < map_.size(); ++name) {
    if (is_entity(name)) counts[map_[name]] += by_name[name];
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
