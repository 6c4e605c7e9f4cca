// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dateline::bench {

/// What a child process took, from its start to its end.
struct Finished {
  double seconds = 0;
  double cpu_seconds = 0;
  double peak_megabytes = 0;  ///< of resident memory, in units of 2^20 bytes
};

/// Runs `program`, which is looked for in $PATH unless it is a path, with its output thrown away.
/// Throws std::runtime_error where it fails; "nothing found" and "some refused" are no failures.
Finished run(const std::filesystem::path& program, std::vector<std::string> arguments);

}  // namespace dateline::bench
