// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/formats/html/statements.h"

namespace dateline {

/// What the schema.org data in a page's `<script type="application/ld+json">` elements state about
/// its article: the node whose type is a kind of Article (https://schema.org/Article), wherever it
/// stands in them, and which speaks of `page_url` where several do. Scripts are read with the usual
/// slips mended: bare line ends in strings, trailing commas, comments and CDATA around, several
/// values in a row. One that is beyond it is passed over, and noted in `problems`.
Statements read_json_ld(const std::vector<std::string>& scripts, std::string_view page_url,
                        std::vector<std::string>& problems);

}  // namespace dateline
