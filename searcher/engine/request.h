// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/article.h"
#include "common/date.h"
#include "common/index/article_history.h"
#include "searcher/query/facet.h"
#include "searcher/query/syntax.h"

namespace dateline {

/// Articles that are new, or whose content changed: at or after a time, and after a generation.
struct ChangedSince {
  std::int64_t time = INT64_MIN;  ///< seconds since 1970 UTC
  std::uint64_t generation = 0;
  std::string written;  ///< as the asker wrote it

  bool includes(const ArticleHistory& history) const {
    return history.last_changed >= time && history.changed_in > generation;
  }
};

/// Which articles may answer at all, besides what the query says. Values of one list are
/// alternatives; the lists, and the bounds, must all be met.
struct Filters {
  std::map<Facet, std::vector<std::string>> values;  ///< of value_facets; names as the facet shows
  std::vector<std::string> entities;                 ///< names of any type
  std::vector<DayRange> dates;
  /// Whether an article counts as an entity's when it names it at all, in filters and facets alike;
  /// else it must be about it: is_salient().
  bool all_mentions = false;
  bool undated = false;  ///< an alternative to `dates`
  std::optional<Day> since;
  std::optional<Day> until;
  std::optional<ChangedSince> changed_since;
};

/// `changed`: what changed, or was first indexed, last comes first.
enum class SortOrder { relevance, newest, oldest, changed };

/// The length of a date facet's periods.
enum class DateUnit { year, month, week, day };

/// By number of articles, by name, or by how far the articles found have it more often than the
/// whole index has.
enum class FacetOrder { count, name, significance };

/// One facet to count.
struct FacetRequest {
  Facet facet = Facet::source;
  /// Only values in which a word begins with this, case, accents and punctuation aside; "": all.
  std::string prefix;
  /// Of the date: by year when the days span more than three years, else by month when more than
  /// three months, else by day.
  std::optional<DateUnit> unit;
};

struct SearchRequest {
  std::string query;  ///< may be empty: every article that passes the filters
  QueryMode mode = QueryMode::all;
  Filters filters;
  Day today{};                            ///< what "yesterday" counts from
  SortOrder sort = SortOrder::relevance;  ///< newest first where nothing scores
  std::size_t limit = 10;
  std::size_t offset = 0;
  /// False: where the newest come first and no facets are counted, whatever is older than the page
  /// is neither looked at nor counted, and nothing is scored.
  bool exact_total = true;

  /// Find articles like this text, or like the article of this id, in place of a query.
  std::string like_text;
  std::string like_id;
  bool expand = false;   ///< ask again with the telling words of the best articles
  bool synonyms = true;  ///< a name is found under its other names, too
  /// Days after which an article's freshness counts half; none: freshness does not count. Ages are
  /// from the newest article of the index.
  std::optional<double> recency_days;

  std::vector<FacetRequest> facets;  ///< what to count, in this order
  FacetOrder facet_order = FacetOrder::count;
  std::size_t facet_values = 10;  ///< at most so many of each facet but the date
  /// Tell how many values each facet has: all must be counted then, not only those listed.
  bool facet_sizes = false;

  std::size_t snippet_columns = 240;  ///< 0: no snippets and no stored article is read
  bool explain = false;
  bool advice = true;  ///< fill in SearchResult::advice where nothing matches
};

/// source, date, person, org and place.
std::vector<FacetRequest> default_facets();

struct FacetCount {
  std::string value;
  std::uint64_t articles = 0;
  double significance = 0;  ///< FacetOrder::significance only: see docs/facets.md
  bool selected = false;    ///< by a filter
};

struct FacetResult {
  FacetRequest asked;
  std::optional<DateUnit> unit;  ///< of the date: that of the values
  /// In the order asked for; dates ascend, with empty periods in between and the undated last.
  std::vector<FacetCount> values;
  /// How many values have an article and the prefix: SearchRequest::facet_sizes only. Of the date,
  /// all are listed.
  std::optional<std::uint64_t> size;
  bool more = false;  ///< some that have an article and the prefix are not listed
};

/// Bytes [first, second) of a text.
using Marks = std::vector<std::pair<std::size_t, std::size_t>>;

struct Snippet {
  std::string text;
  Marks marks;              ///< the words that matched
  bool cut_before = false;  ///< more of the article stands before it
  bool cut_after = false;
};

/// What one word of the query, or one part of the formula, adds to a score.
struct ScorePart {
  std::string what;
  double score = 0;
};

struct Hit {
  std::size_t rank = 0;  ///< from 1, counted over all pages
  std::string id;
  float score = 0;
  ArticleHistory history;
  Article article;  ///< empty unless snippets were asked for
  Marks title_marks;
  Snippet snippet;
  std::vector<GivenEntity> entities;   ///< whom and what it is about, the most telling first
  std::vector<ScorePart> score_parts;  ///< SearchRequest::explain only
};

/// What a word of the query stands for in this index.
struct ExplainedTerm {
  std::string term;
  std::uint64_t articles = 0;
};
struct ExplainedWord {
  std::string word;  ///< as the query has it: "elect*"
  std::uint64_t articles = 0;
  double weight = 0;
  std::vector<ExplainedTerm> terms;  ///< the most articles first
};
struct Explanation {
  std::string query;  ///< as it was understood
  std::vector<ExplainedWord> words;
};

/// What to offer when nothing matches.
struct Advice {
  std::string spelling;  ///< the query with words of the index in place of those it lacks; or ""
  std::uint64_t spelling_total = 0;  ///< articles that match it
  /// The filter without which most articles match, as it was written: "--date 2023"; or "".
  std::string costliest_filter;
  std::uint64_t without_it = 0;
  std::uint64_t partial_total = 0;  ///< articles with some of the words
  std::vector<Hit> partial;         ///< the best of them
};

/// The answer to a SearchRequest. All counts are exact, but for a total that says otherwise.
struct SearchResult {
  std::uint64_t generation = 0;
  std::uint64_t total = 0;
  bool total_is_exact = true;  ///< else at least so many match: SearchRequest::exact_total
  std::vector<Hit> hits;
  std::vector<FacetResult> facets;
  Advice advice;  ///< where total is 0 and it was asked for
  Explanation explanation;
  /// What the asker should know, e.g. that no source of that name is in the index.
  std::vector<std::string> notes;
};

}  // namespace dateline
