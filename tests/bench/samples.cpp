// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/samples.h"

#include <algorithm>
#include <cmath>

namespace dateline::bench {

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      static_cast<std::ptrdiff_t>(std::floor(share * static_cast<double>(values.size() - 1) + 0.5));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

Spread spread_of(const std::vector<double>& rounds) {
  if (rounds.empty()) return {};
  const auto [low, high] = std::minmax_element(rounds.begin(), rounds.end());
  return {median(rounds), *low, *high};
}

}  // namespace dateline::bench
