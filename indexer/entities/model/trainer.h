// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "indexer/entities/model/labels.h"

namespace dateline::ner {

/// Neighbouring tokens that may belong to names, with the tags they should get.
struct TrainingSequence {
  std::vector<std::vector<std::uint64_t>> features;  ///< by token
  std::vector<Tag> tags;
  float weight = 1;
  bool own = false;
};

struct TrainingOptions {
  unsigned rounds = 12;     ///< times that all sequences are seen
  float step = 0.05F;       ///< AdaGrad's first step
  unsigned least_uses = 2;  ///< rarer features are left out
  unsigned models = 5;      ///< averaged; each sees the sequences in another order
  std::uint64_t seed = 1;
};

/// Tags, and room to the next multiple of four, so that sums over them are vectors.
inline constexpr std::size_t padded_tags = (tag_count + 3) / 4 * 4;
using TagWeights = std::array<float, padded_tags>;

/// Weights as learned.
struct LearnedWeights {
  std::unordered_map<std::uint64_t, TagWeights> features;
  std::array<TagWeights, tag_count> transitions{};
};

/// Trains a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) by stochastic
/// gradient descent with AdaGrad steps (Duchi, Hazan, Singer 2011). Deterministic for a seed.
LearnedWeights train(const std::vector<TrainingSequence>& sequences,
                     const TrainingOptions& options);

}  // namespace dateline::ner
