// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/names/entity_tables.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "common/index/entity_weight.h"
#include "common/index/segment_entities.h"
#include "common/text/unicode.h"
#include "indexer/names/added_names.h"
#include "indexer/names/canonical_names.h"

namespace dateline {
namespace {

constexpr auto none = GenerationTables::no_entity;

/// The entity names of all segments as one list, with the number of live articles for each; behind
/// them the names that rules add, in the order of the rules.
struct EntityNames {
  std::vector<NameUse> uses;                       ///< the segments' names: only with live articles
  std::vector<std::vector<std::uint32_t>> use_of;  ///< by segment and ordinal; unused: none
  std::size_t first_added = 0;
};

EntityNames gather_names(const std::vector<SegmentColumns>& segments,
                         const std::vector<Bitset>& dead) {
  EntityNames all;
  std::unordered_map<std::string_view, std::uint32_t> known;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& segment = segments[i];
    std::vector<std::uint32_t> articles(segment.entities.size());
    for (std::uint32_t row = 0; row < segment.rows(); ++row) {
      if (dead[i].test(row)) continue;
      for (const auto entity : segment.entities_of(row)) ++articles[entity];
    }
    auto& use_of = all.use_of.emplace_back(segment.entities.size(), none);
    for (std::uint32_t e = 0; e < articles.size(); ++e) {
      if (articles[e] == 0) continue;
      const auto key = segment.entities[e];
      const auto [entry, is_new] =
          known.try_emplace(key, static_cast<std::uint32_t>(all.uses.size()));
      if (is_new) {
        all.uses.push_back({entity_key_type(key), std::string(entity_key_name(key)), 0});
      }
      all.uses[entry->second].articles += articles[e];
      use_of[e] = entry->second;
    }
  }
  all.first_added = all.uses.size();
  return all;
}

/// What the rules' added names find, segment by segment.
using FoundNames = std::vector<std::vector<FoundName>>;

FoundNames find_added(const IndexLayout& layout, const std::vector<SegmentColumns>& segments,
                      const std::vector<Bitset>& dead, const NameRules& rules) {
  FoundNames found(segments.size());
  if (rules.added.empty()) return found;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const Xapian::Database database(postings_of(layout.segment(segments[i].name())).string());
    found[i] = find_names(segments[i], database, dead[i], rules);
  }
  return found;
}

/// Appends the added names to the list; an article that bears one under the same name already is
/// not counted again.
void append_added(const std::vector<SegmentColumns>& segments, const NameRules& rules,
                  const FoundNames& found, EntityNames& all) {
  std::unordered_map<std::string, std::uint32_t> added;  // by folded name: each is there once
  for (std::uint32_t n = 0; n < rules.added.size(); ++n) {
    added.emplace(fold_name(rules.added[n].name), n);
    all.uses.push_back({rules.added[n].type, rules.added[n].name, 0});
  }
  if (added.empty()) return;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    std::vector<std::uint32_t> same_name(segments[i].entities.size(), none);
    for (std::uint32_t e = 0; e < same_name.size(); ++e) {
      const auto same = added.find(fold_name(entity_key_name(segments[i].entities[e])));
      if (same != added.end()) same_name[e] = same->second;
    }
    for (const auto& f : found[i]) {
      const bool known = std::ranges::any_of(
          segments[i].entities_of(f.row), [&](auto entity) { return same_name[entity] == f.name; });
      if (!known) ++all.uses[all.first_added + f.name].articles;
    }
  }
}

/// What the names found add to what the segment has already.
TablesContent::Added added_entities(const SegmentColumns& segment,
                                    const std::vector<std::uint32_t>& map,
                                    const std::vector<FoundName>& found,
                                    const std::vector<std::uint32_t>& entity_of_added) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, EntityWeight> weights;  // by row and entity
  for (const auto& f : found) {
    auto& weight = weights[{f.row, entity_of_added[f.name]}];
    weight = add_weights(weight, f.weight);
  }
  TablesContent::Added added;
  for (const auto& [key, weight] : weights) {
    const auto& [row, entity] = key;
    EntityWeight known = 0;
    const auto names = segment.entities_of(row);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (map[names[i]] == entity) known = add_weights(known, segment.entity_weights_of(row)[i]);
    }
    const auto missing = missing_weight(weight, known);
    if (missing == 0) continue;
    added.row.push_back(row);
    added.entity.push_back(entity);
    added.weight.push_back(missing);
  }
  return added;
}

/// GenerationTables::adding_up().
Bitset rows_that_add_up(const SegmentColumns& segment, const std::vector<std::uint32_t>& map,
                        const TablesContent::Added& added, std::size_t entities) {
  Bitset rows(segment.rows());
  for (const auto row : added.row) rows.set(row);
  std::vector<std::uint32_t> last_row(entities, none);
  for (std::uint32_t row = 0; row < segment.rows(); ++row) {
    for (const auto name : segment.entities_of(row)) {
      if (map[name] == none) continue;
      if (std::exchange(last_row[map[name]], row) == row) rows.set(row);
    }
  }
  return rows;
}

