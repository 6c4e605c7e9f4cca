// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace dateline {

/// `word` as one types it to a shell: in single quotes where it needs them.
std::string shell_word(std::string_view word);

}  // namespace dateline
