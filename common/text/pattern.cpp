// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/pattern.h"

#include <cstddef>

namespace dateline {

bool matches_pattern(std::string_view text, std::string_view pattern) {
  std::size_t t = 0;
  std::size_t p = 0;
  auto last_star = std::string_view::npos;
  std::size_t star_ends = 0;  ///< in the text, what the last star stands for so far
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      last_star = p++;
      star_ends = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (last_star != std::string_view::npos) {
      p = last_star + 1;
      t = ++star_ends;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace dateline
