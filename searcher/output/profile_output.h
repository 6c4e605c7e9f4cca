// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "common/json.h"
#include "common/terminal.h"
#include "searcher/engine/profile.h"

namespace dateline {

/// The profile for a reader, in lines of at most `width` columns.
std::string profile_page(const EntityProfile& profile, const SearchRequest& request,
                         const Palette& palette, std::size_t width);

/// The profile as docs/json-output.md describes it.
Json profile_json(const EntityProfile& profile, const SearchRequest& request);

}  // namespace dateline
