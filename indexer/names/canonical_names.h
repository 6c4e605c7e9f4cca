// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "indexer/entities/canonical.h"
#include "indexer/names/name_rules.h"

namespace dateline {

/// canonicalise() with a user's rules: for every row the name under which it is shown, none for a
/// forbidden one. Forbidden names have no part in anything; then forced names take their type;
/// split names stand for themselves, beside what canonicalise() makes of the rest; merged names
/// move, and with them what was joined to them; what is then there is renamed. A name that does not
/// exist is no error. The result does not depend on the order of the rows. Any thread.
std::vector<std::optional<CanonicalName>> canonical_names(const std::vector<NameUse>& uses,
                                                          const NameRules& rules);

}  // namespace dateline
