// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "common/terminal.h"
#include "searcher/engine/request.h"

namespace dateline {

/// A date facet, drawn: a row for each decade, year or month of years, months, weeks or days, in
/// which each period, empty ones too, is a bar one column wide; behind it how many articles the row
/// has. `indent`: where rows begin. Rows that are too wide for `width` go on in the next line.
/// Without `utf8`, plain ASCII.
std::string date_histogram(const FacetResult& facet, const Palette& palette, std::size_t indent,
                           std::size_t width, bool utf8);

}  // namespace dateline
