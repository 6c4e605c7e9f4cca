// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/bitset.h"
#include "common/index/schema.h"
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

/// Where the positions of a word's terms begin in some articles of a segment, in order of the
/// articles.
struct WordPlaces {
  struct InArticle {
    std::uint32_t row = 0;
    std::uint32_t count = 0;
    std::string_view bytes;  ///< for SegmentWordLists::read_positions()
  };
  std::vector<InArticle> articles;
  std::size_t next = 0;  ///< in articles, behind what was asked for last
};

/// Finds where what a plan asks for stands in the articles of one segment. One thread.
class PlaceFinder {
 public:
  /// `candidates`: the only articles that will be asked for.
  PlaceFinder(const IndexSnapshot& snapshot, std::size_t segment, const QueryPlan& plan,
              const Bitset& candidates, PlaceBudget& budget);

  // All throw PlaceBudget::Spent and Error(damaged_index).

  bool stands(std::uint32_t row, const PlanNode& node);

  /// The places of a node of the text (QueryNode::Kind says which are) in an article, in order of
  /// their beginning, each once. A relation gives every place of its first operand with every one
  /// of the second that it is true of; ATLEAST counts the places that hold no other.
  /// Of a relation there may be fewer, but at least `most` where there are.
  std::vector<Place> find(std::uint32_t row, const PlanNode& node,
                          std::size_t most = std::numeric_limits<std::size_t>::max());

 private:
  std::vector<Place> find_word(std::uint32_t row, std::size_t word);
  std::vector<Place> find_any(std::uint32_t row, const PlanNode& node);
  std::vector<Place> find_phrase(std::uint32_t row, const PlanNode& node);
  std::vector<Place> find_words_in_line(std::uint32_t row, const std::vector<PlanNode>& words);
  std::vector<Place> find_within(std::uint32_t row, const PlanNode& node, std::size_t most);
  std::vector<Place> find_together(std::uint32_t row, const PlanNode& node,
                                   std::string_view boundary, std::size_t most);
  std::vector<Place> find_first(std::uint32_t row, const PlanNode& node);
  // Each in place of what the last argument held.
  void read_positions(std::uint32_t row, std::size_t word, std::vector<std::uint32_t>& positions);
  void read_starts(std::uint32_t row, std::string_view boundary,
                   std::vector<std::uint32_t>& positions);
  void read(std::uint32_t row, WordPlaces& places, std::vector<std::uint32_t>& positions);
  WordPlaces& places_of(std::size_t word);
  void add_places(std::size_t number, WordPlaces& places);
  std::uint32_t words_before(std::uint32_t row, std::uint32_t position) const;

  const SegmentColumns& columns_;
  const SegmentWordLists& lists_;
  const QueryPlan& plan_;
  const Bitset& candidates_;
  PlaceBudget& budget_;
  std::vector<std::optional<WordPlaces>> words_;  ///< by position in the plan's words
  std::array<std::optional<WordPlaces>, schema::boundaries.size()> boundaries_;
  // Of the article that is looked into, kept for their memory.
  std::vector<std::uint32_t> positions_;
  std::vector<std::uint32_t> next_positions_;
};

}  // namespace dateline
