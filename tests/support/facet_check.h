// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "common/index/snapshot.h"
#include "searcher/engine/request.h"
#include "searcher/engine/search.h"

namespace dateline::test {

/// The request with one value of a facet selected in place of what the facet had selected.
SearchRequest selecting(SearchRequest request, Facet facet, const std::string& value);

/// Asks an index random requests, made of its own words, names and dates, and holds the count
/// beside each facet value against the total that selecting the value gives.
class FacetCheck {
 public:
  FacetCheck(std::shared_ptr<const IndexSnapshot> snapshot, std::uint32_t seed);

  struct Report {
    std::size_t requests = 0;
    std::size_t with_articles = 0;  ///< requests that found any
    std::size_t refused = 0;        ///< queries that stand for too much
    std::size_t values = 0;         ///< that were selected
    std::size_t not_empty = 0;      ///< of these, with articles
    std::vector<std::string> failures;
  };
  /// At most `values_each` values of each facet counted are selected.
  Report run(std::size_t requests, std::size_t values_each);

  SearchRequest random_request();

 private:
  struct Place {
    std::size_t segment = 0;
    std::uint32_t row = 0;
  };

  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  Place random_article();
  std::string word(const Place& article);
  std::string value(const Place& article, Facet facet);
  std::string entity(const Place& article);
  std::string date(const Place& article);
  std::string clause(const Place& article);
  std::string query(const Place& article);
  void add_filters(const Place& article, Filters& filters);
  void add_facets(SearchRequest& request);
  void check(const SearchRequest& request, std::size_t values_each, Report& report);
  void check_values(const SearchRequest& request, const FacetResult& facet, std::size_t values_each,
                    Report& report);

  std::shared_ptr<const IndexSnapshot> snapshot_;
  Searcher searcher_;
  std::mt19937 random_;
};

}  // namespace dateline::test
