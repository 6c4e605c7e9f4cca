// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/sequences.h"

namespace dateline::ner {
namespace {

/// What a token and the sequence of capitals around it read; 0 where that says nothing.
std::uint64_t reading_of(const Part& part, std::size_t token) {
  if (!part.tokens[token].has(Shape::capital)) return 0;
  const Word& word = part.words[token];
  constexpr std::size_t longest_run = 12;
  if (word.run_last - word.run_first >= longest_run) return 0;
  std::uint64_t key = 1 + token - word.run_first;
  for (std::size_t i = word.run_first; i <= word.run_last; ++i)
    key = phrase_key(key, part.words[i].lower);
  return key;
}

}  // namespace

void find_sequences(const Document& document, std::vector<Sequence>& sequences) {
  sequences.clear();
  for (std::size_t p = 0; p < document.parts().size(); ++p) {
    const Part& part = document.parts()[p];
    for (const Sentence& sentence : part.sentences)
      for (std::size_t i = sentence.first; i < sentence.last; ++i) {
        if (!part.words[i].active) continue;
        const std::size_t first = i;
        while (i < sentence.last && part.words[i].active) ++i;
        sequences.push_back({p, first, i});
      }
  }
}

void ScorePool::share(const Document& document, const std::vector<Sequence>& sequences,
                      std::vector<std::vector<TagScores>>& scores) {
  // Own scores count seven parts in ten, those elsewhere three: best of 0, 3 and 5 in
  // cross-validation.
  constexpr std::int32_t elsewhere = 3;
  constexpr std::int32_t whole = 10;
  sums_.clear();
  const auto each = [&](auto use) {
    for (std::size_t s = 0; s < sequences.size(); ++s)
      for (std::size_t i = 0; i < scores[s].size(); ++i) {
        const Part& part = document.parts()[sequences[s].part];
        if (const auto key = reading_of(part, sequences[s].first + i); key != 0)
          use(key, scores[s][i]);
      }
  };
  each([&](std::uint64_t key, const TagScores& own) {
    Sum& sum = sums_[key];
    ++sum.uses;
    for (std::size_t t = 0; t < tag_count; ++t) sum.scores[t] += own[t];
  });
  each([&](std::uint64_t key, TagScores& own) {
    const Sum& sum = *sums_.find(key);
    if (sum.uses < 2) return;
    for (std::size_t t = 0; t < tag_count; ++t) {
      const std::int32_t others = (sum.scores[t] - own[t]) / (sum.uses - 1);
      own[t] = ((whole - elsewhere) * own[t] + elsewhere * others) / whole;
    }
  });
}

}  // namespace dateline::ner
