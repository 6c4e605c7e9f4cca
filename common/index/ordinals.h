// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <span>
#include <utility>

#include "common/index/column_file.h"

namespace dateline {

/// Numbers in a mapped file, each below `limit`: rows, or places in a list of that length. Each is
/// held against the limit as it is read, which throws Error(damaged_index), so that a damaged file
/// leads nowhere. Refers to the file; thread-safe.
class Ordinals {
 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = std::uint32_t;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = std::uint32_t;

    Iterator() = default;
    Iterator(const std::uint32_t* at, std::size_t limit, const std::filesystem::path* file)
        : at_(at), limit_(limit), file_(file) {}

    std::uint32_t operator*() const {
      if (*at_ >= limit_) refuse_index_file(*file_, "holds a number that leads out of it");
      return *at_;
    }
    std::uint32_t operator[](difference_type n) const { return *(*this + n); }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this -= 1; }
    Iterator operator++(int) { return std::exchange(*this, *this + 1); }
    Iterator operator--(int) { return std::exchange(*this, *this - 1); }
    Iterator& operator+=(difference_type n) {
      at_ += n;
      return *this;
    }
    Iterator& operator-=(difference_type n) { return *this += -n; }
    friend Iterator operator+(Iterator i, difference_type n) { return i += n; }
    friend Iterator operator+(difference_type n, Iterator i) { return i += n; }
    friend Iterator operator-(Iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.at_ - b.at_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
    friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.at_ <=> b.at_; }

   private:
    const std::uint32_t* at_ = nullptr;
    std::size_t limit_ = 0;
    const std::filesystem::path* file_ = nullptr;
  };

  Ordinals(std::span<const std::uint32_t> numbers, std::size_t limit, const ColumnFile& file)
      : numbers_(numbers), limit_(limit), file_(&file.path()) {}

  std::size_t size() const { return numbers_.size(); }
  bool empty() const { return numbers_.empty(); }
  Iterator begin() const { return {numbers_.data(), limit_, file_}; }
  Iterator end() const { return {numbers_.data() + numbers_.size(), limit_, file_}; }
  std::uint32_t operator[](std::size_t i) const { return begin()[static_cast<std::ptrdiff_t>(i)]; }

 private:
  std::span<const std::uint32_t> numbers_;
  std::size_t limit_;
  const std::filesystem::path* file_;
};

}  // namespace dateline
