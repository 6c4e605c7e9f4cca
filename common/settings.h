// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "common/options.h"

namespace dateline {

/// Completes what the command line leaves open: first from the environment (DATELINE_FORMAT for
/// --format), then, unless --no-config was given, from the user's configuration file, as
/// dateline-search(1) describes it. Only rows that are settings can be given so; a switch takes
/// true or false. `section`: the program's own, "index" or "search". Throws Error(usage) with file
/// and line for one that cannot be honoured.
void add_settings(ParsedOptions& options, std::span<const OptionRow> rows,
                  std::string_view section);

/// $XDG_CONFIG_HOME/dateline/config, else ~/.config/dateline/config; empty when neither is known.
std::filesystem::path configuration_file();

}  // namespace dateline
