// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "common/date.h"

namespace dateline {

/// The day in an article's address, as "/2023/03/17/", "/2023-03-17-", "/20230317/" or
/// "/2023/mar/17/". Empty when it states none, one that no calendar has, or one after `latest`.
std::optional<Day> date_in_url(std::string_view url, Day latest);

}  // namespace dateline
