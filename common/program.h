// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "common/error.h"
#include "common/terminal.h"

namespace dateline {

/// "dateline-index 0.1.0", and what it is built on.
std::string version_text(std::string_view program);

/// Runs `body` and returns the exit code for the process: the body's own, or after an exception the
/// one documented for it, with cause and remedy on stderr.
int run_program(std::string_view program, const std::function<int()>& body);

/// What `body` returns; the remedies of what it throws name the index that `--db` names.
ExitCode with_remedies_at(const std::string& db, const std::function<ExitCode()>& body);

/// True from the first SIGINT or SIGTERM after this call on; a second signal ends the process at
/// once. For main() only.
const std::atomic<bool>& stop_on_signals();

/// A file descriptor that can be read from as soon as stop_on_signals() is true: for poll().
int stop_descriptor();

/// The value of --color.
ColourChoice colour_choice(const std::string& value);
/// The value of --links.
LinkChoice link_choice(const std::string& value);

/// Writes all of `text` to stdout. Throws Error(system_failure) when that fails; a reader that went
/// away (SIGPIPE) ends the process as usual.
void print_out(std::string_view text);

}  // namespace dateline
