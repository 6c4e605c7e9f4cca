// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "common/error.h"
#include "common/terminal.h"
#include "searcher/engine/request.h"

namespace dateline {

/// Whether somebody sits at both ends: a dialogue takes a terminal to read from and one to show on.
bool can_interact();

/// Holds a dialogue on the terminal until the user ends it. `defaults`: what every query is asked
/// with. docs/interactive.md describes it. Throws as IndexSnapshot::open() does.
ExitCode interact(const std::filesystem::path& index, const SearchRequest& defaults,
                  const Palette& palette, bool keep_history);

}  // namespace dateline
