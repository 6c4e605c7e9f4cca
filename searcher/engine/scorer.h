// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/index/snapshot.h"
#include "searcher/engine/plan.h"
#include "searcher/engine/postings.h"
#include "searcher/engine/request.h"
#include "searcher/engine/row_values.h"

namespace dateline {

/// How much it tells that an article holds a word that `with` of `all` articles hold: the inverse
/// document frequency, as BM25 has it and never negative, raised a little.
double word_information(std::uint64_t all, std::uint64_t with);

/// BM25's length normalisation.
class LengthNorm {
 public:
  explicit LengthNorm(const IndexSnapshot& snapshot);
  /// The frequency at which a word has half its weight in a text of so many words.
  double of(double tokens, double title_tokens) const {
    return least_ + by_word_ * (tokens + (title_weight - 1) * title_tokens);
  }

 private:
  double least_;    ///< of a text without words
  double by_word_;  ///< and for each word more
};

/// Scores articles for a plan with BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
/// Framework: BM25 and Beyond", 2009), the frequencies of a word in title and text added up before
/// saturation, as BM25F does. Statistics are those of the live articles, over all segments: what
/// was replaced or removed has no part in them, so an updated index ranks as a rebuilt one.
/// docs/ranking.md has the formula and how its numbers were chosen. One thread.
class Scorer {
 public:
  Scorer(const IndexSnapshot& snapshot, const QueryPlan& plan, PostingsReader& postings);

  /// By row of the segment, of those `wanted`; the others' are 0.
  RowValues score(std::size_t segment, const Bitset& wanted);

  /// What the score of one row is made of, the largest first.
  std::vector<ScorePart> explain(std::size_t segment, std::uint32_t row);

  /// Live articles that hold the word of the plan; counted when it is first asked for.
  std::uint64_t word_articles(std::size_t word);
  /// How much a word's presence tells.
  double information(std::size_t word);
  /// The most that a word can add to a score.
  double weight(std::size_t word);

 private:
  std::uint64_t count_articles(std::size_t word) const;

  const IndexSnapshot& snapshot_;
  const QueryPlan& plan_;
  PostingsReader& postings_;
  LengthNorm lengths_;
  std::vector<std::optional<std::uint64_t>> word_articles_;
};

}  // namespace dateline
