// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "searcher/interactive/history_file.h"
#include "tests/support/temp_dir.h"

using namespace dateline;
using namespace dateline::test;
using Lines = std::vector<std::string>;

TEST_CASE("what was typed is there the next time, for its owner alone", "[interactive]") {
  const TempDir dir;
  const auto path = dir / "state/dateline/history";
  HistoryFile(path).append("storm  harbour");
  HistoryFile(path).append("+3");
  CHECK(HistoryFile(path).load() == Lines{"storm  harbour", "+3"});
  using std::filesystem::perms;
  CHECK(std::filesystem::status(path).permissions() == (perms::owner_read | perms::owner_write));
}

TEST_CASE("a history that others could read is closed to them", "[interactive]") {
  const TempDir dir;
  const auto path = dir.write("history", "old\n");
  std::filesystem::permissions(path, std::filesystem::perms{0644});
  HistoryFile(path).append("new");
  CHECK(std::filesystem::status(path).permissions() == std::filesystem::perms{0600});
}

TEST_CASE("the last thousand lines are kept", "[interactive]") {
  const TempDir dir;
  std::string text;
  for (int i = 1; i <= 1'200; ++i) text += fmt::format("line {}\n", i);
  const auto path = dir.write("history", text);
  const auto lines = HistoryFile(path).load();
  REQUIRE(lines.size() == HistoryFile::max_lines);
  CHECK(lines.front() == "line 201");
  CHECK(lines.back() == "line 1200");
  CHECK(read_text(path).starts_with("line 201\n"));
}

TEST_CASE("a history that cannot be kept is no failure", "[interactive]") {
  const TempDir dir;
  const auto in_the_way = dir.write("file", "");
  for (const auto& path : {in_the_way / "history", dir.path()}) {
    HistoryFile(path).append("storm");
    CHECK(HistoryFile(path).load().empty());
  }
  HistoryFile(std::nullopt).append("storm");
  CHECK(HistoryFile(std::nullopt).load().empty());
}

TEST_CASE("a history with what would not print is read without it", "[interactive]") {
  const TempDir dir;
  const auto path = dir.write("history", "storm\n\x1b]0;title\x07\nharbour\n");
  CHECK(HistoryFile(path).load() == Lines{"storm", "harbour"});
}
