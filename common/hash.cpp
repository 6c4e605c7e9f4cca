// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/hash.h"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace dateline {
namespace {

constexpr std::size_t digits_of_half = 16;

std::uint64_t half_of(std::string_view digits) {
  std::uint64_t half = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stopped, problem] = std::from_chars(digits.data(), end, half, 16);
  if (problem != std::errc{} || stopped != end) throw std::invalid_argument("no digest");
  return half;
}

}  // namespace

std::string hexadecimal(const Digest& digest) {
  return fmt::format("{:016x}{:016x}", digest.high, digest.low);
}

Digest digest_of_hexadecimal(std::string_view digits) {
  if (digits.size() != 2 * digits_of_half) throw std::invalid_argument("no digest");
  return {half_of(digits.substr(digits_of_half)), half_of(digits.substr(0, digits_of_half))};
}

}  // namespace dateline
