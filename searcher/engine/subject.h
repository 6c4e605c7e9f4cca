// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/index/tables.h"
#include "searcher/engine/request.h"

namespace dateline {

/// The entity that a profile is about, and the filters without it.
struct ProfileSubject {
  std::uint32_t entity = 0;  ///< index-wide ordinal
  Filters others;
};

/// Throws as profile_entity() does.
ProfileSubject find_subject(const GenerationTables& tables, const Filters& filters);

}  // namespace dateline
