// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/request.h"
#include "searcher/engine/values.h"

namespace dateline {

/// How many of some articles carry each value of some facets, over all segments of an index.
/// Counts are exact: every article is looked at. Entities of all types are counted in one go.
class ValueCounts {
 public:
  /// `facets`: of value_facets. `naming`: which articles carry an entity.
  ValueCounts(const IndexSnapshot& snapshot, const std::vector<Facet>& facets, Naming naming);
  /// `rows`: live articles of the segment.
  void add(std::size_t segment, const Bitset& rows);

  std::uint32_t articles() const { return articles_; }  ///< that were looked at
  /// By ordinal as FacetNames has them; behind the last stand the articles that state none.
  std::span<const std::uint32_t> of(Facet facet) const;

 private:
  void add_stated(std::size_t segment, const Bitset& rows, Attribute attribute,
                  std::vector<std::uint32_t>& counts);
  /// One number a row, and few names: a count by the segment's own names is the fastest.
  void add_sources(std::size_t segment, const Bitset& rows, std::vector<std::uint32_t>& counts);
  /// `name`: as the tables map a name of the segment.
  void add_name(std::size_t segment, std::uint32_t name, std::uint32_t articles,
                std::vector<std::uint32_t>& counts);

  const IndexSnapshot& snapshot_;
  Naming naming_;
  std::uint32_t articles_ = 0;
  std::map<Facet, std::vector<std::uint32_t>> stated_;  ///< by ordinal, those that state none last
  bool has_entities_ = false;
  std::vector<std::uint32_t> entities_;  ///< by ordinal
};

/// What to list of a facet's values: see FacetRequest and SearchRequest.
struct ValueListing {
  std::string prefix;
  FacetOrder order = FacetOrder::count;
  std::size_t limit = 10;
  const ValueSet* selected = nullptr;     ///< none: nothing
  const ValueCounts* of_index = nullptr;  ///< counts of all live articles: for significance alone
};

/// Values of a facet, and how many have an article and the prefix.
struct ListedValues {
  std::vector<FacetCount> values;
  std::uint64_t size = 0;

  /// Whether some that have are not among `values`.
  bool more() const;
};

/// Selected values that the order or the limit leaves out follow the others.
ListedValues list_values(const GenerationTables& tables, Facet facet, const ValueCounts& counts,
                         const ValueListing& listing);

/// Whether a word of a name begins with the prefix, which went through fold_name().
bool has_word_beginning(std::string_view name, std::string_view folded_prefix);

}  // namespace dateline
