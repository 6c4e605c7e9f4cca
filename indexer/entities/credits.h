// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace dateline {

/// Whether the name at bytes [begin, end) of a text only says who wrote it, or who supplied it or
/// a picture: "MOSCOW (Reuters) -", "(CNN) The", "(Marta Ekholm/Reuters)", "By Ida Holm", "Photo:
/// Getty Images". Also true of names in what a page's links left in the text: headlines of other
/// stories glued to a name and ended by "MORE".
bool is_credit(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace dateline
