// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace dateline::ner {
namespace {

/// Weights of one feature, and the squares of their gradients so far.
struct Row {
  TagWeights weights{};
  TagWeights squares{};
};

/// A sequence with its features as rows of the weight table.
struct Sequence {
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> at;  ///< tokens + 1 offsets into rows
  std::vector<Tag> tags;
  float weight = 1;
};

using TagTable = std::array<TagWeights, tag_count>;

/// Added to a feature's hash for its twin, which only texts annotated by our own guide have.
constexpr std::uint64_t own_salt = 0x5bd1e9955bd1e995U;

void add(TagWeights& to, const TagWeights& what) {
  for (std::size_t t = 0; t < padded_tags; ++t) to[t] += what[t];
}

void step(Row& row, const TagWeights& gradient, float size) {
  for (std::size_t t = 0; t < padded_tags; ++t) {
    row.squares[t] += gradient[t] * gradient[t];
    row.weights[t] += size * gradient[t] / std::sqrt(row.squares[t] + 1e-4F);
  }
}

float sum_of(const TagWeights& values) {
  return std::accumulate(values.begin(), values.end(), 0.0F);
}

/// One model, from one order of the sequences.
class Learner {
 public:
  Learner(const std::vector<Sequence>& sequences, std::size_t rows, const TrainingOptions& options,
          std::uint64_t seed)
      : sequences_(sequences), options_(options), random_(seed), rows_(rows) {
    for (std::size_t a = 0; a < tag_count; ++a)
      for (std::size_t b = 0; b < tag_count; ++b)
        allowed_[a][b] = may_follow(static_cast<Tag>(a), static_cast<Tag>(b)) ? 1.0F : 0.0F;
  }

  void run() {
    std::vector<std::size_t> order(sequences_.size());
    std::iota(order.begin(), order.end(), 0U);
    for (unsigned round = 0; round < options_.rounds; ++round) {
      // Not std::shuffle, whose order the standard leaves open.
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_() % i]);
      for (const std::size_t i : order) learn(sequences_[i]);
    }
  }

  const std::vector<Row>& rows() const { return rows_; }
  const std::array<Row, tag_count>& transitions() const { return transitions_; }

 private:
  void learn(const Sequence& s) {
    const std::size_t n = s.tags.size();
    emissions_.assign(n, {});
    for (std::size_t i = 0; i < n; ++i)
      for (std::uint32_t r = s.at[i]; r < s.at[i + 1]; ++r)
        add(emissions_[i], rows_[s.rows[r]].weights);
    weigh_moves();
    forward(n);
    backward(n);
    expect(n);
    for (std::size_t i = 0; i < n; ++i) {
      TagWeights gradient{};
      for (std::size_t t = 0; t < tag_count; ++t)
        gradient[t] = s.weight * (static_cast<float>(s.tags[i] == t) - marginals_[i][t]);
      for (std::uint32_t r = s.at[i]; r < s.at[i + 1]; ++r)
        step(rows_[s.rows[r]], gradient, options_.step);
    }
    learn_moves(s);
  }

  void learn_moves(const Sequence& s) {
    Tag before = outside;
    for (const Tag tag : s.tags) {
      expected_[before][tag] -= 1;
      before = tag;
    }
    for (std::size_t a = 0; a < tag_count; ++a) {
      for (float& e : expected_[a]) e *= -s.weight;
      step(transitions_[a], expected_[a], options_.step);
    }
  }

  void weigh_moves() {
    for (std::size_t a = 0; a < tag_count; ++a)
      for (std::size_t b = 0; b < tag_count; ++b)
        moves_[a][b] = allowed_[a][b] * std::exp(transitions_[a].weights[b]);
  }

  /// The tag before the first token is `outside`; so is the one after the last.
  void forward(std::size_t n) {
    forward_.assign(n, {});
    scores_.assign(n, {});
    scale_.assign(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      const float most = *std::max_element(emissions_[i].begin(), emissions_[i].end());
      for (std::size_t t = 0; t < tag_count; ++t) scores_[i][t] = std::exp(emissions_[i][t] - most);
      TagWeights in{};
      if (i == 0) {
        in = moves_[outside];
      } else {
        for (std::size_t a = 0; a < tag_count; ++a)
          for (std::size_t b = 0; b < padded_tags; ++b) in[b] += forward_[i - 1][a] * moves_[a][b];
      }
      for (std::size_t t = 0; t < padded_tags; ++t) forward_[i][t] = in[t] * scores_[i][t];
      scale_[i] = std::max(sum_of(forward_[i]), 1e-30F);
      for (float& f : forward_[i]) f /= scale_[i];
    }
  }

  void backward(std::size_t n) {
    backward_.assign(n, {});
    for (std::size_t t = 0; t < tag_count; ++t)
      backward_[n - 1][t] = goes_on(static_cast<Tag>(t)) ? 0.0F : 1.0F;
    for (std::size_t i = n - 1; i-- > 0;) {
      TagWeights next{};
      for (std::size_t t = 0; t < padded_tags; ++t)
        next[t] = scores_[i + 1][t] * backward_[i + 1][t] / scale_[i + 1];
      for (std::size_t a = 0; a < tag_count; ++a) {
        TagWeights out{};
        for (std::size_t b = 0; b < padded_tags; ++b) out[b] = moves_[a][b] * next[b];
        backward_[i][a] = sum_of(out);
      }
    }
  }

  /// How likely each tag is at each token, and how often each pair is expected.
  void expect(std::size_t n) {
    marginals_.assign(n, {});
    for (TagWeights& row : expected_) row.fill(0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t t = 0; t < padded_tags; ++t)
        marginals_[i][t] = forward_[i][t] * backward_[i][t];
      const float all = std::max(sum_of(marginals_[i]), 1e-30F);
      for (float& m : marginals_[i]) m /= all;
      if (i == 0) {
        add(expected_[outside], marginals_[0]);
      } else {
        expect_pairs(i);
      }
    }
  }

  void expect_pairs(std::size_t i) {
    TagWeights next{};
    for (std::size_t t = 0; t < padded_tags; ++t) next[t] = scores_[i][t] * backward_[i][t];
    float all = 0;
    for (std::size_t a = 0; a < tag_count; ++a) {
      for (std::size_t b = 0; b < padded_tags; ++b)
        pairs_[a][b] = forward_[i - 1][a] * moves_[a][b] * next[b];
      all += sum_of(pairs_[a]);
    }
    const float share = 1 / std::max(all, 1e-30F);
    for (std::size_t a = 0; a < tag_count; ++a)
      for (std::size_t b = 0; b < padded_tags; ++b) expected_[a][b] += pairs_[a][b] * share;
  }

  const std::vector<Sequence>& sequences_;
  const TrainingOptions& options_;
  std::mt19937_64 random_;
  std::vector<Row> rows_;
  std::array<Row, tag_count> transitions_{};
  TagTable allowed_{};
  TagTable moves_{};
  TagTable expected_{};
  TagTable pairs_{};
  std::vector<TagWeights> emissions_, scores_, forward_, backward_, marginals_;
  std::vector<float> scale_;
};

