// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace dateline {

/// `text` led by an apostrophe where a spreadsheet would take it for a formula: where it begins,
/// blanks aside, with = + - @ or one of their full-width forms, or with a tab or line end.
std::string spreadsheet_text(std::string_view text);

}  // namespace dateline
