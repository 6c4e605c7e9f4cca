// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/article.h"
#include "searcher/engine/request.h"

namespace dateline {

/// What each matched word, as Tokenizer gives it, is worth in a snippet: rarer ones more.
struct WordHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};
using WordWorth = std::unordered_map<std::string, double, WordHash, std::equal_to<>>;

/// The words of `text` that are in `words`.
Marks mark_words(std::string_view text, const WordWorth& words);

/// The sentences of the article (its body, or its deck where only that matches) of at most
/// `columns` columns together that hold the most valuable words, in their order, with " … " where
/// some are left out between; the first ones where no word occurs. A sentence that is longer is cut
/// around its words. One line.
Snippet make_snippet(const Article& article, const WordWorth& words, std::size_t columns);

}  // namespace dateline