class Trainer {
 public:
  Trainer(const std::vector<TrainingSequence>& sequences, const TrainingOptions& options)
      : options_(options) {
    choose_features(sequences);
    for (const TrainingSequence& s : sequences) sequences_.push_back(with_rows(s));
  }

  LearnedWeights run() {
    std::vector<TagWeights> rows(row_of_.size());
    LearnedWeights out;
    for (unsigned model = 0; model < options_.models; ++model) {
      Learner learner(sequences_, rows.size(), options_, options_.seed + model);
      learner.run();
      for (std::size_t r = 0; r < rows.size(); ++r) add(rows[r], learner.rows()[r].weights);
      for (std::size_t a = 0; a < tag_count; ++a)
        add(out.transitions[a], learner.transitions()[a].weights);
    }
    collect(rows, out);
    return out;
  }

 private:
  void choose_features(const std::vector<TrainingSequence>& sequences) {
    std::unordered_map<std::uint64_t, std::uint32_t> uses;
    for (const TrainingSequence& s : sequences)
      for (const auto& token : s.features)
        for (const std::uint64_t feature : token) {
          ++uses[feature];
          if (s.own) ++uses[feature ^ own_salt];
        }
    std::vector<std::uint64_t> kept;
    for (const auto& [feature, count] : uses)
      if (count >= options_.least_uses) kept.push_back(feature);
    std::sort(kept.begin(), kept.end());
    for (std::size_t i = 0; i < kept.size(); ++i)
      row_of_.emplace(kept[i], static_cast<std::uint32_t>(i));
  }

  Sequence with_rows(const TrainingSequence& from) const {
    Sequence s;
    s.tags = from.tags;
    s.weight = from.weight;
    s.at.push_back(0);
    const auto put = [&](std::uint64_t feature) {
      if (const auto row = row_of_.find(feature); row != row_of_.end())
        s.rows.push_back(row->second);
    };
    for (const auto& token : from.features) {
      for (const std::uint64_t feature : token) {
        put(feature);
        if (from.own) put(feature ^ own_salt);
      }
      s.at.push_back(static_cast<std::uint32_t>(s.rows.size()));
    }
    return s;
  }

  /// Mean weights, those of a feature and of its twin for our own guide together.
  void collect(const std::vector<TagWeights>& rows, LearnedWeights& out) const {
    const float share = 1.0F / static_cast<float>(options_.models);
    for (const auto& [feature, row] : row_of_) {
      if (const auto twin = row_of_.find(feature ^ own_salt); twin != row_of_.end()) {
        TagWeights both = rows[row];
        add(both, rows[twin->second]);
        out.features[feature] = both;
      } else {
        out.features[feature] = rows[row];
      }
    }
    for (auto& [feature, weights] : out.features)
      for (float& w : weights) w *= share;
    for (TagWeights& weights : out.transitions)
      for (float& w : weights) w *= share;
  }

  TrainingOptions options_;
  std::unordered_map<std::uint64_t, std::uint32_t> row_of_;
  std::vector<Sequence> sequences_;
};

}  // namespace

LearnedWeights train(const std::vector<TrainingSequence>& sequences,
                     const TrainingOptions& options) {
  return Trainer(sequences, options).run();
}

}  // namespace dateline::ner
