// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace dateline {

/// Bytes of the white space character at `at`, 0 where none stands.
std::size_t space_at(std::string_view text, std::size_t at);

/// A part of a query and the byte where it starts there.
struct QueryPart {
  std::string_view text;
  std::size_t at = 0;
};

QueryPart without_outer_space(QueryPart part);

/// No word, and none of the marks that mean something by themselves: '*', '~'.
bool is_punctuation(std::string_view text);

}  // namespace dateline
