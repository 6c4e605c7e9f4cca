// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/date.h"
#include "searcher/query/facet.h"

namespace dateline {

/// Where in an article a word is looked for.
enum class QueryField { text, title, body };  // text: title, deck and body; body: deck and body

/// A query as it was understood. docs/query-language.md describes the language.
struct QueryNode {
  enum class Kind {
    // Leaves that stand at a place in the text.
    word,      ///< `text` occurs, in any of its inflected forms unless `exact`
    wildcard,  ///< a word of the shape of `text` occurs: '*' stands for any characters, or none
    fuzzy,     ///< a word that differs from `text` by few letters occurs
    phrase,    ///< the children (word, wildcard, fuzzy) occur in this order next to each other
    // What stands at places relative to others; the children are leaves of the text, `any` of what
    // may be a child here, or the first four of these kinds again.
    near,       ///< children[0] and children[1], at most `number` words on from one to the other
    ordered,    ///< the same, children[0] first
    sentence,   ///< both children in one sentence
    paragraph,  ///< both children in one paragraph
    at_least,   ///< children[0] at least `number` times
    first,      ///< children[0] within the first `number` words of title, deck and body
    // Leaves about the article.
    value,  ///< an article whose `facet` (none: person, org or place) is `text`
    date,   ///< published on a day of `days`; none: undated
    // Of any of the above.
    all,      ///< every child matches; without children: every article does
    any,      ///< some child matches
    all_but,  ///< children[0] matches and none of the others does
  };
  Kind kind = Kind::all;
  QueryField field = QueryField::text;  ///< of word, wildcard and fuzzy
  std::string text;                     ///< a word as Tokenizer gives it; a value as written
  bool exact = false;                   ///< of a word: no other form of it, as in a phrase
  bool pattern = false;                 ///< a '*' in a value stands for any characters
  std::optional<Facet> facet;           ///< of a value
  std::optional<DayRange> days;         ///< of a date
  std::size_t number = 0;
  double boost = 1;  ///< how much more than others what stands here counts in the ranking
  /// Byte of the query where this was written; of what an operator joins, that of its first
  /// operator or, where a space stands for it, of the second operand.
  std::size_t at = 0;
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
inline constexpr std::size_t max_query_depth = 100;  // of parentheses and of the tree
/// Of NEAR/n, ADJ/n, FIRST/n and ATLEAST/n.
inline constexpr std::size_t max_query_number = 999;

/// Reads a query. Nothing is guessed and nothing dropped: what cannot be honoured throws
/// Error(ExitCode::usage) whose text shows the query with a caret under the place.
/// A blank text is `all` without children; one of punctuation alone is refused. `today` is what
/// "yesterday" and "last 3 weeks" count from.
QueryNode parse_query(std::string_view text, QueryMode mode, Day today);

/// Throws as parse_query() does, with a caret under byte `at` of the query: for what only the index
/// can tell, such as a wildcard that stands for too many words.
[[noreturn]] void refuse_query(std::string_view query, std::size_t at, const std::string& cause,
                               const std::string& remedy);

/// The query in its fullest form, with every operator and parenthesis written out: read in
/// QueryMode::all it gives the same tree. "" for every article.
std::string format_query(const QueryNode& query);

}  // namespace dateline
