// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
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
  /// Adds what the wanted ones of a part of the rows have to `frequencies`, of which the first is
  /// that of row `begin`, the last that of the part's last. REQUIRES: parts in order.
  void add(std::uint32_t begin, const Bitset& wanted, std::span<float> frequencies);

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

  /// From now on rows() gives a set of those rows of a segment alone that are below `end`, which is
  /// a multiple of 64 or the number of all.
  void read_up_to(std::size_t segment, std::uint32_t end);
  /// Dead rows may be among them.
  std::shared_ptr<const Bitset> rows(std::size_t segment, std::size_t word);
  /// How many live rows of the segment hold the word, in all of it.
  std::uint64_t live_rows(std::size_t segment, std::size_t word);
  /// Valid as long as the snapshot is.
  FrequencyReader frequencies(std::size_t segment, std::size_t word) const;

 private:
  /// Of a segment.
  struct Kept {
    std::uint32_t end = SegmentWordLists::all_rows;
    std::vector<std::shared_ptr<const Bitset>> rows;  ///< by word
  };
  Bitset read_rows(std::size_t segment, const PlanWord& word, std::uint32_t end) const;

  const IndexSnapshot& snapshot_;
  const QueryPlan& plan_;
  std::vector<Kept> kept_;
  std::size_t kept_rows_ = 0;
};

}  // namespace dateline
