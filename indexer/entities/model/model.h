// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/entities/model/labels.h"
#include "indexer/entities/model/name_lists.h"

namespace dateline::ner {

/// Scores of the tags, 1/Model::unit of what the trainer calls 1. Room to a multiple of four, so
/// that sums over them are vectors.
using TagScores = std::array<std::int32_t, (tag_count + 3) / 4 * 4>;

/// What a model file holds, before it is packed and after.
struct ModelContent {
  /// Bits of a feature's hash that are kept. A feature that was never seen is taken for one that
  /// was about once in four million.
  static constexpr unsigned feature_bits = 40;
  struct Feature {
    std::uint64_t hash = 0;  ///< its lowest feature_bits
    std::array<std::int8_t, tag_count> weights{};
  };
  std::vector<Feature> features;  ///< in order of hash, none twice
  std::array<std::array<std::int16_t, tag_count>, tag_count> transitions{};
  NameLists lists;
};

/// The file's bytes: the magic "DLNER001", then what write_model() says, packed with zlib.
std::string write_model(const ModelContent& content);
/// Throws std::runtime_error for anything but a model file.
ModelContent read_model(std::string_view bytes);

/// Weights and lists of names as the recogniser uses them. Immutable, shared by all threads.
class Model {
 public:
  static constexpr float unit = 20;

  /// The model that is part of the program (recogniser.model).
  static const Model& built_in();
  /// Throws as read_model() does.
  explicit Model(std::string_view bytes);

  const NameLists& lists() const { return lists_; }
  /// XXH3-64 of the file, 16 hexadecimal digits.
  const std::string& digest() const { return digest_; }

  /// Adds what the features say to `scores`. The features are found in memory that is far apart:
  /// all are asked for before the first is read.
  void score(const std::vector<std::uint64_t>& features, TagScores& scores) const;

  /// The most likely tags for neighbouring tokens with these scores; before the first and after
  /// the last there is no name. `tags` gets one for each.
  void decode(const std::vector<TagScores>& scores, std::vector<Tag>& tags) const;

 private:
  struct Slot {
    std::uint32_t check = 0;  ///< the hash's upper bits; 0 is a free slot
    std::array<std::int8_t, std::tuple_size_v<TagScores>> weights{};
  };

  std::size_t slot_of(std::uint64_t feature) const { return feature & (slots_.size() - 1); }
  std::uint32_t check_of(std::uint64_t feature) const;
  static std::size_t seen_bit_of(std::uint64_t feature) { return feature >> 12U & (seen_bits - 1); }
  bool may_be_known(std::uint64_t feature) const {
    const std::size_t bit = seen_bit_of(feature);
    return (seen_[bit / 64] >> bit % 64 & 1U) != 0;
  }

  /// Half a megabyte, which stays in the cache where the slots do not.
  static constexpr std::size_t seen_bits = std::size_t{1} << 22U;

  NameLists lists_;
  std::string digest_;
  std::vector<std::uint64_t> seen_;  ///< a bit for each known feature, and some by accident
  std::vector<Slot> slots_;
  std::array<TagScores, tag_count> transitions_{};
};

}  // namespace dateline::ner
