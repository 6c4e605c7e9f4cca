// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// Where in an article a word is looked for.
enum class QueryField { text, title };  // text: title, deck and body

/// A query as it was understood. docs/query-language.md describes the language.
struct QueryNode {
  enum class Kind {
    word,     ///< words[0] occurs
    phrase,   ///< words occur in this order next to each other
    all,      ///< every child matches; without children: every article does
    any,      ///< some child matches
    all_but,  ///< children[0] matches and none of the others does
  };
  Kind kind = Kind::all;
  QueryField field = QueryField::text;
  std::vector<std::string> words;  ///< as Tokenizer gives them
  std::vector<QueryNode> children;
};

/// How a query's words belong together.
enum class QueryMode {
  all,  ///< every word must match, but for what OR, NOT and parentheses say
  /// A bag of words, any of which may match; only quotes, "-" and "title:" mean anything, so that
  /// running text is a query. Capitals are words; parentheses and a quotation mark without a second
  /// one are punctuation.
  any,
};

/// Bounds of what is accepted: a query beyond them is refused.
inline constexpr std::size_t max_query_bytes = 64U << 10;
inline constexpr std::size_t max_query_words = 2'000;
inline constexpr std::size_t max_query_depth = 100;

/// Reads a query. Nothing is guessed and nothing dropped: what cannot be honoured throws
/// Error(ExitCode::usage) whose text shows the query with a caret under the place.
/// A blank text is `all` without children; one of punctuation alone is refused.
QueryNode parse_query(std::string_view text, QueryMode mode);

}  // namespace dateline
