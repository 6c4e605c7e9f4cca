// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <vector>

namespace dateline::bench {

/// The value that `share` of the values are below or at; 0 where there are none.
double quantile(std::vector<double> values, double share);
inline double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

/// What several rounds gave.
struct Spread {
  double median = 0;
  double low = 0;
  double high = 0;
};
Spread spread_of(const std::vector<double>& rounds);

}  // namespace dateline::bench
