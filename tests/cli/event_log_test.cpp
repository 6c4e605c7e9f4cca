// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <set>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;
using Catch::Matchers::Matches;

namespace {

std::multiset<std::string> events_in(const std::vector<Json>& lines) {
  std::multiset<std::string> events;
  for (const auto& line : lines) events.insert(line["event"].get<std::string>());
  return events;
}

}  // namespace

TEST_CASE("the log tells each step of a run on a line of JSON", "[cli][log]") {
  const Workbench bench;
  const TempDir logs;
  const auto log = (logs / "dateline.log").string();
  bench.write("a.jsonl", R"({"id":"1","title":"One","text":"The bridge opened."})"
                         "\nno object\n");
  REQUIRE(bench.index({"--log", log, bench.articles().string()}).exit_code == 4);
  const auto lines = json_records(read_text(log));
  const auto events = events_in(lines);
  for (const auto* event : {"run started", "sets listed", "article refused", "segment built",
                            "published", "run ended"}) {
    INFO(event);
    CHECK(events.count(event) == 1);
  }
  for (const auto& line : lines) {
    CHECK_THAT(line["time"].get<std::string>(),
               Matches(R"(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ)"));
    CHECK(std::set<std::string>{"info", "warning", "error"}.contains(line["level"]));
  }
  const auto refused = std::ranges::find_if(
      lines, [](const Json& line) { return line["event"] == "article refused"; });
  CHECK((*refused)["path"] == (bench.articles() / "a.jsonl").string());
  CHECK((*refused)["record"] == "line 2");
  CHECK((*refused)["reason"] == "not JSON");
  CHECK(lines.back()["generation"] == 1);
  CHECK(lines.back()["added"] == 1);

  struct stat status {};
  REQUIRE(::stat(log.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("the log is appended to, and tells merges, sweeping and failures", "[cli][log]") {
  const Workbench bench;
  const TempDir logs;
  const auto log = (logs / "dateline.log").string();
  for (int i = 0; i < 10; ++i) {
    bench.write(std::to_string(i) + ".txt", "Story\n\nThe bridge opened.\n");
    REQUIRE(bench.index({"--log", log, bench.articles().string()}).exit_code == 0);
  }
  CHECK(bench.index({"--log", log, (bench.articles() / "none").string()}).exit_code == 2);
  const auto lines = json_records(read_text(log));
  const auto events = events_in(lines);
  CHECK(events.count("run started") == 11);
  CHECK(events.count("published") == 10);
  CHECK(events.count("segments merged") >= 1);
  CHECK(events.count("swept") >= 9);
  CHECK(lines.back()["event"] == "error");
  CHECK(lines.back()["level"] == "error");
  CHECK(lines.back()["exit_code"] == 2);
}

TEST_CASE("whatever a file is called, the log's lines are JSON", "[cli][log]") {
  const Workbench bench;
  const TempDir logs;
  const auto log = (logs / "dateline.log").string();
  const std::vector<std::string> names{"new\nline.json",    "quote\".json", "\x1b[31mred.json",
                                       "bad\xff utf8.json", "tab\t\\.json", "\u202egpj.json"};
  for (const auto& name : names) bench.write(name, "{\"title\": ");
  REQUIRE(bench.index({"--log", log, bench.articles().string()}).exit_code == 4);
  const auto text = read_text(log);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\u202e") == std::string::npos);
  const auto lines = json_records(text);
  CHECK(events_in(lines).count("article refused") == names.size());
}

TEST_CASE("a log that cannot be written is said once, and ends no run", "[cli][log]") {
  const Workbench bench;
  bench.write("a.txt", "Story\n\nThe bridge opened.\n");
  const auto run = bench.index({"--log", "/dev/full", bench.articles().string()});
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.err, Contains("'/dev/full' cannot be written"));
  CHECK(run.err.find("cannot be written") == run.err.rfind("cannot be written"));
  CHECK(bench.answer({"bridge"})["total"] == 1);
}

TEST_CASE("a log that cannot be opened is refused before anything is done", "[cli][log]") {
  const Workbench bench;
  bench.write("a.txt", "Story\n\nThe bridge opened.\n");
  const auto run = bench.index({"--log", "/nonexistent/log", bench.articles().string()});
  CHECK(run.exit_code == 2);
  CHECK_FALSE(std::filesystem::exists(bench.db()));
}

TEST_CASE("the log may be rotated while a watch goes on", "[cli][log][watch]") {
  const Workbench bench;
  const TempDir logs;
  const auto log = logs / "dateline.log";
  bench.write("one.txt", "Story\n\nThe bridge opened.\n");
  BackgroundProgram watch(index_program(), {"--db", bench.db().string(), "--watch", "--log",
                                            log.string(), bench.articles().string()});
  REQUIRE(watch.says("watching "));
  REQUIRE(watch.next_line());
  std::filesystem::rename(log, logs / "dateline.log.1");
  bench.write("two.txt", "Story\n\nThe tunnel opened.\n");
  REQUIRE(watch.next_line());
  watch.signal(SIGTERM);
  CHECK(watch.finish().exit_code == 0);
  CHECK(events_in(json_records(read_text(log))).count("published") == 1);
  CHECK(events_in(json_records(read_text(logs / "dateline.log.1"))).count("published") == 1);
}
