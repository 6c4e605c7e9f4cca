// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/plan.h"

namespace dateline {

/// A word in the title counts as this many in the text, in frequency and length: docs/ranking.md.
inline constexpr double title_weight = 3.0;

/// Which articles of a segment hold a word of the query, and how often.
struct WordPostings {
  std::vector<std::uint32_t> rows;  ///< ascending; dead rows may be among them
  std::vector<float> frequencies;   ///< by position in rows; as the ranking counts them
};

/// How many live articles of the index hold a word of it in a field.
std::uint64_t live_articles(const IndexSnapshot& snapshot, QueryField field,
                            const std::string& word);

/// The postings of a plan's words, read once and kept as long as they are not too many. One thread.
class PostingsReader {
 public:
  PostingsReader(const IndexSnapshot& snapshot, const QueryPlan& plan);

  /// Valid until the next call.
  const WordPostings& of(std::size_t segment, std::size_t word);
  Bitset rows(std::size_t segment, std::size_t word);

  static constexpr auto all_rows = std::numeric_limits<std::uint32_t>::max();
  /// From now on only those of rows below `end`.
  void read_up_to(std::uint32_t end);

 private:
  WordPostings read(std::size_t segment, const PlanWord& word) const;
  void read_term(std::size_t segment, QueryField field, const PlanTerm& term,
                 WordPostings& postings) const;
  WordPostings read_terms(std::size_t segment, const PlanWord& word) const;
  void forget();

  const IndexSnapshot& snapshot_;
  const QueryPlan& plan_;
  std::uint32_t end_ = all_rows;
  std::vector<std::vector<std::optional<WordPostings>>> kept_;  ///< by segment and word
  std::size_t kept_rows_ = 0;
  WordPostings passing_;  ///< what was read last and not kept
};

}  // namespace dateline
