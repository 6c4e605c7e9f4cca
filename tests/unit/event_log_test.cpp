// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/event_log.h"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "tests/support/temp_dir.h"

using namespace dateline;
using namespace dateline::test;

TEST_CASE("a line of the log that a full disk cuts off spoils no later one", "[log]") {
  const TempDir dir;
  EventLog log(dir / "log");
  log.write(EventLog::Level::info, "first");
  const auto size = std::filesystem::file_size(dir / "log");

  rlimit unlimited{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &unlimited) == 0);
  auto full = unlimited;
  full.rlim_cur = size + 10;
  const auto earlier = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &full) == 0);
  log.write(EventLog::Level::info, "cut off");
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &unlimited) == 0);
  std::signal(SIGXFSZ, earlier);

  log.write(EventLog::Level::info, "last");
  const auto text = read_text(dir / "log");
  CHECK(text.substr(0, size).find("first") != std::string::npos);
  CHECK(text.substr(size, 11).ends_with('\n'));
  CHECK(Json::parse(text.substr(size + 11))["event"] == "last");
}
