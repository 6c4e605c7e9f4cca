// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/entity.h"

namespace dateline {

std::string_view name_of(EntityType type) {
  switch (type) {
    case EntityType::person:
      return "person";
    case EntityType::org:
      return "org";
    case EntityType::place:
      return "place";
  }
  return "person";
}

std::optional<EntityType> entity_type_named(std::string_view name) {
  for (const EntityType type : all_entity_types)
    if (name_of(type) == name) return type;
  return std::nullopt;
}

}  // namespace dateline
