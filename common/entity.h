// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/provenance.h"

namespace dateline {

/// What kind of thing a name names. Stored in the index: never renumbered.
enum class EntityType : std::uint8_t { person = 0, org = 1, place = 2 };

inline constexpr std::array all_entity_types{EntityType::person, EntityType::org,
                                             EntityType::place};

/// "person", "org", "place": facet names, field names and JSON keys alike.
std::string_view name_of(EntityType type);
std::optional<EntityType> entity_type_named(std::string_view name);

/// A name stated by an article's metadata, or by its dateline, rather than found in its text.
struct GivenEntity {
  EntityType type = EntityType::person;
  std::string name;
  Provenance from = Provenance::given;
  friend bool operator==(const GivenEntity&, const GivenEntity&) = default;
};

}  // namespace dateline
