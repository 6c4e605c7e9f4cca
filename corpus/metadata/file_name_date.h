// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "common/date.h"

namespace dateline {

/// The day that a file's name states as 2022-07-14, 2022_07_14 or 20220714 between characters that
/// are neither letters nor digits. Empty when it states none, several, one that no calendar has, or
/// one after `latest`; the form without separators counts only from 1900 on.
std::optional<Day> date_in_file_name(std::string_view name, Day latest);

}  // namespace dateline
