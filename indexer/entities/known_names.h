// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "indexer/entities/gazetteer.h"

namespace dateline::ner {

/// The name under which the tables know a person, an organisation or a place named so; empty if
/// they do not. Adornments that change nothing are looked through: "Republic of Chile" is Chile,
/// "U.S. Secret Service" the Secret Service, "Wells Fargo & Co." Wells Fargo. A name known under
/// another type only is that one: a "Pentagon" found as a place is the organisation.
std::string_view known_name(const Gazetteer& gazetteer, std::string_view name, EntityType type);

}  // namespace dateline::ner
