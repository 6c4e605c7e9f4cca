// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace dateline {

/// Where a metadata value comes from. Stored in the index: never renumbered.
enum class Provenance : std::uint8_t {
  none = 0,        ///< there is no value
  given = 1,       ///< a field of the article's own format: front matter, JSON, markup
  sidecar = 2,     ///< a row of a metadata file beside the article
  in_text = 3,     ///< read out of the article's text, e.g. "Source: Al Jazeera"
  file_name = 4,   ///< read out of the file's name
  file_time = 5,   ///< the file's modification time (only when asked for)
  json_ld = 6,     ///< a page's schema.org data as JSON-LD
  meta_tags = 7,   ///< a page's <meta> and <link> elements
  microdata = 8,   ///< schema.org attributes of a page's elements
  page = 9,        ///< what a page shows: its heading, a <time>, a byline
  url = 10,        ///< read out of the article's address
  detected = 11,   ///< concluded from the text as a whole, e.g. its language
  transport = 12,  ///< what the archive that holds a page says of it
};

/// "given", "sidecar", "in the text", "file name", "file time", "JSON-LD", "meta tags",
/// "microdata", "page", "URL", "detected", "archive"; "none".
std::string_view describe(Provenance provenance);

}  // namespace dateline
