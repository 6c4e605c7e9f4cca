// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dateline {

/// Counts of a few of many numbers: a hash table of open addressing.
class SparseCounts {
 public:
  void add(std::uint32_t number) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    auto& slot = slots_[place_of(number)];
    if (slot.count++ > 0) return;
    slot.number = number;
    ++used_;
  }

  /// Calls `f(number, count)` for each that was added, in any order.
  template <class F>
  void for_each(F&& f) const {
    for (const auto& slot : slots_) {
      if (slot.count > 0) f(slot.number, slot.count);
    }
  }

 private:
  static constexpr std::size_t least_slots = 256;

  struct Slot {
    std::uint32_t number = 0;
    std::uint32_t count = 0;  ///< 0: unused
  };

  /// Where the number stands, or would.
  std::size_t place_of(std::uint32_t number) const {
    constexpr std::uint64_t spread = 0x9E3779B97F4A7C15;
    const auto mask = slots_.size() - 1;
    auto at = static_cast<std::size_t>(number * spread >> 32U) & mask;
    while (slots_[at].count != 0 && slots_[at].number != number) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> smaller(std::max(least_slots, 2 * slots_.size()));
    smaller.swap(slots_);
    for (const auto& slot : smaller) {
      if (slot.count > 0) slots_[place_of(slot.number)] = slot;
    }
  }

  std::vector<Slot> slots_;  ///< none, or a power of two
  std::size_t used_ = 0;
};

}  // namespace dateline
