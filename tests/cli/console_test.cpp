// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

/// Forty articles, the newest first; the first has a web address, the second one that is none.
const Workbench& news() {
  static const Workbench bench;
  static const bool ready = [] {
    std::string lines;
    for (int i = 0; i < 40; ++i) {
      auto j = Json::object();
      j["id"] = fmt::format("n{}", i);
      j["title"] = fmt::format("Storm {}", i);
      j["text"] = "A storm.\n\nIt blew.";
      j["date"] = fmt::format("2022-{:02}-{:02}", 12 - i / 28, 28 - i % 28);
      if (i == 0) j["url"] = "https://news.example/$(touch);x?a=1&b=2";
      if (i == 1) j["url"] = "javascript:alert(1)";
      lines += j.dump() + "\n";
    }
    bench.write("a.jsonl", lines);
    return bench.index().exit_code == 0;
  }();
  REQUIRE(ready);
  return bench;
}

/// A folder with a program that writes its arguments, one a line, to `said` there.
class Recorder {
 public:
  Recorder() {
    const auto program = folder_.write(
        "recorder", fmt::format("#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}'\n", said().string()));
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  }
  std::string program() const { return (folder_ / "recorder").string(); }
  std::filesystem::path said() const { return folder_ / "said"; }

 private:
  TempDir folder_;
};

/// What a terminal of 80 columns and `lines` lines shows of a search.
Run on_terminal(const std::string& arguments, int lines,
                std::map<std::string, std::string> environment) {
  const auto command = fmt::format("stty rows {} cols 80; '{}' --db '{}' {}", lines,
                                   search_program().string(), news().db().string(), arguments);
  environment.try_emplace("TERM", "xterm");
  return run_program("/usr/bin/script", {"-qec", command, "/dev/null"},
                     {.environment = std::move(environment)});
}

}  // namespace

TEST_CASE("the option --open hands the web address to $BROWSER as one argument, and to no shell",
          "[cli][console]") {
  const Recorder recorder;
  const std::string address = "https://news.example/$(touch);x?a=1&b=2\n";
  const std::vector<std::pair<std::string, std::string>> browsers{
      {recorder.program(), address},
      {recorder.program() + " --new %s end", "--new\n" + address + "end\n"}};
  for (const auto& [browser, expected] : browsers) {
    const auto run =
        news().search({"--all", "--open", "1"}, {.environment = {{"BROWSER", browser}}});
    CHECK(run.exit_code == 0);
    CHECK(run.out.empty());
    CHECK(read_text(recorder.said()) == expected);
  }
}

TEST_CASE("the option --open shows the text where there is no web address, or no browser",
          "[cli][console]") {
  const Recorder recorder;
  const auto run =
      news().search({"--all", "--open", "2"}, {.environment = {{"BROWSER", recorder.program()}}});
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.out, Contains("Storm 1") && Contains("\n\nA storm.\n\nIt blew.\n"));
  CHECK_FALSE(std::filesystem::exists(recorder.said()));
}

TEST_CASE("the option --open of an article beyond the last exits 1", "[cli][console]") {
  const auto run = news().search({"--all", "--open", "41"});
  CHECK(run.exit_code == 1);
  CHECK_THAT(run.err, Contains("no article 41") && Contains("40"));
  CHECK(news().search({"--all", "--open", "0"}).exit_code == 2);
  CHECK(news().search({"--all", "--open", "1", "-n", "3"}).exit_code == 2);
}

TEST_CASE("a page longer than the screen goes through the pager, a shorter one does not",
          "[cli][console]") {
  const std::map<std::string, std::string> paged{{"DATELINE_PAGER", "sed s/^/paged:/"}};
  CHECK_THAT(on_terminal("storm", 10, paged).out, Contains("paged: 1. "));
  CHECK_THAT(on_terminal("storm -n 1 --facet-values 0", 20, paged).out, !Contains("paged:"));
  CHECK_THAT(on_terminal("storm --no-pager", 10, paged).out, !Contains("paged:"));
  CHECK_THAT(on_terminal("storm -f tsv", 5, paged).out, !Contains("paged:"));
  CHECK_THAT(on_terminal("storm", 10, {{"PAGER", "sed s/^/other:/"}}).out, Contains("other: 1. "));
  CHECK_THAT(news().search({"storm"}, {.environment = paged}).out, !Contains("paged:"));
}

TEST_CASE("a pager that is missing or dies is no failure", "[cli][console]") {
  for (const auto* pager : {"/no/such/pager", "false", "sh -c kill$IFS-9$IFS$$"}) {
    const auto run = on_terminal("storm", 10, {{"DATELINE_PAGER", pager}});
    INFO(pager);
    CHECK(run.exit_code == 0);
    CHECK_THAT(run.out, Contains("40 articles for storm") && Contains("facets"));
  }
}

TEST_CASE("titles are links on a terminal that knows them, or when asked for", "[cli][console]") {
  const auto link = "\x1b]8;;";
  const std::map<std::string, std::string> no_colour{{"NO_COLOR", "1"}, {"PAGER", "less"}};
  CHECK_THAT(on_terminal("storm -n 1 --no-pager", 50, no_colour).out, Contains(link));
  CHECK_THAT(on_terminal("storm -n 1 --links never", 50, {}).out, !Contains(link));
  CHECK_THAT(on_terminal("storm -n 1", 50, {{"TERM", "dumb"}}).out, !Contains(link));
  CHECK_THAT(news().search({"storm"}).out, !Contains("\x1b"));
  CHECK_THAT(news().search({"storm", "--links", "always"}).out, Contains(link));
}
