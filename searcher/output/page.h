// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/terminal.h"
#include "searcher/engine/request.h"

namespace dateline {

/// The result for a reader, in lines of at most `width` columns. Without colour, matched words
/// stand between asterisks.
std::string result_page(const SearchResult& result, const SearchRequest& request,
                        const Palette& palette, std::size_t width);

/// "label   value n · value n" in lines of at most `width` columns, broken between values; `all`:
/// how many values there are, of which `counts` may hold fewer.
std::string facet_lines(std::string_view label, const std::vector<FacetCount>& counts,
                        std::uint64_t all, const Palette& palette, std::size_t width);

/// How many columns of snippet a page of that width wants.
std::size_t page_snippet_columns(std::size_t width);

}  // namespace dateline
