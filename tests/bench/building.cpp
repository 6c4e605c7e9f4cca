// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/building.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "tests/bench/child.h"

namespace dateline::bench {
namespace {

namespace fs = std::filesystem;

/// Some engines make files larger than what they write into them.
std::uint64_t bytes_on_disk(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return 0;
  return static_cast<std::uint64_t>(status.st_blocks) * 512;
}

void build(const Build& build, BuildTimes& times) {
  for (const auto& index : build.index) fs::remove_all(index);
  const auto finished = run(build.command.at(0), {build.command.begin() + 1, build.command.end()});
  times.seconds.push_back(finished.seconds);
  times.cpu_seconds.push_back(finished.cpu_seconds);
  times.peak_megabytes = std::max(times.peak_megabytes, finished.peak_megabytes);
  times.index_bytes = 0;
  for (const auto& index : build.index) times.index_bytes += bytes_of(index);
}

}  // namespace

std::vector<BuildTimes> build_all(const std::vector<Build>& builds, std::size_t rounds,
                                  const std::function<void(const std::string&)>& progress) {
  std::vector<BuildTimes> times(builds.size());
  for (std::size_t i = 0; i < builds.size(); ++i) times[i].name = builds[i].name;
  for (std::size_t round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < builds.size(); ++i) {
      const auto turn = (i + round) % builds.size();
      build(builds[turn], times[turn]);
      progress(fmt::format("building, round {} of {}: {}, {:.1f} s", round + 1, rounds,
                           builds[turn].name, times[turn].seconds.back()));
    }
  }
  return times;
}

std::uint64_t bytes_of(const fs::path& file_or_folder) {
  if (fs::is_regular_file(file_or_folder)) return bytes_on_disk(file_or_folder);
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(file_or_folder)) {
    if (entry.is_regular_file()) bytes += bytes_on_disk(entry.path());
  }
  return bytes;
}

Spread ratio_of(const std::vector<double>& seconds, const std::vector<double>& others) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(seconds.size(), others.size()); ++i) {
    ratios.push_back(seconds[i] / others[i]);
  }
  return spread_of(ratios);
}

}  // namespace dateline::bench
