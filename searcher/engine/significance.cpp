// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/significance.h"

#include <algorithm>
#include <cmath>

namespace dateline {
namespace {

/// k ln(k / expected), 0 for 0.
double term(double k, double expected) { return k > 0 ? k * std::log(k / expected) : 0; }

}  // namespace

double significance(double shared, double one, double other, double all) {
  if (shared * all == one * other) return 0;
  const auto neither = all - one - other + shared;
  const auto ratio =
      2 * (term(shared, one * other / all) + term(one - shared, one * (all - other) / all) +
           term(other - shared, other * (all - one) / all) +
           term(neither, (all - one) * (all - other) / all));
  // Rounding can leave a little less than nothing.
  const auto size = std::max(ratio, 0.0);
  return shared * all > one * other ? size : -size;
}

}  // namespace dateline
