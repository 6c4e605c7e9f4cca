// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libxml/tree.h>

#include <string>
#include <vector>

#include "corpus/formats/html/statements.h"

namespace dateline {

/// What the <meta>, <link> and <title> elements of a page state: OpenGraph and its article:*
/// (https://ogp.me), Twitter cards, Dublin Core, Parsely, Sailthru and the names that newspapers
/// made up for themselves.
Statements read_meta_tags(const xmlNode* page);

/// What schema.org microdata (itemprop attributes, https://schema.org/docs/gs.html) of a page
/// state of its article; and hAtom's classes, where they are.
Statements read_microdata(const xmlNode* page);

/// What a page shows its readers: its headings, its first <time> elements, its byline.
Statements read_visible_head(const xmlNode* page);

/// The contents of its <script type="application/ld+json"> elements.
std::vector<std::string> json_ld_scripts(const xmlNode* page);

/// The encoding that a page's first bytes declare in a <meta> element or an XML declaration; "" for
/// none.
std::string declared_charset(std::string_view start);

}  // namespace dateline
