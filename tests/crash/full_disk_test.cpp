// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/crash/own_mounts.h"
#include "tests/crash/scenario.h"

using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

constexpr std::uint64_t page = 4096;
constexpr std::uint64_t ample = 64U << 20;

/// What the files below a folder take of a file system that counts in pages.
std::uint64_t bytes_taken(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += (entry.file_size() + page - 1) / page * page;
  }
  return bytes;
}

}  // namespace

TEST_CASE("a disk that is full after so many bytes ends the run and leaves the index as it was",
          "[crash][long]") {
  std::size_t full = 0;
  for (const auto kind : {Scenario::Kind::first_build, Scenario::Kind::merge}) {
    const Scenario scenario(kind);
    Run run;
    for (std::uint64_t bytes = 0; bytes == 0 || run.exit_code != 0; bytes += 1 + bytes / 2) {
      REQUIRE(bytes < ample);
      scenario.reset();
      run = scenario.run({.mode = "full", .bytes = bytes}).run;
      INFO(scenario.name() << ", " << bytes << " bytes: " << run.err);
      scenario.check_said_truly(run);
      if (run.exit_code == 7) {
        ++full;
        CHECK_THAT(run.err, Contains("No space left on device") && Contains("space"));
      }
      scenario.check_next_run_converges();
    }
  }
  fmt::print("survived {} full disks\n", full);
  REQUIRE(full >= 20);
}

TEST_CASE("a file system that is full ends the run, and with more space the next one converges",
          "[crash][long]") {
  if (const auto reason = enter_own_mounts(); !reason.empty()) {
    WARN("not run: no file system may be mounted here: " << reason);
    return;
  }
  std::size_t full = 0;
  for (const auto kind : {Scenario::Kind::first_build, Scenario::Kind::update}) {
    const Scenario scenario(kind);
    scenario.reset();
    const auto taken = bytes_taken(scenario.place());
    Run run;
    for (std::uint64_t pages = 1; pages == 1 || run.exit_code != 0; pages += 1 + pages / 4) {
      REQUIRE(pages * page < ample);
      const SmallDisk disk(scenario.place(), taken + pages * page);
      scenario.reset();
      run = dateline_index(scenario.arguments());
      INFO(scenario.name() << ", " << pages << " pages free: " << run.err);
      scenario.check_said_truly(run);
      if (run.exit_code == 7) ++full;
      disk.resize(ample);
      scenario.check_next_run_converges();
    }
  }
  fmt::print("survived {} full file systems\n", full);
  REQUIRE(full >= 10);
}

TEST_CASE("a report that cannot be written says that the index is up to date", "[crash]") {
  const Scenario scenario(Scenario::Kind::update);
  const auto out = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  if (out < 0) {
    WARN("not run: there is no /dev/full here");
    return;
  }
  ::close(out);
  std::vector<std::string> arguments{"-c", "\"$0\" \"$@\" > /dev/full", index_program().string()};
  for (const auto& a : scenario.arguments()) arguments.push_back(a);
  scenario.reset();
  const auto run = run_program("/bin/sh", arguments);
  CHECK(run.exit_code == 7);
  CHECK_THAT(run.err, Contains("No space left on device") &&
                          Contains("the index is up to date, at generation 2"));
  CHECK(scenario.answers_as_after());
}
