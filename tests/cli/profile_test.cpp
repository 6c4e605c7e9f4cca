// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <sstream>

#include "common/text/unicode.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

/// Twelve stories: Wang Yi is in six, four of them with Sergey Lavrov, all with Beijing; Beijing is
/// in all the others, too. Geneva is in two of them and in one other. Geneva is in two of them and
/// in one other.
const Workbench& stories() {
  static const Workbench bench;
  static const bool ready = [] {
    std::vector<ArticleRecord> records;
    for (int i = 0; i < 12; ++i) {
      std::string text = "The officials came to Beijing.";
      if (i < 6) text += " The host was Wang Yi.";
      if (i < 4) text += " The guest was Sergey Lavrov.";
      if (i >= 6) text += " Angela Merkel stayed away.";
      if (i % 4 == 0) text += " A letter from Geneva was read.";
      const auto date = i == 5 ? "" : fmt::format("20{:02}-03-{:02}", 15 + i / 2, i + 1);
      records.push_back({std::to_string(i), fmt::format("Talks, round {}", i), text,
                         i % 3 == 0 ? "Gazette" : "Wire", date});
    }
    bench.write("stories.jsonl", json_lines(records));
    return bench.index().exit_code == 0;
  }();
  REQUIRE(ready);
  return bench;
}

}  // namespace

TEST_CASE("a profile counts an entity's articles, dates and sources exactly", "[cli][profile]") {
  const auto profile = stories().answer({"--entity", "wang yi", "--profile"});
  CHECK(profile["type"] == "person");
  CHECK(profile["name"] == "Wang Yi");
  CHECK(profile["total"] == 6);
  CHECK(profile["mentions"] == 6);
  CHECK(profile["first"]["id"] == "0");
  CHECK(profile["first"]["date"] == "2015-03-01");
  CHECK(profile["first"]["title"] == "Talks, round 0");
  CHECK(profile["last"]["id"] == "4");
  CHECK(profile["timeline"] ==
        Json::parse(R"([{"value":"2015-03","count":2},{"value":"2016-03","count":2},)"
                    R"({"value":"2017-03","count":1},{"value":"undated","count":1}])"));
  CHECK(profile["sources"] ==
        Json::parse(R"([{"value":"Wire","count":4},{"value":"Gazette","count":2}])"));
  CHECK(profile["total"] == stories().answer({"--person", "Wang Yi"})["total"]);
}

TEST_CASE("with it stands who is named with it more often than by chance", "[cli][profile]") {
  const auto with = stories().answer({"--person", "Wang Yi", "--profile"})["with"];
  REQUIRE(with["person"].size() == 1);
  CHECK(with["person"][0]["name"] == "Sergey Lavrov");
  CHECK(with["person"][0]["shared"] == 4);
  CHECK(with["person"][0]["articles"] == 4);
  // 2 (4 ln 2 + 2 ln (2/4) + 6 ln (6/4)): all that is known of the two by twelve articles.
  CHECK(with["person"][0]["score"].get<double>() == Approx(7.6382).epsilon(1e-3));
  CHECK(with["place"].empty());
}

TEST_CASE("a query and further filters narrow a profile", "[cli][profile]") {
  const auto total = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--entity", "Wang Yi", "--profile"});
    return stories().answer(arguments)["total"].get<int>();
  };
  CHECK(total({"--source", "Gazette"}) == 2);
  CHECK(total({"--since", "2016"}) == 3);
  CHECK(total({"guest"}) == 4);
  CHECK(total({"--person", "Sergey Lavrov", "--source", "Wire"}) == 2);
  CHECK(stories().search({"--entity", "Wang Yi", "--profile", "--since", "2020"}).exit_code == 1);
}

TEST_CASE("a profile's page fits a terminal and shows exact counts", "[cli][profile]") {
  const auto run = stories().search({"--entity", "Wang Yi", "--profile"});
  CHECK(run.exit_code == 0);
  CHECK(run.err.empty());
  CHECK_THAT(run.out, Contains("Wang Yi · person · 6 articles about it, 6 mentions"));
  CHECK_THAT(run.out, Contains("2016-03") && Contains("█ 2\n") && Contains("Sergey Lavrov 4"));
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= 80);
}

TEST_CASE("a name that is unknown is refused with close ones", "[cli][profile]") {
  const auto run = stories().search({"--entity", "Wang Yii", "--profile"});
  CHECK(run.exit_code == 1);
  CHECK_THAT(run.err, Contains("no entity 'Wang Yii'") && Contains("Wang Yi (person)"));
  const auto part = stories().search({"--entity", "Merk", "--profile"});
  CHECK_THAT(part.err, Contains("Angela Merkel (person)"));
  const auto hostile = stories().search({"--entity", "\x1b[2J", "--profile"});
  CHECK(hostile.exit_code == 1);
  CHECK(hostile.err.find('\x1b') == std::string::npos);
}

TEST_CASE("a name of several types is refused with the list and the remedy", "[cli][profile]") {
  const Workbench bench;
  bench.write("stories.jsonl", json_lines({{"1", "Talks", "The host was Wang Yi.", "", ""},
                                           {"2", "Talks", "Sergey Lavrov came.", "", ""}}));
  REQUIRE(bench.index().exit_code == 0);
  REQUIRE(run_program("/bin/sh", {"-c", "cat > \"$0\"", (bench.db() / "aliases.tsv").string()},
                      {.input = "rename\tperson\tWang Yi\tJordan\n"})
              .exit_code == 0);
  REQUIRE(run_program("/bin/sh", {"-c", "cat > \"$0\"", (bench.db() / "gazetteer.tsv").string()},
                      {.input = "add\tplace\tTalks\tJordan\n"})
              .exit_code == 0);
  REQUIRE(bench.index().exit_code == 0);
  const auto run = bench.search({"--entity", "Jordan", "--profile"});
  CHECK(run.exit_code == 2);
  CHECK_THAT(run.err, Contains("Jordan (person), Jordan (place)") && Contains("--place"));
  CHECK(bench.answer({"--place", "Jordan", "--profile"})["total"] == 2);
  CHECK(bench.answer({"--person", "Jordan", "--profile"})["total"] == 1);
}

TEST_CASE("a profile refuses what it cannot describe", "[cli][profile]") {
  CHECK(stories().search({"--profile", "talks"}).exit_code == 2);
  CHECK(stories().search({"--profile", "--person", "Wang Yi", "--place", "Beijing"}).exit_code ==
        2);
  CHECK(stories().search({"--profile", "--entity", "Wang Yi", "--entity", "Beijing"}).exit_code ==
        2);
  CHECK(stories().search({"--profile", "--entity", "Wang Yi", "-f", "tsv"}).exit_code == 2);
  CHECK(stories().search({"--profile", "--batch", "-"}, {.input = "talks\n"}).exit_code == 2);
}
