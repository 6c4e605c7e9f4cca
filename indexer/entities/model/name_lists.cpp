// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/name_lists.h"

#include <algorithm>
#include <bit>

namespace dateline::ner {

NameLists::NameLists(std::vector<Entry> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.hash < b.hash; });
  for (const Entry& entry : entries) {
    if (entries_.empty() || entries_.back().hash != entry.hash) {
      entries_.push_back(entry);
    } else {
      entries_.back().lists |= entry.lists;
    }
  }
  slots_.resize(std::bit_ceil(entries_.size() * 2 + 1));
  for (const Entry& entry : entries_) {
    if (entry.lists == 0) continue;
    std::size_t slot = entry.hash & (slots_.size() - 1);
    while (slots_[slot].lists != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = entry;
  }
}

std::uint16_t NameLists::of(std::uint64_t key) const {
  if (slots_.empty()) return 0;
  const std::uint32_t hash = hash_of(key);
  for (std::size_t slot = hash & (slots_.size() - 1); slots_[slot].lists != 0;
       slot = (slot + 1) & (slots_.size() - 1))
    if (slots_[slot].hash == hash) return slots_[slot].lists;
  return 0;
}

}  // namespace dateline::ner
