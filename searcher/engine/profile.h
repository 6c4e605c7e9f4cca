// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/entity.h"
#include "common/index/snapshot.h"
#include "searcher/engine/request.h"

namespace dateline {

/// An entity that stands in articles with the one profiled more often than chance would have it.
struct Companion {
  std::string name;
  std::uint64_t shared = 0;    ///< articles of both
  std::uint64_t articles = 0;  ///< articles of its own, among those that were looked at
  double score = 0;            ///< log-likelihood ratio: see profile_entity()
};

/// One entity as some articles of an index have it. All counts are exact.
struct EntityProfile {
  std::uint64_t generation = 0;
  EntityType type = EntityType::person;
  std::string name;
  std::uint64_t total = 0;     ///< articles that count as the entity's and pass the filters
  std::uint64_t mentions = 0;  ///< in these; of one article at most schema::weight_mentions
  /// Other names that these articles have for it, each with its articles, most first.
  std::vector<std::pair<std::string, std::uint64_t>> aliases;
  std::optional<Hit> first;          ///< the oldest that is dated
  std::optional<Hit> last;           ///< and the newest
  std::vector<FacetCount> timeline;  ///< as the date facet has it, without empty periods
  std::vector<FacetCount> sources;   ///< the ten with the most articles
  std::uint64_t source_count = 0;    ///< how many there are
  std::map<EntityType, std::vector<Companion>>
      companions;  ///< of each type the ten that score best
  std::vector<std::string> notes;
};

/// Describes the one entity that the request names: by `entities`, else by the one value among
/// person, org and place; its query and other filters narrow the articles.
///
/// A companion shares at least two articles with the entity, more than expected of two that have
/// nothing to do with each other, by a significance() of at least 3.84. Compared with the articles
/// that pass the other filters.
///
/// Throws Error(usage) when no one entity is named, or the name fits several (listed); Error
/// (nothing_found) when the index does not know it, with names that are close; else as
/// Searcher::search(). Uses the databases of thread 0.
EntityProfile profile_entity(const IndexSnapshot& snapshot, const SearchRequest& request);

}  // namespace dateline
