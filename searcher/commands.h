// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "common/options.h"

namespace dateline {

/// What dateline-search does, by its options. Each prints on stdout and returns the exit code;
/// throws Error.
ExitCode search_once(const ParsedOptions& options);
ExitCode open_one(const ParsedOptions& options);         ///< --open
ExitCode describe_entity(const ParsedOptions& options);  ///< --profile
ExitCode search_batch(const ParsedOptions& options);     ///< --batch

}  // namespace dateline
