// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "common/terminal.h"
#include "searcher/engine/request.h"

namespace dateline {

/// The result for a reader, in lines of at most `width` columns. Without colour, matched words
/// stand between asterisks.
std::string result_page(const SearchResult& result, const SearchRequest& request,
                        const Palette& palette, std::size_t width);

/// How many columns of snippet a page of that width wants.
std::size_t page_snippet_columns(std::size_t width);

}  // namespace dateline
