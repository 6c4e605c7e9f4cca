// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "indexer/segments/packed_strings.h"

namespace dateline {

/// Numbers words from 0, in order of their first use. A build looks every token of every article
/// up: this is a flat table because each step from node to node of a std::unordered_map waits for
/// the memory. One thread.
class Vocabulary {
 public:
  /// The number of `word`: a new one if it has none.
  std::uint32_t add(std::string_view word);
  std::optional<std::uint32_t> find(std::string_view word) const;

  std::uint32_t size() const { return words_.size(); }
  /// REQUIRES: number < size(). Valid until the next add().
  std::string_view operator[](std::uint32_t number) const { return words_[number]; }
  /// Their numbers.
  std::vector<std::uint32_t> in_byte_order() const { return words_.in_byte_order(); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number_after = 0;  ///< 0: free
  };
  std::size_t slot_of(std::string_view word, std::uint32_t hash) const;
  void grow();

  std::vector<Slot> slots_;  ///< a power of two, half of them free
  PackedStrings words_;
};

}  // namespace dateline
