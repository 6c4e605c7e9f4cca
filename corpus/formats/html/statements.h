// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace dateline {

/// What one of a page's sources of metadata (its JSON-LD, its meta tags, ...) states, as it states
/// it but for markup and character references: plain text on one line each. "" and empty where it
/// states nothing. Of several values for a field, the most trusted comes first.
struct Statements {
  std::vector<std::string> titles;
  std::string window_title;  ///< the page's, which names the site too, mostly
  std::string deck;
  std::vector<std::string> published;
  std::vector<std::string> modified;
  std::vector<std::string> sources;
  std::vector<std::string> authors;
  std::vector<std::string> topics;
  std::vector<std::string> languages;
  std::string url;
  std::string body;  ///< the article's text, where it is stated too: not always all of it
};

}  // namespace dateline
