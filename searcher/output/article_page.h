// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "common/terminal.h"
#include "searcher/engine/request.h"

namespace dateline {

/// The whole article of a hit for a reader, in lines of at most `width` columns.
std::string article_page(const Hit& hit, const Palette& palette, std::size_t width);

}  // namespace dateline
