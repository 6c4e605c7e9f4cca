// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/names/entity_list.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "common/index/schema.h"

namespace dateline {
namespace {

class Listing {
 public:
  explicit Listing(const IndexSnapshot& snapshot) : snapshot_(snapshot) {
    const auto& tables = snapshot.tables();
    listed_.resize(tables.entities.size());
    aliases_.resize(listed_.size());
    for (std::uint32_t e = 0; e < listed_.size(); ++e) {
      listed_[e].type = tables.entity_type(e);
      listed_[e].name = tables.entity_name(e);
    }
    for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
      count_articles(s);
      count_aliases(s);
    }
  }

  std::vector<ListedEntity> of_type(std::optional<EntityType> type) && {
    for (std::size_t e = 0; e < listed_.size(); ++e) {
      auto& aliases = listed_[e].aliases;
      aliases.assign(aliases_[e].begin(), aliases_[e].end());
      std::ranges::stable_sort(aliases, std::greater<>{}, [](const auto& a) { return a.second; });
    }
    if (type) std::erase_if(listed_, [&](const ListedEntity& e) { return e.type != *type; });
    std::ranges::sort(listed_, [](const ListedEntity& a, const ListedEntity& b) {
      return std::tuple(b.articles.size(), a.type, std::string_view(a.name)) <
             std::tuple(a.articles.size(), b.type, std::string_view(b.name));
    });
    return std::move(listed_);
  }

 private:
  void count_articles(std::size_t segment) {
    const auto entities = snapshot_.entities(segment);
    const auto& dead = snapshot_.tables().dead(segment);
    for (std::uint32_t row = 0; row < snapshot_.segment(segment).rows(); ++row) {
      if (dead.test(row)) continue;
      for (const auto& [entity, weight] : entities.of_row(row)) {
        auto& listed = listed_[entity];
        listed.articles.push_back(article_);
        listed.mentions += mentions_of(weight);
        if (is_salient(weight)) ++listed.salient;
        if ((weight & schema::weight_in_title) != 0) ++listed.in_title;
        if ((weight & schema::weight_given) != 0) ++listed.given;
      }
      ++article_;
    }
  }

  void count_aliases(std::size_t segment) {
    const auto& columns = snapshot_.segment(segment);
    const auto& dead = snapshot_.tables().dead(segment);
    const auto map = snapshot_.tables().entity_map(segment);
    for (std::uint32_t name = 0; name < map.size(); ++name) {
      if (map[name] == GenerationTables::no_entity) continue;
      const auto alias = entity_key_name(columns.entities[name]);
      if (alias == listed_[map[name]].name) continue;
      const auto live = std::ranges::count_if(columns.rows_naming(name),
                                              [&](auto row) { return !dead.test(row); });
      if (live > 0) aliases_[map[name]][std::string(alias)] += static_cast<std::uint64_t>(live);
    }
  }

  const IndexSnapshot& snapshot_;
  std::vector<ListedEntity> listed_;  ///< by index-wide ordinal
  std::vector<std::map<std::string, std::uint64_t>> aliases_;
  std::uint32_t article_ = 0;
};

}  // namespace

std::vector<ListedEntity> list_entities(const IndexSnapshot& snapshot,
                                        std::optional<EntityType> type) {
  return Listing(snapshot).of_type(type);
}

}  // namespace dateline
