// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <unordered_map>

#include "common/article.h"
#include "common/text/analyser.h"
#include "searcher/engine/request.h"

namespace dateline {

/// What each matched term is worth in a snippet: rarer ones more.
using TermWeights = std::unordered_map<std::string_view, double>;

/// The words of `text` whose terms are in `terms`.
Marks mark_words(std::string_view text, const TermWeights& terms, TextAnalyser& analyser);

/// The passage of the article (its body, or its deck where only that matches) of at most `columns`
/// columns that holds the most valuable set of terms; the beginning of the body where none occurs.
/// One line; starts at a sentence where one starts nearby.
Snippet make_snippet(const Article& article, const TermWeights& terms, TextAnalyser& analyser,
                     std::size_t columns);

}  // namespace dateline
