// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/packed_strings.h"

#include <algorithm>

namespace dateline {
namespace {

/// The first eight bytes, as a number of the same order; shorter strings are filled up with NUL.
std::uint64_t head_of(std::string_view string) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < sizeof head; ++i) {
    head = head << 8U | (i < string.size() ? static_cast<unsigned char>(string[i]) : 0U);
  }
  return head;
}

}  // namespace

std::vector<std::uint32_t> PackedStrings::in_byte_order() const {
  struct Entry {
    std::uint64_t head = 0;  ///< decides between most strings with no look at them
    std::uint32_t number = 0;
  };
  std::vector<Entry> entries(size());
  for (std::uint32_t i = 0; i < size(); ++i) entries[i] = {head_of((*this)[i]), i};
  std::ranges::sort(entries, [&](const Entry& a, const Entry& b) {
    if (a.head != b.head) return a.head < b.head;
    const auto order = (*this)[a.number].compare((*this)[b.number]);
    return order != 0 ? order < 0 : a.number < b.number;
  });
  std::vector<std::uint32_t> numbers(size());
  std::ranges::transform(entries, numbers.begin(), &Entry::number);
  return numbers;
}

}  // namespace dateline
