// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "common/index/snapshot.h"
#include "searcher/engine/plan.h"

namespace dateline {

/// Where in an article something stands: from the position of its first word to that of its last.
struct Place {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

/// Whether a node is about places in the text, beyond which words occur at all.
bool needs_places(const PlanNode& node);

/// How much one query may do to compare places: enough for any that somebody means, in proportion
/// to the index; and a bound for relations of frequent words within relations, whose places
/// multiply.
class PlaceBudget {
 public:
  struct Spent {};

  explicit PlaceBudget(std::uint64_t articles);
  /// Throws Spent.
  void spend(std::uint64_t steps);

 private:
  std::uint64_t left_;
};

/// Finds where what a plan asks for stands in the articles of one segment. One thread; the
/// snapshot's databases for `thread` are used.
class PlaceFinder {
 public:
  PlaceFinder(const IndexSnapshot& snapshot, std::size_t thread, std::size_t segment,
              const QueryPlan& plan, PlaceBudget& budget);

  // All throw PlaceBudget::Spent.

  bool stands(std::uint32_t row, const PlanNode& node) const;

  /// The places of a node of the text (QueryNode::Kind says which are) in an article, in order of
  /// their beginning, each once. A relation gives every place of its first operand with every one
  /// of the second that it is true of; ATLEAST counts the places that hold no other.
  /// Of a relation there may be fewer, but at least `most` where there are.
  std::vector<Place> find(std::uint32_t row, const PlanNode& node,
                          std::size_t most = std::numeric_limits<std::size_t>::max()) const;

  /// The positions of a word.
  std::vector<std::uint32_t> positions(std::uint32_t row, const PlanWord& word) const;

 private:
  std::vector<Place> find_any(std::uint32_t row, const PlanNode& node) const;
  std::vector<Place> find_phrase(std::uint32_t row, const PlanNode& node) const;
  std::vector<Place> find_within(std::uint32_t row, const PlanNode& node, std::size_t most) const;
  std::vector<Place> find_together(std::uint32_t row, const PlanNode& node,
                                   std::string_view boundary, std::size_t most) const;
  std::vector<Place> find_first(std::uint32_t row, const PlanNode& node) const;
  std::vector<std::uint32_t> term_positions(std::uint32_t row, const std::string& term) const;
  std::uint32_t words_before(std::uint32_t row, std::uint32_t position) const;

  const SegmentColumns& columns_;
  const Xapian::Database& database_;
  const QueryPlan& plan_;
  PlaceBudget& budget_;
};

}  // namespace dateline
