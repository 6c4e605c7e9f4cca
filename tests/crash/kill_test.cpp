// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <random>
#include <thread>

#include "tests/crash/scenario.h"

using namespace dateline::test;

namespace {

using Clock = std::chrono::steady_clock;

/// Whether the run was still going on after `delay`, and was killed then.
bool run_killed_after(const Scenario& scenario, Clock::duration delay) {
  auto arguments = scenario.arguments();
  arguments.insert(arguments.begin(), "dateline-index");
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::vector<char*> pointers;
    for (auto& a : arguments) pointers.push_back(a.data());
    pointers.push_back(nullptr);
    ::close(STDOUT_FILENO);
    ::execv(index_program().c_str(), pointers.data());
    ::_exit(127);
  }
  // Not a wait for something to happen: the moment at which the run is cut off.
  std::this_thread::sleep_for(delay);
  ::kill(child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status);
}

Clock::duration duration_of(const Scenario& scenario) {
  scenario.reset();
  const auto start = Clock::now();
  REQUIRE(dateline_index(scenario.arguments()).exit_code == 0);
  return Clock::now() - start;
}

}  // namespace

TEST_CASE("a run that is killed between two calls leaves the index whole", "[crash][long]") {
  std::size_t kills = 0;
  for (const auto kind : Scenario::all) {
    const Scenario scenario(kind);
    for (const auto at : sample(32, scenario.changes())) {
      scenario.reset();
      const auto cut_off = scenario.run({.mode = "kill", .at = at, .after = at % 2 == 0});
      INFO(scenario.name() << ", killed at " << at << ": " << cut_off.struck);
      if (cut_off.run.exit_code == 128 + SIGKILL) ++kills;
      scenario.check_whole();
    }
  }
  fmt::print("survived {} kills at chosen calls\n", kills);
  REQUIRE(kills >= 140);
}

TEST_CASE("a run that is killed at any moment leaves the index whole", "[crash][long]") {
  std::mt19937 random(7);
  std::size_t kills = 0;
  for (const auto kind : Scenario::all) {
    const Scenario scenario(kind);
    const auto length = duration_of(scenario);
    for (int round = 0; round < 20; ++round) {
      const auto delay = length * (random() % 1000) / 1000;
      scenario.reset();
      if (run_killed_after(scenario, delay)) ++kills;
      INFO(scenario.name() << ", killed after "
                           << std::chrono::duration_cast<std::chrono::microseconds>(delay).count()
                           << " us");
      scenario.check_whole();
    }
  }
  fmt::print("survived {} kills at random moments\n", kills);
  REQUIRE(kills >= 65);
}
