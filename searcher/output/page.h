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

/// What a page shows besides what every page does.
struct PageOptions {
  std::vector<std::string> fields;  ///< of each article, in place of the usual ones
  bool full = false;                ///< the whole text in place of the snippet
  bool links = false;               ///< titles are hyperlinks
  bool utf8 = true;                 ///< bars may be drawn with block characters
};

/// The result for a reader, in lines of at most `width` columns. Without colour, matched words
/// stand between asterisks.
std::string result_page(const SearchResult& result, const SearchRequest& request,
                        const Palette& palette, std::size_t width, const PageOptions& options = {});

/// "12 more": how many there are of `all` besides those listed; "" if none.
std::string more_than(std::size_t listed, std::uint64_t all);

/// "label   value n · value n · more" in lines of at most `width` columns, broken between values;
/// `more`: what is said of values that are not listed, or "". What is selected stands in brackets.
std::string facet_lines(std::string_view label, const std::vector<FacetCount>& counts,
                        std::string_view more, const Palette& palette, std::size_t width);

/// How many columns of snippet a page of that width wants.
std::size_t page_snippet_columns(std::size_t width);

/// Where the article can be looked at: its web address, else its file; in printable ASCII. "" where
/// there is neither.
std::string article_address(const Article& article);

/// Whether that is a web address: http or https, without anything that could control a terminal.
bool has_web_address(const Article& article);

}  // namespace dateline
