// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "common/date.h"

namespace dateline {

/// What parse_day_range() reads, and besides, in any case: "today" and "yesterday", alone or as an
/// end of a range ("2023..today"), and "last N days", weeks, months or years: those that end today.
/// Hyphens may stand for the spaces. "last 3 weeks" are 21 days; "last 2 months" begin on the day
/// after that of today's number two months ago, or after that month's last day where it is shorter.
/// Empty when the text is none of them: "last month" could mean two things.
std::optional<DayRange> parse_date_words(std::string_view text, Day today);

}  // namespace dateline
