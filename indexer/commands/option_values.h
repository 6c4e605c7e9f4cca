// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/event_log.h"
#include "common/options.h"
#include "common/terminal.h"
#include "indexer/commands/progress.h"
#include "indexer/update/lock.h"
#include "indexer/update/update.h"

namespace dateline {

// What the options of dateline-index stand for, where several commands ask for it. All throw
// Error(usage).

/// --map.
std::map<std::string, std::string> field_names(const ParsedOptions& options);
/// The globs given with an option; an empty one stands for none.
std::vector<std::string> globs(const ParsedOptions& options, std::string_view name);
/// The paths of the command line and of --files-from.
std::vector<std::filesystem::path> named_paths(const ParsedOptions& options);
/// Refuses paths beside an option that is about the index as a whole.
void refuse_paths(const ParsedOptions& options, std::string_view option);
/// --source-names, absolute, for it is remembered; "" for none.
std::string source_names(const ParsedOptions& options);
/// --follow-symlinks.
bool follow_symlinks(const ParsedOptions& options);
/// --db.
std::filesystem::path index_directory(const ParsedOptions& options);
/// --color, for stdout.
Palette palette(const ParsedOptions& options);
/// --quiet, and whether stderr is a terminal.
ProgressDisplay::Style progress_style(const ParsedOptions& options);
/// --log; nothing where there is none to be written.
std::optional<EventLog> event_log(const ParsedOptions& options);
/// --lock-wait.
LockWait lock_wait(const ParsedOptions& options);
/// Of a run of the indexer, but for what the command itself decides.
UpdateRequest update_request(const ParsedOptions& options);

}  // namespace dateline
