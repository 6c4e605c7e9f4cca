// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// Strings one behind the other in one piece of memory, numbered from 0. One thread.
class PackedStrings {
 public:
  void push_back(std::string_view string) {
    text_ += string;
    end_.push_back(text_.size());
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(end_.size() - 1); }
  /// REQUIRES: number < size(). Valid until the next push_back().
  std::string_view operator[](std::uint32_t number) const {
    return std::string_view(text_).substr(end_[number], end_[number + 1] - end_[number]);
  }

  /// The numbers in byte order of the strings, those of equal ones ascending.
  std::vector<std::uint32_t> in_byte_order() const;

 private:
  std::string text_;
  std::vector<std::size_t> end_{0};
};

}  // namespace dateline
