// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/plan.h"

namespace dateline {

/// A word in the title counts as this many in the text, in frequency and length: docs/ranking.md.
inline constexpr double title_weight = 3.0;

/// How many live articles of the index hold a word of it in a field.
std::uint64_t live_articles(const IndexSnapshot& snapshot, QueryField field,
                            const std::string& word);

/// How often the rows of a segment hold a word, as the ranking counts it. Goes through the rows
/// once, in order. One thread.
class FrequencyReader {
 public:
  /// Adds what the wanted rows up to before `end` have to `frequencies`, of which the first is that
  /// of row `begin`. REQUIRES: no row before `begin` is wanted that was not read already.
  void add_up_to(std::uint32_t end, std::uint32_t begin, const Bitset& wanted,
                 std::span<float> frequencies);

 private:
  friend class PostingsReader;
  struct Form {
    RowCursor cursor;
    float weight = 0;
  };
  FrequencyReader(const SegmentWordLists& lists, QueryField field)
      : lists_(&lists), field_(field) {}

  const SegmentWordLists* lists_;
  QueryField field_;
  std::vector<Form> forms_;
};

/// The postings of a plan's words. Which rows hold a word is kept, as long as that is not too much;
/// how often they do is read for those rows alone whose scores are wanted. One thread.
class PostingsReader {
 public:
  PostingsReader(const IndexSnapshot& snapshot, const QueryPlan& plan);

  /// Dead rows may be among them. Valid until the next call.
  const Bitset& rows(std::size_t segment, std::size_t word);
  /// Valid as long as the snapshot is.
  FrequencyReader frequencies(std::size_t segment, std::size_t word) const;

  /// From now on only those rows below `end`.
  void read_up_to(std::uint32_t end);

 private:
  Bitset read_rows(std::size_t segment, const PlanWord& word) const;
  void forget();

  const IndexSnapshot& snapshot_;
  const QueryPlan& plan_;
  std::uint32_t end_ = SegmentWordLists::all_rows;
  std::vector<std::vector<std::optional<Bitset>>> kept_;  ///< by segment and word
  std::size_t kept_rows_ = 0;
  Bitset passing_;  ///< what was read last and not kept
};

}  // namespace dateline
