// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace dateline {

/// What language a text is in, as CLD2 concludes (https://github.com/CLD2Owners/cld2).
struct DetectedLanguage {
  std::string tag;  ///< primary BCP 47 tag in lower case, e.g. "en"; "" where it cannot be told
  bool certain = false;  ///< enough text, and nearly all of it in this language
};

/// Looks at the first 2 KB of valid UTF-8 text. Thread-safe.
DetectedLanguage detect_language(std::string_view text);

}  // namespace dateline
