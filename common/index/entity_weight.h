// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "common/index/schema.h"

namespace dateline {

/// How much an article has to do with an entity, in one byte as schema::entity_weight says.
using EntityWeight = std::uint8_t;

inline constexpr std::uint32_t weight_flags = 255U - schema::weight_mentions;

constexpr std::uint32_t mentions_of(EntityWeight weight) {
  return weight & schema::weight_mentions;
}

/// Of two names that are one entity: mentions added up (as far as they fit), flags of either.
constexpr EntityWeight add_weights(EntityWeight a, EntityWeight b) {
  const auto mentions =
      std::min<std::uint32_t>(mentions_of(a) + mentions_of(b), schema::weight_mentions);
  return static_cast<EntityWeight>(((a | b) & weight_flags) | mentions);
}

/// What of `whole` is not in `part`, so that adding it to `part` gives at least `whole`.
constexpr EntityWeight missing_weight(EntityWeight whole, EntityWeight part) {
  const auto mentions =
      mentions_of(whole) > mentions_of(part) ? mentions_of(whole) - mentions_of(part) : 0;
  return static_cast<EntityWeight>((whole & (255U - part) & weight_flags) | mentions);
}

/// Whether the article is about the entity rather than naming it in passing: it is given by
/// metadata, named in the title or in the lead, or at least twice.
constexpr bool is_salient(EntityWeight weight) {
  return (weight & weight_flags) != 0 || mentions_of(weight) >= 2;
}

/// Which articles count as an entity's: those it is salient in, or all that name it.
enum class Naming { salient, all_mentions };
inline constexpr std::array all_namings{Naming::salient, Naming::all_mentions};

/// Whether an article that names an entity so counts as the entity's.
constexpr bool counts_as(Naming naming, EntityWeight weight) {
  return naming == Naming::all_mentions || is_salient(weight);
}

}  // namespace dateline
