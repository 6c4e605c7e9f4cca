// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/vocabulary.h"

#include "common/hash.h"

namespace dateline {
namespace {

/// Holds the words of most articles.
constexpr std::size_t first_slots = 1024;

std::uint32_t hash_of(std::string_view word) { return static_cast<std::uint32_t>(hash64(word)); }

}  // namespace

std::uint32_t Vocabulary::add(std::string_view word) {
  if (2 * (std::size_t{size()} + 1) > slots_.size()) grow();
  const auto hash = hash_of(word);
  auto& slot = slots_[slot_of(word, hash)];
  if (slot.number_after == 0) {
    words_.push_back(word);
    slot = {hash, size()};
  }
  return slot.number_after - 1;
}

std::optional<std::uint32_t> Vocabulary::find(std::string_view word) const {
  if (slots_.empty()) return std::nullopt;
  const auto& slot = slots_[slot_of(word, hash_of(word))];
  if (slot.number_after == 0) return std::nullopt;
  return slot.number_after - 1;
}

/// Where the word stands, or would.
std::size_t Vocabulary::slot_of(std::string_view word, std::uint32_t hash) const {
  const auto mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (;; at = (at + 1) & mask) {
    const auto& slot = slots_[at];
    if (slot.number_after == 0) return at;
    if (slot.hash == hash && words_[slot.number_after - 1] == word) return at;
  }
}

void Vocabulary::grow() {
  std::vector<Slot> before(slots_.empty() ? first_slots : 2 * slots_.size());
  before.swap(slots_);
  const auto mask = slots_.size() - 1;
  for (const auto& slot : before) {
    if (slot.number_after == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].number_after != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace dateline
