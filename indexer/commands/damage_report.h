// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "common/json.h"
#include "common/terminal.h"
#include "indexer/operations/damage.h"

namespace dateline {

/// What is wrong with an index, a line each: which file, what, and what follows.
std::string damage_text(const DamageList& damage, const Palette& palette);

/// The same as an array of objects.
Json damage_json(const DamageList& damage);

}  // namespace dateline
