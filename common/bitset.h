// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "common/bits.h"

namespace dateline {

/// A set of rows 0 to size()-1, a bit each: match sets and tombstones. What takes another set takes
/// a larger one as well, whose rows beyond size() are as if not there; it REQUIRES then that size()
/// is a multiple of 64.
class Bitset {
 public:
  Bitset() = default;
  explicit Bitset(std::size_t size) : size_(size), words_((size + 63) / 64) {}

  std::size_t size() const { return size_; }
  bool test(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1U) != 0; }
  void set(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
  void reset(std::size_t i) { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }

  static Bitset of_range(std::size_t size, std::size_t begin, std::size_t end) {
    Bitset b(size);
    b.set_range(begin, end);
    return b;
  }
  /// Those from `begin` to before `end`.
  void set_range(std::size_t begin, std::size_t end) {
    for (; begin < end && begin % 64 != 0; ++begin) set(begin);
    for (; begin + 64 <= end; begin += 64) words_[begin / 64] = ~std::uint64_t{0};
    for (; begin < end; ++begin) set(begin);
  }

  /// Leaves those from `begin` to before `end`, either of which may be beyond size().
  void keep_range(std::size_t begin, std::size_t end) {
    end = std::min(end, size_);
    if (begin >= end) {
      std::ranges::fill(words_, 0);
      return;
    }
    const auto first = begin / 64;
    const auto last = (end - 1) / 64;
    std::fill_n(words_.begin(), first, 0);
    words_[first] &= ~std::uint64_t{0} << begin % 64;
    words_[last] &= ~std::uint64_t{0} >> (63 - (end - 1) % 64);
    std::fill(words_.begin() + static_cast<std::ptrdiff_t>(last) + 1, words_.end(), 0);
  }

  void set_all() {
    for (auto& w : words_) w = ~std::uint64_t{0};
    if (size_ % 64 != 0) words_.back() = (std::uint64_t{1} << (size_ % 64)) - 1;
  }
  std::size_t count() const { return count_bits(words_); }
  bool is_empty() const {
    return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
  }

  /// All in the set are from the first to before the second; the same where it is empty.
  std::pair<std::size_t, std::size_t> bounds() const {
    std::size_t first = 0;
    while (first < words_.size() && words_[first] == 0) ++first;
    if (first == words_.size()) return {0, 0};
    auto last = words_.size();
    while (words_[last - 1] == 0) --last;
    return {first * 64 + static_cast<std::size_t>(std::countr_zero(words_[first])),
            last * 64 - static_cast<std::size_t>(std::countl_zero(words_[last - 1]))};
  }

  /// Whether any from `begin` to before `end` is in the set. REQUIRES: `end` is not beyond size().
  bool has_any(std::size_t begin, std::size_t end) const {
    if (begin >= end) return false;
    const auto first = begin / 64;
    const auto last = (end - 1) / 64;
    const auto from_begin = ~std::uint64_t{0} << begin % 64;
    const auto to_end = ~std::uint64_t{0} >> (63 - (end - 1) % 64);
    if (first == last) return (words_[first] & from_begin & to_end) != 0;
    if ((words_[first] & from_begin) != 0 || (words_[last] & to_end) != 0) return true;
    return std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                       words_.begin() + static_cast<std::ptrdiff_t>(last),
                       [](std::uint64_t word) { return word != 0; });
  }

  /// How many from `begin` to before `end` are in the set. REQUIRES: `end` is not beyond size().
  std::size_t count(std::size_t begin, std::size_t end) const {
    if (begin >= end) return 0;
    const auto first = begin / 64;
    const auto last = (end - 1) / 64;
    const auto from_begin = ~std::uint64_t{0} << begin % 64;
    const auto to_end = ~std::uint64_t{0} >> (63 - (end - 1) % 64);
    const auto ones = [](std::uint64_t word) {
      return static_cast<std::size_t>(std::popcount(word));
    };
    if (first == last) return ones(words_[first] & from_begin & to_end);
    const auto between = std::span(words_).subspan(first + 1, last - first - 1);
    return ones(words_[first] & from_begin) + count_bits(between) + ones(words_[last] & to_end);
  }

  /// How many rows another set, of as many words(), has as well.
  std::size_t count_in(std::span<const std::uint64_t> other) const {
    return count_common_bits(words_, other);
  }

  Bitset& operator&=(const Bitset& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  Bitset& operator|=(const Bitset& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  Bitset& subtract(const Bitset& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
    return *this;
  }

  /// Leaves those that are in any of the sets. Where there are none, the others are not looked at.
  Bitset& keep_any(const std::vector<std::shared_ptr<const Bitset>>& sets) {
    constexpr std::size_t at_once = 64;
    for (std::size_t begin = 0; begin < words_.size(); begin += at_once) {
      const auto own = std::span(words_).subspan(begin, std::min(at_once, words_.size() - begin));
      if (std::ranges::all_of(own, [](std::uint64_t word) { return word == 0; })) continue;
      std::array<std::uint64_t, at_once> any{};
      for (const auto& set : sets) {
        const auto others = std::span(set->words_).subspan(begin, own.size());
        for (std::size_t i = 0; i < others.size(); ++i) any[i] |= others[i];
      }
      for (std::size_t i = 0; i < own.size(); ++i) own[i] &= any[i];
    }
    return *this;
  }

  /// Calls `f(row)` for every row in the set, ascending.
  template <class F>
  void for_each(F&& f) const {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (auto bits = words_[w]; bits != 0; bits &= bits - 1) {
        f(w * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      }
    }
  }

  /// Of rows 64 * `w` to 64 * `w` + 63, just those whose bits are set. REQUIRES: none beyond
  /// size().
  void set_word(std::size_t w, std::uint64_t bits) { words_[w] = bits; }
  const std::vector<std::uint64_t>& words() const { return words_; }
  /// Of words() that another process wrote: what they hold beyond `size` is left out.
  static Bitset from_words(std::size_t size, std::vector<std::uint64_t> words) {
    Bitset b(size);
    words.resize(b.words_.size());
    b.words_ = std::move(words);
    Bitset all(size);
    all.set_all();
    return b &= all;
  }

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace dateline
