// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace dateline {

/// What both programs return to the shell. Never renumbered: scripts depend on it.
/// The table in docs/exit-codes.md is this one.
enum class ExitCode : int {
  ok = 0,              ///< found something; or the index is up to date
  nothing_found = 1,   ///< dateline-search: no article matches, or no entity has the name
  usage = 2,           ///< an option, a query or a line of a user's file that cannot be honoured
  no_index = 3,        ///< no index or generation there, or one of another format version
  some_refused = 4,    ///< dateline-index: indexed, but some articles were refused
  index_locked = 5,    ///< another writer holds the index
  damaged_index = 6,   ///< a file of the index does not match its checksum or its manifest
  system_failure = 7,  ///< the operating system refused: no space, no permission, read error
  guarded = 8,         ///< dateline-index: an article set would lose most of its articles
  internal = 70,       ///< a defect of dateline itself (EX_SOFTWARE of sysexits.h)
  interrupted = 130,   ///< stopped by SIGINT or SIGTERM; nothing half done is visible
};

/// The one exception of this project. Libraries throw it; only a main() prints it.
class Error : public std::runtime_error {
 public:
  /// `cause` is one sentence without a full stop; `remedy` is what to try, or empty.
  Error(ExitCode code, const std::string& cause, std::string remedy = {})
      : std::runtime_error(cause), code_(code), remedy_(std::move(remedy)) {}

  ExitCode code() const noexcept { return code_; }
  const std::string& remedy() const noexcept { return remedy_; }

 private:
  ExitCode code_;
  std::string remedy_;
};

}  // namespace dateline
