// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/scorer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dateline {
namespace {

// Chosen by measuring on four public collections with judged queries: docs/ranking.md.
constexpr double k1 = 1.5;
constexpr double b = 0.6;
constexpr double information_power = 1.1;

}  // namespace

double word_information(std::uint64_t all, std::uint64_t with) {
  const auto n = static_cast<double>(all);
  const auto df = static_cast<double>(with);
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
    const auto& rows = postings_.rows(s, word);
    const auto& entry = snapshot_.manifest().segments[s];
    articles += rows.count();
    if (entry.live < entry.rows) articles -= rows.count_in(snapshot_.tables().dead(s).words());
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
      scores_(std::min(rows_at_once, wanted.size())),
      frequencies_(scores_.size()) {
  for (std::size_t w = 0; w < scorer.plan_.words.size(); ++w) {
    if (scorer.plan_.words[w].asked <= 0) continue;
    const auto weight = static_cast<float>(scorer.weight(w));
    auto rows = wanted;
    rows &= scorer.postings_.rows(segment, w);
    words_.push_back({std::move(rows), scorer.postings_.frequencies(segment, w), weight});
  }
}

std::span<const float> Scorer::Scoring::of_rows(std::size_t begin, std::size_t end) {
  std::ranges::fill(scores_, 0.0F);
  for (auto& word : words_) {
    word.frequencies.add_up_to(static_cast<std::uint32_t>(end), static_cast<std::uint32_t>(begin),
                               word.rows, frequencies_);
    word.rows.for_each_in(begin, end, [&](std::size_t row) {
      const auto norm =
          static_cast<float>(lengths_.of(columns_.tokens[row], columns_.title_tokens[row]));
      const auto f = std::exchange(frequencies_[row - begin], 0.0F);
      scores_[row - begin] += word.weight * f / (f + norm);
    });
  }
  return scores_;
}

std::vector<ScorePart> Scorer::explain(std::size_t segment, std::uint32_t row) {
  const auto& columns = snapshot_.segment(segment);
  const auto norm = lengths_.of(columns.tokens[row], columns.title_tokens[row]);
  const auto wanted = Bitset::of_range(columns.rows(), row, row + std::size_t{1});
  std::vector<ScorePart> parts;
  for (std::size_t w = 0; w < plan_.words.size(); ++w) {
    if (plan_.words[w].asked <= 0 || !postings_.rows(segment, w).test(row)) continue;
    float frequency = 0;
    postings_.frequencies(segment, w).add_up_to(row + 1, row, wanted, {&frequency, 1});
    const auto f = static_cast<double>(frequency);
    parts.push_back({plan_.words[w].shown, weight(w) * f / (f + norm)});
  }
  std::ranges::stable_sort(parts, std::ranges::greater{}, &ScorePart::score);
  return parts;
}

}  // namespace dateline
