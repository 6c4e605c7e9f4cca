// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "common/date.h"

namespace dateline::date {

/// What a zone's abbreviation stands for.
struct Zone {
  std::string_view name;  ///< folded, in lower case
  /// None where the name stands for several zones.
  std::optional<std::int32_t> offset_minutes;
  bool us_summer_time = false;  ///< an hour more in summer: "ET" is EST or EDT
};

/// Null for a name that is not known.
const Zone* zone_named(std::string_view word);

/// The zone's offset at that local time, where it is known for certain.
std::optional<std::int32_t> offset_at(const Zone& zone, Day day, std::int32_t second_of_day);

}  // namespace dateline::date
