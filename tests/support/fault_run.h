// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/program.h"

namespace dateline::test {

/// What goes wrong in a run: the modes and kinds of tests/support/faults/faults.h.
struct Fault {
  static constexpr const char* changes = "create,write,sync,rename,remove,mkdir,truncate,link";
  static constexpr const char* reads = "open,read,list,map";

  std::string mode = "count";
  std::string kinds = changes;
  std::size_t at = 0;
  int error = EIO;
  bool lasts = false;
  bool after = false;
  std::uint64_t bytes = 0;
  std::uint32_t seed = 0;
};

struct FaultyRun {
  Run run;
  std::vector<std::string> calls;  ///< "KIND PATH", as many as were counted
  std::string struck;              ///< the first that something was done to; "" if none
};

/// What to add to the environment of a program with whose files at or below `folder` something is
/// to go wrong. A power cut, and a log of the calls, take run_with().
std::map<std::string, std::string> environment_with(const Fault& fault,
                                                    const std::filesystem::path& folder);

/// With it, dateline-index stands still (SIGSTOP) once it has the lock of the index `db` and before
/// it writes any of the next generation.
std::map<std::string, std::string> stopped_before_writing(const std::filesystem::path& db);

/// `program` with these arguments, and something going wrong with the files at or below `folder`.
FaultyRun run_with(const Fault& fault, const std::filesystem::path& folder,
                   const std::filesystem::path& program, const std::vector<std::string>& arguments);

}  // namespace dateline::test
