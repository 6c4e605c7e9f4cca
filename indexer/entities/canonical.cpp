// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/canonical.h"

namespace dateline {

std::vector<CanonicalName> canonicalise(const std::vector<NameUse>& uses) {
  std::vector<CanonicalName> names;
  names.reserve(uses.size());
  for (const NameUse& use : uses) names.push_back({use.type, use.name});
  return names;
}

}  // namespace dateline
