// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "common/article.h"
#include "corpus/formats/html/page_article.h"

namespace dateline {

/// The headline that a page's statements give, without the site's name and section behind it:
/// what the publisher offers for sharing comes first, then structured data, then the page's own
/// heading, then the window's title. `site_names` are what the page calls its site.
Sourced<std::string> title_of(const PageStatements& stated,
                              const std::vector<std::string>& site_names);

}  // namespace dateline
