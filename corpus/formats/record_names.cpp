// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/record_names.h"

#include <fmt/format.h>

#include <utility>

#include "common/hash.h"

namespace dateline {
namespace {

constexpr std::size_t first_slots = 64;  // a power of two, as all sizes

/// The slot that holds `hash`, or the free one where it belongs.
std::size_t slot_of(const std::vector<std::uint64_t>& slots, std::uint64_t hash) {
  std::size_t slot = hash & (slots.size() - 1);
  while (slots[slot] != 0 && slots[slot] != hash) slot = (slot + 1) & (slots.size() - 1);
  return slot;
}

}  // namespace

std::string RecordNames::name(const std::string& id, const std::string& place) {
  if (!id.empty() && insert(id)) return id;
  std::string name = id.empty() ? place : fmt::format("{} ({})", id, place);
  while (!insert(name)) name += '\'';
  return name;
}

bool RecordNames::insert(const std::string& name) {
  if (2 * (taken_ + 1) > slots_.size()) grow();
  const std::uint64_t hash = hash64(name) | 1;  // never 0
  std::uint64_t& slot = slots_[slot_of(slots_, hash)];
  if (slot == hash) return false;
  slot = hash;
  ++taken_;
  return true;
}

void RecordNames::grow() {
  std::vector<std::uint64_t> larger(slots_.empty() ? first_slots : 2 * slots_.size());
  for (const std::uint64_t hash : slots_)
    if (hash != 0) larger[slot_of(larger, hash)] = hash;
  slots_ = std::move(larger);
}

}  // namespace dateline
