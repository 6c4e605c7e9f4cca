// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

namespace dateline {

/// "2026-11-22T09:40:12Z": RFC 3339, UTC.
std::string utc_seconds(std::chrono::system_clock::time_point time);
/// "2026-11-22T09:40:12.345Z".
std::string utc_milliseconds(std::chrono::system_clock::time_point time);

}  // namespace dateline
