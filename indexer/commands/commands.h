// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/error.h"
#include "common/options.h"

namespace dateline {

/// What dateline-index does, by its options. Each prints on stdout and returns the exit code;
/// throws Error.
ExitCode update(const ParsedOptions& options);           ///< without any of the following
ExitCode watch(const ParsedOptions& options);            ///< --watch
ExitCode explain(const ParsedOptions& options);          ///< --explain
ExitCode tag(const ParsedOptions& options);              ///< --tag
ExitCode print_entities(const ParsedOptions& options);   ///< --entities
ExitCode check(const ParsedOptions& options);            ///< --check
ExitCode status(const ParsedOptions& options);           ///< --status
ExitCode optimise(const ParsedOptions& options);         ///< --optimise
ExitCode backup(const ParsedOptions& options);           ///< --backup
ExitCode repair(const ParsedOptions& options);           ///< --repair
ExitCode export_articles(const ParsedOptions& options);  ///< --export
ExitCode diff(const ParsedOptions& options);             ///< --diff

}  // namespace dateline
