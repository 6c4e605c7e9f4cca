// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "searcher/query/query_text.h"
#include "searcher/query/syntax.h"

namespace dateline {

/// The words, wildcards and ~fuzzy words that `part` of the query writes, as leaves of `field`.
/// Plain words are `exact` if the part is; refuses a "*" or "~" that cannot be honoured.
/// Punctuation alone gives none.
std::vector<QueryNode> read_words(std::string_view query, QueryPart part, QueryField field,
                                  bool exact);

}  // namespace dateline
