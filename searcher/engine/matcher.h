// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "searcher/engine/plan.h"

namespace dateline {

/// What a query finds in one segment.
struct SegmentMatches {
  Bitset rows;                ///< the live articles that match
  std::vector<float> scores;  ///< by row; of a row that does not match, meaningless
};

/// Finds and scores what a plan asks for. Every match is looked at, so the match set is exact.
///
/// The score is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
/// Beyond", 2009) with the frequencies of a word in title and text added up before saturation, as
/// BM25F does. Statistics are those of the live articles, over all segments: what was replaced or
/// removed has no part in them, so an updated index ranks as a rebuilt one.
///
/// One thread; the snapshot's databases for `thread` are used.
class Matcher {
 public:
  Matcher(const IndexSnapshot& snapshot, std::size_t thread, const QueryPlan& plan);

  /// Scores only if `with_scores`.
  SegmentMatches match(std::size_t segment, bool with_scores) const;

  /// Live articles that hold the word, by position in the plan's words; counted for words that are
  /// asked for.
  const std::vector<std::uint64_t>& word_articles() const { return word_articles_; }
  /// How much a word's presence tells, by position in the plan's words.
  double inverse_document_frequency(std::size_t word) const;

 private:
  void count_word_articles();
  std::uint64_t count_articles(const PlanWord& word) const;
  void score(std::size_t segment, std::vector<float>& scores) const;
  void score_word(std::size_t segment, std::size_t word, const std::vector<float>& length_norms,
                  std::vector<float>& scores) const;
  Bitset evaluate(std::size_t segment, const PlanNode& node) const;
  Bitset rows_with(std::size_t segment, const PlanWord& word) const;
  Bitset phrase_rows(std::size_t segment, const PlanNode& node) const;
  bool has_phrase(std::size_t segment, std::uint32_t row, const PlanNode& node) const;
  std::vector<std::uint32_t> positions(std::size_t segment, std::uint32_t row,
                                       const PlanWord& word) const;

  const IndexSnapshot& snapshot_;
  const IndexSnapshot::Databases& databases_;
  const QueryPlan& plan_;
  std::vector<std::uint64_t> word_articles_;
};

}  // namespace dateline
