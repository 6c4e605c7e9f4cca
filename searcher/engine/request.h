// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/article.h"
#include "common/date.h"
#include "searcher/query/syntax.h"

namespace dateline {

/// What an article can be counted and selected by, besides its date.
enum class Facet { source, person, org, place };
inline constexpr std::array value_facets{Facet::source, Facet::person, Facet::org, Facet::place};
std::string_view name_of(Facet facet);

/// The facet value of articles that state no source, or no date.
inline constexpr std::string_view unknown_value = "unknown";
inline constexpr std::string_view undated_value = "undated";

/// Which articles may answer at all. Values of one list are alternatives; the lists, and the
/// bounds, must all be met.
struct Filters {
  std::map<Facet, std::vector<std::string>> values;  ///< names as shown by the facet
  std::vector<std::string> entities;                 ///< names of any type
  std::vector<DayRange> dates;
  /// Whether an article counts as an entity's when it names it at all, in filters and facets alike;
  /// else it must be about it: is_salient().
  bool all_mentions = false;
  bool undated = false;  ///< an alternative to `dates`
  std::optional<Day> since;
  std::optional<Day> until;
};

enum class SortOrder { relevance, newest, oldest };

struct SearchRequest {
  std::string query;  ///< may be empty: every article that passes the filters
  QueryMode mode = QueryMode::all;
  Filters filters;
  SortOrder sort = SortOrder::relevance;  ///< newest first where nothing scores
  std::size_t limit = 10;
  std::size_t offset = 0;
  std::size_t facet_values = 10;      ///< at most so many of each facet; 0: count no facets
  std::size_t snippet_columns = 240;  ///< 0: no snippets and no stored article is read
};

struct FacetCount {
  std::string value;
  std::uint64_t articles = 0;
};

/// Bytes [first, second) of a text.
using Marks = std::vector<std::pair<std::size_t, std::size_t>>;

struct Snippet {
  std::string text;
  Marks marks;              ///< the words that matched
  bool cut_before = false;  ///< more of the article stands before it
  bool cut_after = false;
};

struct Hit {
  std::size_t rank = 0;  ///< from 1, counted over all pages
  std::string id;
  float score = 0;
  Article article;  ///< empty unless snippets were asked for
  Marks title_marks;
  Snippet snippet;
};

/// The answer to a SearchRequest. All counts are exact.
struct SearchResult {
  std::uint64_t generation = 0;
  std::uint64_t total = 0;
  std::vector<Hit> hits;
  std::map<Facet, std::vector<FacetCount>> facets;  ///< most articles first, then by name
  std::map<Facet, std::uint64_t> facet_sizes;       ///< how many values there are in all
  std::vector<FacetCount> dates;  ///< years, months or days, ascending; undated last
  /// What the asker should know, e.g. that no source of that name is in the index.
  std::vector<std::string> notes;
};

}  // namespace dateline
