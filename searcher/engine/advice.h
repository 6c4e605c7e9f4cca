// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "searcher/engine/plan.h"
#include "searcher/engine/request.h"

namespace dateline {

/// The plan with any of the query's words in place of all of them, but with all that it says of
/// sources, dates and the like; none when there is but one thing to look for.
std::optional<QueryPlan> loosened(const QueryPlan& plan);

/// The query's text with words of the index in place of those that no article holds; "" if none is
/// close to any.
std::string respelled(const QueryNode& query, std::string_view text, Vocabulary& vocabulary);

/// The filters with one taken away, for each, and how the user wrote it: "--date 2023".
std::vector<std::pair<std::string, Filters>> with_one_less(const Filters& filters);

}  // namespace dateline
