// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "tests/crash/scenario.h"

using namespace dateline::test;

TEST_CASE("after a power cut the index is the old one or the new one, whole", "[crash][long]") {
  std::size_t cuts = 0;
  for (const auto kind : Scenario::all) {
    const Scenario scenario(kind);
    for (const auto at : sample(48, scenario.changes())) {
      scenario.reset();
      const auto seed = static_cast<std::uint32_t>(cuts);
      const auto cut_off = scenario.run({.mode = "cut", .at = at, .seed = seed});
      INFO(scenario.name() << ", power cut at " << at << ", seed " << seed << ": "
                           << cut_off.struck);
      if (cut_off.run.exit_code == 128 + SIGKILL) ++cuts;
      scenario.check_whole();
    }
  }
  fmt::print("survived {} power cuts\n", cuts);
  REQUIRE(cuts >= 200);
}

TEST_CASE("what a run has reported survives a power cut right after it", "[crash]") {
  for (const auto kind : Scenario::all) {
    const Scenario scenario(kind);
    for (std::uint32_t seed = 0; seed < 4; ++seed) {
      scenario.reset();
      const auto done = scenario.run({.mode = "cut", .seed = seed});
      INFO(scenario.name() << ", seed " << seed);
      REQUIRE(done.run.exit_code == 0);
      CHECK(scenario.answers_as_after());
      scenario.check_next_run_converges();
    }
  }
}
