// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "common/hash.h"

namespace dateline::ner {
namespace {

constexpr std::int32_t impossible = std::numeric_limits<std::int32_t>::min() / 4;

/// For each tag the tags that may stand before it.
struct Predecessors {
  std::array<std::array<Tag, tag_count>, tag_count> tags{};
  std::array<std::size_t, tag_count> count{};
};

constexpr Predecessors predecessors = [] {
  Predecessors found;
  for (Tag next = 0; next < tag_count; ++next)
    for (Tag tag = 0; tag < tag_count; ++tag)
      if (may_follow(tag, next)) found.tags[next][found.count[next]++] = tag;
  return found;
}();

}  // namespace

Model::Model(std::string_view bytes) : digest_(fmt::format("{:016x}", hash64(bytes))) {
  ModelContent content = read_model(bytes);
  lists_ = std::move(content.lists);
  constexpr std::size_t fewest_slots = 512;  // with slot and check together a hash is exact
  slots_.resize(std::bit_ceil(std::max(fewest_slots, content.features.size() * 3 / 2)));
  seen_.resize(seen_bits / 64);
  for (const ModelContent::Feature& feature : content.features) {
    std::size_t slot = slot_of(feature.hash);
    while (slots_[slot].check != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot].check = check_of(feature.hash);
    const std::size_t bit = seen_bit_of(feature.hash);
    seen_[bit / 64] |= std::uint64_t{1} << bit % 64;
    std::copy(feature.weights.begin(), feature.weights.end(), slots_[slot].weights.begin());
  }
  for (std::size_t a = 0; a < tag_count; ++a)
    for (std::size_t b = 0; b < tag_count; ++b) transitions_[a][b] = content.transitions[a][b];
}

/// Never 0, which marks a free slot.
std::uint32_t Model::check_of(std::uint64_t feature) const {
  constexpr std::uint64_t kept = (std::uint64_t{1} << ModelContent::feature_bits) - 1;
  return static_cast<std::uint32_t>((feature & kept) >> 8U) | 1U;
}

void Model::score(const std::vector<std::uint64_t>& features, TagScores& scores) const {
  for (const std::uint64_t feature : features)
    if (may_be_known(feature)) __builtin_prefetch(&slots_[slot_of(feature)]);
  for (const std::uint64_t feature : features) {
    if (!may_be_known(feature)) continue;
    const std::uint32_t check = check_of(feature);
    for (std::size_t slot = slot_of(feature); slots_[slot].check != 0;
         slot = (slot + 1) & (slots_.size() - 1)) {
      if (slots_[slot].check != check) continue;
      for (std::size_t t = 0; t < scores.size(); ++t) scores[t] += slots_[slot].weights[t];
      break;
    }
  }
}

void Model::decode(const std::vector<TagScores>& scores, std::vector<Tag>& tags) const {
  const std::size_t n = scores.size();
  tags.assign(n, outside);
  if (n == 0) return;
  TagScores best{};
  best.fill(impossible);
  best[outside] = 0;
  std::vector<std::array<Tag, tag_count>> came_from(n);
  for (std::size_t i = 0; i < n; ++i) {
    TagScores next{};
    for (Tag tag = 0; tag < tag_count; ++tag) {
      next[tag] = impossible;
      for (std::size_t p = 0; p < predecessors.count[tag]; ++p) {
        const Tag before = predecessors.tags[tag][p];
        const std::int32_t score = best[before] + transitions_[before][tag];
        if (score <= next[tag]) continue;
        next[tag] = score;
        came_from[i][tag] = before;
      }
      next[tag] = std::max(next[tag] + scores[i][tag], impossible);
    }
    best = next;
  }
  Tag last = outside;
  for (Tag tag = 0; tag < tag_count; ++tag)
    if (!goes_on(tag) && best[tag] > best[last]) last = tag;
  for (std::size_t i = n; i-- > 0;) {
    tags[i] = last;
    last = came_from[i][last];
  }
}

}  // namespace dateline::ner
