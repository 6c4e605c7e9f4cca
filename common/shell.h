// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace dateline {

/// `word` as one types it to a shell: in single quotes where it needs them.
std::string shell_word(std::string_view word);

/// `remedy`, its commands of dateline-index about the index at `db` where they name none: so that
/// they can be run as they are printed. An empty `db` changes nothing.
std::string remedy_at(std::string remedy, const std::string& db);

}  // namespace dateline
