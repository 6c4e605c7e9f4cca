// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

namespace dateline::bench {

/// Scatters the bits of a number: the finaliser of SplitMix64.
constexpr std::uint64_t scattered(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

/// SplitMix64. The distributions of the standard library differ from one to the next; these do not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() { return scattered(state_++); }
  /// In [0, 1).
  double unit() { return static_cast<double>(bits() >> 11U) * 0x1p-53; }
  /// In [0, end); end > 0.
  std::uint64_t below(std::uint64_t end) {
    return static_cast<std::uint64_t>(unit() * static_cast<double>(end));
  }
  bool chance(double probability) { return unit() < probability; }
  double normal() {  // Box and Muller
    return std::sqrt(-2 * std::log(1 - unit())) * std::cos(2 * std::numbers::pi * unit());
  }

 private:
  std::uint64_t state_;
};

/// Numbers x of [first, last) with a density of x^-exponent; last may be infinite where the
/// exponent is above 1. Rounded down they are ranks by Zipf's law, as nearly as is seen.
class PowerLaw {
 public:
  PowerLaw(double first, double last, double exponent)
      : first_(first), ratio_(last / first), power_(1 - exponent), end_(std::pow(ratio_, power_)) {}

  double operator()(Random& random) const {
    if (power_ == 0) return first_ * std::pow(ratio_, random.unit());
    return first_ * std::pow(1 + random.unit() * (end_ - 1), 1 / power_);
  }

 private:
  double first_;
  double ratio_;
  double power_;
  double end_;
};

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

}  // namespace dateline::bench
