// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
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
  double least() const { return least_; }

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

  /// Calls `f(row, score)` for the wanted rows of the segment, ascending, but for some whose scores
  /// are below `bar()`, which never falls.
  template <class Bar, class F>
  void for_each_score(std::size_t segment, const Bitset& wanted, Bar&& bar, F&& f) {
    Scoring scoring(*this, segment, wanted);
    const auto [first, behind_last] = wanted.bounds();
    auto begin = first / 64 * 64;
    for (auto rows = rows_at_first; begin < behind_last; rows *= 2) {
      rows = std::min(rows, scoring.most_rows());
      const auto end = std::min(begin + rows, wanted.size());
      scoring.score(begin, end, bar());
      scoring.for_each(f);
      begin = end;
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
  /// Fewer, so that there soon is a bar for the others.
  static constexpr std::size_t rows_at_first = 1U << 11;

  /// Scores the rows of a segment, part after part.
  class Scoring {
   public:
    Scoring(Scorer& scorer, std::size_t segment, const Bitset& wanted);
    /// How many rows a part may have, a multiple of 64: fewer for many words, whose frequencies
    /// take 4 MiB at most.
    std::size_t most_rows() const {
      constexpr std::size_t most_frequencies = 1U << 20;
      const auto words = std::max<std::size_t>(words_.size(), 1);
      return std::clamp<std::size_t>(most_frequencies / words / 64 * 64, 64, rows_at_once);
    }
    /// Those wanted from `begin` to before `end` that may reach the bar. REQUIRES: parts in order,
    /// of at most most_rows(), that begin at a multiple of 64.
    void score(std::size_t begin, std::size_t end, float bar);
    /// Calls `f(row, score)` for what was scored last.
    template <class F>
    void for_each(F&& f) const {
      for (const auto& [at, score] : scored_) f(static_cast<std::uint32_t>(begin_ + at), score);
    }

   private:
    struct Word {
      std::shared_ptr<const Bitset> rows;
      FrequencyReader reader;
      std::vector<float> frequencies;  ///< by row from begin_ on, of promising rows
    };
    struct Scored {
      std::uint32_t at = 0;  ///< the row is begin_ + at
      float score = 0;
    };
    void choose_by_words(float bar);
    void read_frequencies();
    float score(std::size_t at, float norm) const;

    const SegmentColumns& columns_;
    const LengthNorm& lengths_;
    const Bitset& wanted_;
    std::vector<Word> words_;
    std::vector<float> weights_;  ///< of words_: each more than the word can add to a score
    // Of the part that was scored last:
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    Bitset promising_;
    std::vector<Scored> scored_;
  };

  std::uint64_t count_articles(std::size_t word) const;

  const IndexSnapshot& snapshot_;
  const QueryPlan& plan_;
  PostingsReader& postings_;
  LengthNorm lengths_;
  std::vector<std::optional<std::uint64_t>> word_articles_;
};

}  // namespace dateline