Bitset live_rows(const SegmentColumns& segment, const Bitset& dead) {
  Bitset live(segment.rows());
  live.set_all();
  return live.subtract(dead);
}

/// Counts the articles of the entities, and lists the rows of those that have many: of an entity
/// that one row in 32 names, a bit for each row is soon read, and no larger than its list of rows.
TablesContent::Counted count_articles(const std::vector<SegmentColumns>& segments,
                                      const std::vector<Bitset>& dead, const TablesContent& content,
                                      Naming naming) {
  const auto entities_of = [&](std::size_t i) {
    const auto& [row, entity, weight] = content.added[i];
    return RowEntities(segments[i], content.entity_maps[i], content.adding_up[i],
                       {row, entity, weight});
  };
  TablesContent::Counted counted;
  counted.articles.resize(content.entities.size());
  std::size_t all = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto live = live_rows(segments[i], dead[i]);
    entities_of(i).count_rows(live, naming, counted.articles);
    all += live.count();
  }
  constexpr std::size_t rows_to_one = 32;
  std::vector<std::uint32_t> place(content.entities.size(), none);  // among the frequent
  for (std::uint32_t e = 0; e < place.size(); ++e) {
    if (counted.articles[e] * rows_to_one < all || counted.articles[e] == 0) continue;
    place[e] = static_cast<std::uint32_t>(counted.frequent.size());
    counted.frequent.push_back(e);
  }
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto& rows =
        counted.frequent_rows.emplace_back(counted.frequent.size(), Bitset(segments[i].rows()));
    entities_of(i).for_each_counted(live_rows(segments[i], dead[i]), naming,
                                    [&](std::uint32_t row, std::uint32_t entity) {
                                      if (place[entity] != none) rows[place[entity]].set(row);
                                    });
  }
  return counted;
}

/// Puts the names under which entities are shown into the tables, and by which they are found;
/// returns the entity of each use.
std::vector<std::uint32_t> list_entities(const std::vector<NameUse>& uses, const NameRules& rules,
                                         TablesContent& content) {
  const auto canonical = canonical_names(uses, rules);
  std::vector<std::string> keys(uses.size());
  for (std::size_t u = 0; u < uses.size(); ++u) {
    if (uses[u].articles == 0 || !canonical[u]) continue;
    keys[u] = entity_key(canonical[u]->type, canonical[u]->name);
    content.entities.push_back(keys[u]);
  }
  std::ranges::sort(content.entities);
  content.entities.erase(std::unique(content.entities.begin(), content.entities.end()),
                         content.entities.end());

  std::vector<std::uint32_t> entity_of_use(uses.size(), none);
  for (std::size_t u = 0; u < uses.size(); ++u) {
    if (!canonical[u]) continue;
    const auto key = entity_key(canonical[u]->type, canonical[u]->name);
    const auto at = std::ranges::lower_bound(content.entities, key);
    if (at == content.entities.end() || *at != key) continue;
    const auto entity = static_cast<std::uint32_t>(at - content.entities.begin());
    entity_of_use[u] = entity;
    content.names.push_back({fold_name(uses[u].name), entity, false});
    content.names.push_back({fold_name(canonical[u]->name), entity, true});
  }
  return entity_of_use;
}

}  // namespace

void fill_entities(const IndexLayout& layout, const std::vector<SegmentColumns>& segments,
                   const std::vector<Bitset>& dead, const NameRules& rules,
                   TablesContent& content) {
  auto all = gather_names(segments, dead);
  const auto found = find_added(layout, segments, dead, rules);
  append_added(segments, rules, found, all);
  const auto entity_of_use = list_entities(all.uses, rules, content);
  const std::vector<std::uint32_t> entity_of_added(
      entity_of_use.begin() + static_cast<std::ptrdiff_t>(all.first_added), entity_of_use.end());
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto& map = content.entity_maps.emplace_back(all.use_of[i].size(), none);
    for (std::size_t e = 0; e < map.size(); ++e) {
      if (all.use_of[i][e] != none) map[e] = entity_of_use[all.use_of[i][e]];
    }
    content.added.push_back(added_entities(segments[i], map, found[i], entity_of_added));
    content.adding_up.push_back(
        rows_that_add_up(segments[i], map, content.added.back(), content.entities.size()));
  }
  for (const auto naming : all_namings) {
    content.counted[static_cast<std::size_t>(naming)] =
        count_articles(segments, dead, content, naming);
  }
}

}  // namespace dateline
