// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstring>

#include "tests/crash/scenario.h"

using namespace dateline::test;

namespace {

struct Figures {
  std::size_t failed = 0;   ///< calls
  std::size_t refused = 0;  ///< runs that ended with an error for it
};

Figures fail_calls(const Scenario& scenario, int error, std::size_t most) {
  Figures figures;
  for (const auto at : sample(most, scenario.changes())) {
    scenario.reset();
    const auto tried = scenario.run({.mode = "fail", .at = at, .error = error});
    INFO(scenario.name() << ", call " << at << ": " << tried.struck << ": " << std::strerror(error)
                         << "\n"
                         << tried.run.err);
    if (!tried.struck.empty()) ++figures.failed;
    if (tried.run.exit_code != 0) ++figures.refused;
    scenario.check_said_truly(tried.run);
    scenario.check_next_run_converges();
  }
  return figures;
}

}  // namespace

TEST_CASE("any single call that fails ends an update with its cause and a remedy, or harms nothing",
          "[crash][long]") {
  const Scenario scenario(Scenario::Kind::update);
  for (const auto error : {EIO, ENOSPC}) {
    const auto figures = fail_calls(scenario, error, 300);
    fmt::print("update: {} of {} calls failed with {}; {} runs refused\n", figures.failed,
               scenario.changes(), std::strerror(error), figures.refused);
    REQUIRE(figures.failed > 50);
    REQUIRE(figures.refused > figures.failed / 2);
  }
}

TEST_CASE("so it is for other runs than updates", "[crash][long]") {
  std::size_t failed = 0;
  for (const auto kind : Scenario::all) {
    if (kind == Scenario::Kind::update) continue;
    const Scenario scenario(kind);
    for (const auto error : {EIO, ENOSPC}) failed += fail_calls(scenario, error, 14).failed;
  }
  fmt::print("other runs: {} calls failed\n", failed);
  REQUIRE(failed >= 100);
}

TEST_CASE("a run that is short of memory does its work or ends with a remedy", "[crash]") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  WARN("not run: a sanitizer needs more memory than there is");
#else
  const Scenario scenario(Scenario::Kind::update);
  std::size_t refused = 0;
  for (int megabytes = 60; megabytes < 140; megabytes += 2) {
    scenario.reset();
    std::vector<std::string> command{"-c", "ulimit -v $0; exec \"$@\"",
                                     std::to_string(megabytes * 1024), index_program().string()};
    for (const auto& a : scenario.arguments()) command.push_back(a);
    const auto run = run_program("/bin/sh", command);
    INFO(megabytes << " MB: " << run.err);
    scenario.check_said_truly(run);
    if (run.exit_code == 7) ++refused;
    if (run.exit_code == 0) break;
    scenario.check_next_run_converges();
  }
  fmt::print("short of memory: {} runs refused\n", refused);
  REQUIRE(refused > 0);
#endif
}

TEST_CASE("a disk that fails from some moment on ends the run with its cause and a remedy",
          "[crash]") {
  const Scenario scenario(Scenario::Kind::update);
  for (const auto error : {EIO, EROFS, EACCES, EMFILE}) {
    for (const auto at : sample(6, scenario.changes())) {
      scenario.reset();
      const auto tried = scenario.run({.mode = "fail", .at = at, .error = error, .lasts = true});
      INFO("from call " << at << " on: " << tried.struck << ": " << std::strerror(error) << "\n"
                        << tried.run.err);
      scenario.check_said_truly(tried.run);
      scenario.check_next_run_converges();
    }
  }
}
