// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fault_run.h"

#include <cstdlib>
#include <sstream>

#include "tests/support/faults/faults.h"
#include "tests/support/temp_dir.h"

namespace dateline::test {
namespace {

/// A preloaded library stands before the sanitizer's own, which must not mind.
std::string sanitizer_options() {
  const char* own = std::getenv("ASAN_OPTIONS");
  const std::string options = own == nullptr ? "" : own;
  return (options.empty() ? "" : options + ":") + "verify_asan_link_order=0";
}

void read_log(const std::filesystem::path& log, FaultyRun& result) {
  std::istringstream lines(read_text(log));
  for (std::string line; std::getline(lines, line);) {
    if (line != "fault") {
      result.calls.push_back(line);
    } else if (result.struck.empty()) {
      result.struck = result.calls.empty() ? line : result.calls.back();
    }
  }
}

}  // namespace

std::map<std::string, std::string> environment_with(const Fault& fault,
                                                    const std::filesystem::path& folder) {
  return {{"LD_PRELOAD", DATELINE_FAULTS_LIBRARY},
          {"ASAN_OPTIONS", sanitizer_options()},
          {faults::folder_variable, folder.string()},
          {faults::mode_variable, fault.mode},
          {faults::kinds_variable, fault.kinds},
          {faults::at_variable, std::to_string(fault.at)},
          {faults::error_variable, std::to_string(fault.error)},
          {faults::lasts_variable, fault.lasts ? "1" : ""},
          {faults::after_variable, fault.after ? "1" : ""},
          {faults::bytes_variable, std::to_string(fault.bytes)},
          {faults::seed_variable, std::to_string(fault.seed)}};
}

std::map<std::string, std::string> stopped_before_writing(const std::filesystem::path& db) {
  return environment_with({.mode = "stop", .kinds = "mkdir", .at = 1}, db / "dateline-work");
}

FaultyRun run_with(const Fault& fault, const std::filesystem::path& folder,
                   const std::filesystem::path& program,
                   const std::vector<std::string>& arguments) {
  const TempDir own;
  const auto shadow = own / "shadow";
  std::filesystem::create_directory(shadow);
  RunOptions options;
  options.environment = environment_with(fault, folder);
  options.environment[faults::shadow_variable] = shadow.string();
  options.environment[faults::log_variable] = (own / "log").string();
  FaultyRun result;
  result.run = run_program(program, arguments, options);
  read_log(own / "log", result);
  return result;
}

}  // namespace dateline::test
