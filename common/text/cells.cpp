// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/cells.h"

#include <algorithm>

#include "common/text/unicode.h"

namespace dateline {

std::string spreadsheet_text(std::string_view text) {
  const auto begin = std::min(text.find_first_not_of(' '), text.size());
  std::size_t at = begin;
  const auto first = at < text.size() ? next_code_point(text, at) : U' ';
  constexpr std::u32string_view dangerous = U"=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
  const bool formula = dangerous.find(first) != dangerous.npos;
  return formula ? '\'' + std::string(text) : std::string(text);
}

}  // namespace dateline
