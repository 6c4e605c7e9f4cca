// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/syntax.h"

#include <fmt/format.h>

#include "common/error.h"
#include "searcher/query/parser.h"
#include "searcher/query/query_text.h"

namespace dateline {

QueryNode parse_query(std::string_view text, QueryMode mode, Day today) {
  if (text.size() > max_query_bytes) {
    throw Error(ExitCode::usage,
                fmt::format("the query has {} bytes, {} are allowed", text.size(), max_query_bytes),
                "shorten it");
  }
  if (without_outer_space({text, 0}).text.empty()) return {};
  return mode == QueryMode::any ? parse_bag_of_words(text) : parse_language(text, today);
}

}  // namespace dateline
