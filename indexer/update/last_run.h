// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/index/layout.h"

namespace dateline {

/// How the last run of a writer ended. Beside the generations, not part of one: a run that
/// publishes nothing, and one that failed, leave it as well.
struct LastRun {
  std::int64_t started = 0;  ///< seconds since 1970-01-01 UTC
  std::uint64_t milliseconds = 0;
  std::string command;  ///< "update", "optimise", "repair"
  int exit_code = 0;    ///< as docs/exit-codes.md has them
  std::string problem;  ///< why it failed; "" if it did not
  bool published = false;
  std::uint64_t generation = 0;  ///< in force at its end; 0: unknown
  std::uint64_t added = 0;
  std::uint64_t changed = 0;
  std::uint64_t moved = 0;
  std::uint64_t removed = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t refused = 0;
  std::uint64_t files = 0;
  std::uint64_t files_read = 0;
  std::uint64_t bytes_read = 0;
  std::uint64_t unreadable = 0;  ///< files and folders that the system did not let be read
  std::vector<std::pair<std::string, std::string>> unreadable_paths;  ///< the first, each with why
  static constexpr std::size_t max_unreadable_paths = 100;
};

/// Takes the time from its construction on, and writes what became of the run.
class RunRecord {
 public:
  RunRecord(const IndexLayout& layout, std::string command);

  /// The run's own figures; what is about time and command is filled in here. A record that cannot
  /// be written is left as it was: the run itself is none the worse for it.
  void write(LastRun run) const;
  void write_failure(int exit_code, const std::string& problem) const;

 private:
  const IndexLayout& layout_;
  std::string command_;
  std::int64_t started_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// None where no run has left a record, or one that cannot be read.
std::optional<LastRun> read_last_run(const IndexLayout& layout);

}  // namespace dateline
