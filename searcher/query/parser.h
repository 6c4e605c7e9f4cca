// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "searcher/query/syntax.h"

namespace dateline {

/// parse_query() of each QueryMode, for a query that is neither blank nor too long.
QueryNode parse_language(std::string_view query, Day today);
QueryNode parse_bag_of_words(std::string_view query);

}  // namespace dateline
