// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/entity.h"
#include "common/index/snapshot.h"

namespace dateline {

/// A canonical entity and what the live articles of an index say of it.
struct ListedEntity {
  EntityType type = EntityType::person;
  std::string name;
  std::vector<std::uint32_t> articles;  ///< those that name it: numbers within the index, ascending
  std::uint64_t salient = 0;            ///< of these, how many are about it: is_salient()
  std::uint64_t mentions = 0;           ///< of an article at most schema::weight_mentions
  std::uint64_t in_title = 0;           ///< articles
  std::uint64_t given = 0;              ///< articles whose metadata or dateline give it
  /// Names that were joined to it, each with the articles that use it, most first.
  std::vector<std::pair<std::string, std::uint64_t>> aliases;
};

/// The entities of an index, of one type or all; most articles first, then by type and name.
std::vector<ListedEntity> list_entities(const IndexSnapshot& snapshot,
                                        std::optional<EntityType> type);

}  // namespace dateline
