// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/entity.h"

namespace dateline {

/// One entity name as the articles of the whole index use it.
struct NameUse {
  EntityType type = EntityType::person;
  std::string name;            ///< as join_names() left it
  std::uint32_t articles = 0;  ///< articles that name it so
  friend bool operator==(const NameUse&, const NameUse&) = default;
};

/// The name and type under which an entity is shown.
struct CanonicalName {
  EntityType type = EntityType::person;
  std::string name;
  friend bool operator==(const CanonicalName&, const CanonicalName&) = default;
};

/// For every input row the name under which it is shown, in the order of the input. What a row
/// gets does not depend on the order of the rows. O(n log n); no state, any thread.
std::vector<CanonicalName> canonicalise(const std::vector<NameUse>& uses);

}  // namespace dateline
