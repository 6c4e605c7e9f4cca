// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dateline {

/// A command and its arguments.
using Command = std::vector<std::string>;

/// `text` split at its spaces; no shell reads it, so quotes mean nothing.
Command split_command(std::string_view text);

/// Runs a command, found along $PATH, and waits for it. `input`: for its standard input; none: it
/// has ours. Signals of the keyboard are left to the command meanwhile. Whether it ran and ended
/// with 0; it may end before it has read all.
bool run_command(const Command& command, const std::string* input = nullptr);

}  // namespace dateline
