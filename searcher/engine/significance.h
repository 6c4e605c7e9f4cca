// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace dateline {

/// How surely two kinds of articles stand together more often than chance would have it: Dunning's
/// log-likelihood ratio G2 ("Accurate Methods for the Statistics of Surprise and Coincidence",
/// Computational Linguistics 19(1), 1993) of the two by two table; less than 0 when they stand
/// together less often. Of `all` articles, `one` and `other` are of either kind and `shared` of
/// both. Of kinds that have nothing to do with each other, one pair in twenty reaches 3.84 either
/// way.
double significance(double shared, double one, double other, double all);

}  // namespace dateline
