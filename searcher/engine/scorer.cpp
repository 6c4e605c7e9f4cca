// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/scorer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "searcher/engine/score_bounds.h"

namespace dateline {
namespace {

// Chosen by measuring on four public collections with judged queries: docs/ranking.md.
constexpr double k1 = 1.5;
constexpr double b = 0.6;
constexpr double information_power = 1.1;

/// The sum of the parts of 2,000 words may be rounded by less.
constexpr float below_any_rounding = 1 - 1e-3F;

}  // namespace

double word_information(std::uint64_t all, std::uint64_t with) {
  const auto n = static_cast<double>(all);
  const auto df = static_cast<double>(std::min(all, with));
  return std::pow(std::log(1.0 + (n - df + 0.5) / (df + 0.5)), information_power);
}

LengthNorm::LengthNorm(const IndexSnapshot& snapshot) : least_(k1 * (1 - b)), by_word_(k1 * b) {
  const auto& manifest = snapshot.manifest();
  if (manifest.articles == 0) return;
  const auto sum = static_cast<double>(manifest.tokens) +
                   (title_weight - 1) * static_cast<double>(manifest.title_tokens);
  by_word_ /= std::max(1.0, sum / static_cast<double>(manifest.articles));
}

Scorer::Scorer(const IndexSnapshot& snapshot, const QueryPlan& plan, PostingsReader& postings)
    : snapshot_(snapshot),
      plan_(plan),
      postings_(postings),
      lengths_(snapshot),
      word_articles_(plan.words.size()) {}

std::uint64_t Scorer::word_articles(std::size_t word) {
  auto& known = word_articles_[word];
  if (!known) known = count_articles(word);
  return *known;
}

std::uint64_t Scorer::count_articles(std::size_t word) const {
  std::uint64_t articles = 0;
  for (std::size_t s = 0; s < snapshot_.segment_count(); ++s) {
    articles += postings_.live_rows(s, word);
  }
  return articles;
}

double Scorer::information(std::size_t word) {
  return word_information(snapshot_.manifest().articles, word_articles(word));
}

double Scorer::weight(std::size_t word) {
  return plan_.words[word].asked * information(word) * (k1 + 1);
}

Scorer::Scoring::Scoring(Scorer& scorer, std::size_t segment, const Bitset& wanted)
    : columns_(scorer.snapshot_.segment(segment)),
      lengths_(scorer.lengths_),
      wanted_(wanted),
      promising_(wanted.size()) {
  for (std::size_t w = 0; w < scorer.plan_.words.size(); ++w) {
    if (scorer.plan_.words[w].asked <= 0) continue;
    auto& postings = scorer.postings_;
    weights_.push_back(static_cast<float>(scorer.weight(w)));
    words_.push_back({postings.rows(segment, w), postings.frequencies(segment, w), {}});
  }
}

void Scorer::Scoring::score(std::size_t begin, std::size_t end, float bar) {
  begin_ = begin;
  end_ = end;
  choose_by_words(bar);
  if (scored_.empty()) return;
  read_frequencies();
  const auto least_norm = static_cast<float>(lengths_.least());
  const auto surely_below = bar * below_any_rounding;
  std::size_t kept = 0;
  for (const auto& [at, unknown] : scored_) {
    // What the shortest text would have is known without looking the length up.
    if (score(at, least_norm) < surely_below) continue;
    const auto row = begin_ + at;
    const auto norm = lengths_.of(columns_.tokens[row], columns_.title_tokens[row]);
    scored_[kept++] = {at, score(at, static_cast<float>(norm))};
  }
  scored_.resize(kept);
}

/// Of the wanted rows, those that hold words enough.
void Scorer::Scoring::choose_by_words(float bar) {
  std::vector<std::vector<const std::uint64_t*>> sets;
  for (const auto& set : sets_reaching(weights_, bar * below_any_rounding)) {
    auto& rows = sets.emplace_back();
    for (const auto word : set) rows.push_back(words_[word].rows->words().data());
  }
  scored_.clear();
  for (auto w = begin_ / 64; w < (end_ + 63) / 64; ++w) {
    const auto wanted = wanted_.words()[w];
    std::uint64_t promising = 0;
    if (wanted != 0) {
      for (const auto& set : sets) {
        auto rows = wanted;
        for (const auto* of_word : set) rows &= of_word[w];
        promising |= rows;
      }
    }
    promising_.set_word(w, promising);
    for (auto bits = promising; bits != 0; bits &= bits - 1) {
      const auto row = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      scored_.push_back({static_cast<std::uint32_t>(row - begin_), 0});
    }
  }
}

void Scorer::Scoring::read_frequencies() {
  for (auto& word : words_) {
    word.frequencies.resize(end_ - begin_);
    for (const auto& [at, unknown] : scored_) word.frequencies[at] = 0;
    word.reader.add(static_cast<std::uint32_t>(begin_), promising_, word.frequencies);
  }
}

float Scorer::Scoring::score(std::size_t at, float norm) const {
  float score = 0;
  for (std::size_t w = 0; w < words_.size(); ++w) {
    const auto f = words_[w].frequencies[at];
    score += weights_[w] * f / (f + norm);
  }
  return score;
}

std::vector<ScorePart> Scorer::explain(std::size_t segment, std::uint32_t row) {
  const auto& columns = snapshot_.segment(segment);
  const auto norm = lengths_.of(columns.tokens[row], columns.title_tokens[row]);
  const auto wanted = Bitset::of_range(columns.rows(), row, row + std::size_t{1});
  std::vector<ScorePart> parts;
  for (std::size_t w = 0; w < plan_.words.size(); ++w) {
    if (plan_.words[w].asked <= 0 || !postings_.rows(segment, w)->test(row)) continue;
    float frequency = 0;
    postings_.frequencies(segment, w).add(row, wanted, {&frequency, 1});
    const auto f = static_cast<double>(frequency);
    parts.push_back({plan_.words[w].shown, weight(w) * f / (f + norm)});
  }
  std::ranges::stable_sort(parts, std::ranges::greater{}, &ScorePart::score);
  return parts;
}

}  // namespace dateline
