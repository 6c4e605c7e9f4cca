// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/score_bounds.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace dateline {
namespace {

constexpr std::size_t most_sets = 16;
constexpr std::size_t most_words = 32;  ///< of which sets of several are sought

/// Finds the smallest sets that reach a score.
class Sets {
 public:
  explicit Sets(std::span<const float> most) : most_(most), order_(most.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::ranges::sort(order_, std::ranges::greater{}, [&](std::size_t word) { return most[word]; });
    together_.resize(order_.size() + 1);
    for (auto i = order_.size(); i > 0; --i) together_[i - 1] = together_[i] + most_[order_[i - 1]];
  }

  std::vector<WordSet> reaching(float score) && {
    if (order_.size() <= most_words) add_with(0, score);
    const bool found = order_.size() <= most_words && sets_.size() <= most_sets;
    return found ? std::move(sets_) : single_words_for(score);
  }

 private:
  /// Sets of the chosen words and of some from the i-th on that add `missing`. No branch is in
  /// vain.
  void add_with(std::size_t i, float missing) {
    if (sets_.size() > most_sets) return;
    if (missing <= 0) {
      sets_.push_back(chosen_);
      return;
    }
    // So written, a number that is none ends it, too.
    if (i == order_.size() || !(together_[i] >= missing)) return;
    chosen_.push_back(order_[i]);
    add_with(i + 1, missing - most_[order_[i]]);
    chosen_.pop_back();
    add_with(i + 1, missing);
  }

  /// The first words: all others together do not reach the score.
  std::vector<WordSet> single_words_for(float score) const {
    if (score <= 0) return {WordSet()};
    std::vector<WordSet> sets;
    for (std::size_t i = 0; i < order_.size() && together_[i] >= score; ++i)
      sets.push_back({order_[i]});
    return sets;
  }

  std::span<const float> most_;
  std::vector<std::size_t> order_;  ///< from the word that may add most
  std::vector<float> together_;     ///< what the i-th and those behind it may add
  WordSet chosen_;
  std::vector<WordSet> sets_;
};

}  // namespace

std::vector<WordSet> sets_reaching(std::span<const float> most, float score) {
  return Sets(most).reaching(score);
}

}  // namespace dateline
