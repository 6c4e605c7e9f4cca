// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/bench/engine.h"
#include "tests/bench/samples.h"

namespace dateline::bench {

/// One way to build an index.
struct Build {
  std::string name;
  Command command;
  std::vector<std::filesystem::path> index;  ///< removed before each build
};

struct BuildTimes {
  std::string name;
  std::vector<double> seconds;      ///< by round
  std::vector<double> cpu_seconds;  ///< by round
  double peak_megabytes = 0;
  std::uint64_t index_bytes = 0;
};

/// Builds each index once a round, one after the other, each round beginning with another.
std::vector<BuildTimes> build_all(const std::vector<Build>& builds, std::size_t rounds,
                                  const std::function<void(const std::string&)>& progress);

/// On disk.
std::uint64_t bytes_of(const std::filesystem::path& file_or_folder);

/// One's seconds by another's, round by round.
Spread ratio_of(const std::vector<double>& seconds, const std::vector<double>& others);

}  // namespace dateline::bench
