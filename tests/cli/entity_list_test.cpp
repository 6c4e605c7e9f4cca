// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "common/text/unicode.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("the list of entities holds what facets count, most articles first", "[cli][entities]") {
  const auto& bench = indexed_sample_set();
  const auto run = bench.index({"--entities", "--format", "jsonl", "--entity-type", "person"});
  REQUIRE(run.exit_code == 0);
  std::map<std::string, Json> people;
  std::uint64_t before = UINT64_MAX;
  for (const auto& record : json_records(run.out)) {
    if (record.contains("merge")) continue;
    CHECK(record["type"] == "person");
    CHECK(record["articles"] <= before);
    CHECK(record["salient"] <= record["articles"]);
    before = record["articles"];
    people[record["name"]] = record;
  }
  for (const auto* key : {"salient", "articles"}) {
    std::vector<std::string> arguments{"--date", "..9999", "--date",         "undated",
                                       "-n",     "0",      "--facet-values", "1000"};
    if (std::string_view(key) == "articles") arguments.emplace_back("--all-mentions");
    const auto facet = bench.answer(arguments)["facets"]["person"];
    CHECK(facet.size() > 20);
    for (const auto& value : facet) {
      INFO(value.dump());
      CHECK(people.at(value["value"])[key] == value["count"]);
    }
  }
  CHECK(people.at("Dmytro Kuleba")["aliases"] ==
        Json::parse(R"([{"name":"Kuleba","articles":1}])"));
}

TEST_CASE("the listing fits a terminal, and its last lines are for aliases.tsv",
          "[cli][entities]") {
  const Workbench bench;
  bench.write("stories.jsonl", json_lines({{"1", "Talks", "Volodymyr Zelensky came.", "", ""},
                                           {"2", "Talks", "Volodymyr Zelensky left.", "", ""},
                                           {"3", "Talks", "Volodymyr Zelenskyj said so.", "", ""},
                                           {"4", "Talks", "Volodymyr Zelanski stayed.", "", ""}}));
  REQUIRE(bench.index().exit_code == 0);
  const auto text = bench.index({"--entities"}).out;
  std::string aliases;
  for (const auto& line : lines_of(text)) {
    if (line.starts_with("merge\t")) {
      aliases += line + "\n";
    } else {
      CHECK(display_width(line) <= 80);
    }
  }
  CHECK_FALSE(aliases.empty());
  REQUIRE(run_program("/bin/sh", {"-c", "cat > \"$0\"", (bench.db() / "aliases.tsv").string()},
                      {.input = aliases})
              .exit_code == 0);
  REQUIRE(bench.index().exit_code == 0);
  const auto after = bench.index({"--entities", "--format", "tsv"}).out;
  CHECK(lines_of(after).size() < lines_of(text).size() / 2);
  CHECK_THAT(after, Contains("person\tVolodymyr Zelensky\t"));
}

TEST_CASE("the list of entities refuses what it does not use, and needs an index",
          "[cli][entities]") {
  const Workbench bench;
  CHECK(bench.index({"--entities"}).exit_code == 3);
  CHECK_FALSE(std::filesystem::exists(bench.db()));
  CHECK(bench.index({"--entities", "corpus"}).exit_code == 2);
  CHECK(bench.index({"--entity-type", "person"}).exit_code == 2);
  CHECK(bench.index({"--entities", "--entity-type", "people"}).exit_code == 2);
  CHECK(bench.index({"--entities", "--format", "json"}).exit_code == 2);
}
