// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "common/index/snapshot.h"
#include "searcher/engine/plan.h"
#include "searcher/engine/postings.h"
#include "searcher/engine/request.h"

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

  /// Calls `f(row, score)` for the wanted rows of the segment, ascending.
  template <class F>
  void for_each_score(std::size_t segment, const Bitset& wanted, F&& f) {
    Scoring scoring(*this, segment, wanted);
    const auto [first, behind_last] = wanted.bounds();
    const auto last = std::min((behind_last + 63) / 64 * 64, wanted.size());
    for (auto begin = first / 64 * 64; begin < last; begin += rows_at_once) {
      const auto end = std::min(begin + rows_at_once, last);
      const auto scores = scoring.of_rows(begin, end);
      wanted.for_each_in(begin, end, [&](std::size_t row) {
        f(static_cast<std::uint32_t>(row), scores[row - begin]);
      });
    }
  }

  /// What the score of one row is made of, the largest first.
  std::vector<ScorePart> explain(std::size_t segment, std::uint32_t row);

  /// Live articles that hold the word of the plan; counted when it is first asked for.
  std::uint64_t word_articles(std::size_t word);
  /// How much a word's presence tells.
  double information(std::size_t word);
  /// The most that a word can add to a score.
  double weight(std::size_t word);

 private:
  /// So many that their scores stay in the processor's cache while word after word adds to them.
  static constexpr std::size_t rows_at_once = 1U << 15;

  /// Scores the rows of a segment, part after part.
  class Scoring {
   public:
    Scoring(Scorer& scorer, std::size_t segment, const Bitset& wanted);
    /// Those of rows that are not wanted mean nothing. Valid until the next call. REQUIRES: parts
    /// in order, of at most rows_at_once.
    std::span<const float> of_rows(std::size_t begin, std::size_t end);

   private:
    struct Word {
      Bitset rows;  ///< of those wanted
      FrequencyReader frequencies;
      float weight = 0;
    };
    const SegmentColumns& columns_;
    const LengthNorm& lengths_;
    std::vector<Word> words_;
    std::vector<float> scores_;
    std::vector<float> frequencies_;  ///< of one word; 0 between two
  };

  std::uint64_t count_articles(std::size_t word) const;

  const IndexSnapshot& snapshot_;
  const QueryPlan& plan_;
  PostingsReader& postings_;
  LengthNorm lengths_;
  std::vector<std::optional<std::uint64_t>> word_articles_;
};

}  // namespace dateline
