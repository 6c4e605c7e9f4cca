// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/json.h"
#include "searcher/engine/request.h"

namespace dateline {

/// A title to show: the article's own, else the first words of its text.
struct ShownTitle {
  std::string text;
  Marks marks;
  bool first_words = false;  ///< the article states no title
};
ShownTitle shown_title(const Hit& hit);

/// What can be printed of a hit: keys of JSON and names of columns alike.
std::vector<std::string_view> field_names();
bool is_field(std::string_view name);
/// Whether some of the fields stand in the stored article only.
bool need_article(std::span<const std::string> fields);

/// REQUIRES: is_field(name).
Json field_value(std::string_view name, const Hit& hit, std::uint64_t generation);

/// A field's value as one cell: lists are joined by "; ", what is unknown is empty; on one line and
/// fit for a terminal.
std::string cell_text(const Json& value);

}  // namespace dateline
