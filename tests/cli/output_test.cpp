// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

/// Three short articles.
const Workbench& harbour() {
  static const Workbench bench;
  static const bool ready = [] {
    bench.write("a.jsonl",
                json_lines({{"one", "Storm, \"again\"", "A storm.", "Gazette", "2022-01-05"},
                            {"two", "Calm", "After the storm.\n\nSilence.", "Wire", "2022-03-10"},
                            {"three", "Fish", "Cheap fish.", "", ""}}));
    return bench.index().exit_code == 0;
  }();
  REQUIRE(ready);
  return bench;
}

Run ask(std::vector<std::string> arguments) { return harbour().search(std::move(arguments)); }

int refused(std::vector<std::string> arguments) { return ask(std::move(arguments)).exit_code; }

}  // namespace

TEST_CASE("the option --count prints the exact total and nothing else", "[cli][output]") {
  CHECK(ask({"storm", "--count", "-n", "1"}).out == "2\n");
  CHECK(ask({"--count"}).out == "3\n");
  const auto none = ask({"nowhere", "--count"});
  CHECK(none.out == "0\n");
  CHECK(none.exit_code == 1);
  CHECK(Json::parse(ask({"storm", "--count", "-f", "json"}).out) ==
        Json::parse(R"({"format_version":1,"query":"storm","generation":1,"total":2,)"
                    R"("all_mentions":false})"));
}

TEST_CASE("without a query, --all and --facets-only are about every article", "[cli][output]") {
  CHECK(harbour().ids({"--all"}) == std::vector<std::string>{"two", "one", "three"});
  CHECK(harbour().ids({"--all", "--sort", "oldest", "--source", "Wire"}).size() == 1);
  CHECK(refused({}) == 2);
  CHECK(refused({"--all", "storm"}) == 2);
  const auto facets = harbour().answer({"--facets-only"});
  CHECK_FALSE(facets.contains("hits"));
  CHECK(facets["total"] == 3);
  CHECK(facets["facets"]["source"].size() == 3);
}

TEST_CASE("the option --facets-only gives a line or an object a value to scripts",
          "[cli][output]") {
  const auto tsv = ask({"storm", "--facets-only", "--facet", "source", "-f", "tsv"});
  CHECK(tsv.out == "source\tGazette\t1\nsource\tWire\t1\n");
  CHECK(ask({"storm", "--facets-only", "--facet", "source", "-f", "csv"}).out ==
        "facet,value,count\nsource,Gazette,1\nsource,Wire,1\n");
  const auto objects =
      json_records(ask({"storm", "--facets-only", "--facet", "source", "-f", "jsonl"}).out);
  REQUIRE(objects.size() == 2);
  CHECK(objects[0]["value"] == "Gazette");
  CHECK(objects[0]["generation"] == 1);
}

TEST_CASE("the facets asked for come in their order, and no others", "[cli][output]") {
  const auto answer = harbour().answer({"storm", "--facet", "date:month", "--facet", "source"});
  std::vector<std::string> names;
  for (const auto& [name, values] : answer["facets"].items()) names.push_back(name);
  CHECK(names == std::vector<std::string>{"date", "source"});
}

TEST_CASE("the option --fields chooses what is printed, in its order", "[cli][output]") {
  CHECK(ask({"storm", "-f", "csv", "--fields", "id,title,date", "--sort", "oldest"}).out ==
        "id,title,date\none,\"Storm, \"\"again\"\"\",2022-01-05\ntwo,Calm,2022-03-10\n");
  CHECK(ask({"fish", "-f", "tsv", "--fields", "generation,id,source"}).out == "1\tthree\t\n");
  CHECK(ask({"fish", "-f", "tsv", "--header", "--fields", "id"}).out == "id\nthree\n");
  CHECK(ask({"fish", "-f", "jsonl", "--fields", "id"}).out ==
        "{\"format_version\":1,\"id\":\"three\"}\n");
  CHECK_THAT(ask({"fish", "--fields", "id,title"}).out,
             Contains(" 1. id: three\n    title: Fish\n"));
  CHECK_THAT(ask({"fish", "--fields", "colour"}).err, Contains("no field 'colour'"));
}

TEST_CASE("JSON Lines have an object an article, with the generation", "[cli][output]") {
  const auto hits = json_records(ask({"storm", "-f", "jsonl"}).out);
  REQUIRE(hits.size() == 2);
  CHECK(hits[0]["format_version"] == 1);
  CHECK(hits[0]["generation"] == 1);
  CHECK(hits[0]["rank"] == 1);
  CHECK(hits[0]["entities"].is_array());
}

TEST_CASE("the option --full prints an article's whole text", "[cli][output]") {
  CHECK_THAT(ask({"silence", "--full"}).out, Contains("    After the storm.\n\n    Silence.\n"));
  CHECK(harbour().answer({"silence", "--full"})["hits"][0]["text"] ==
        "After the storm.\n\nSilence.");
  CHECK_FALSE(harbour().answer({"silence"})["hits"][0].contains("text"));
  CHECK(harbour().answer({"silence", "--full", "--fields", "id"})["hits"][0]["text"] ==
        "After the storm.\n\nSilence.");
}

TEST_CASE("ids come one a line, or ended by NUL", "[cli][output]") {
  CHECK(ask({"--all", "-f", "ids", "-n", "2"}).out == "two\none\n");
  CHECK(ask({"--all", "-fids", "-n2", "-0"}).out == std::string("two\0one\0", 8));
}

TEST_CASE("a version of JSON that is unknown is refused", "[cli][output]") {
  CHECK(ask({"fish", "-f", "json", "--format-version", "1"}).exit_code == 0);
  const auto run = ask({"fish", "-f", "json", "--format-version", "2"});
  CHECK(run.exit_code == 2);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, Contains("no version 2") && Contains("--format-version 1"));
}

TEST_CASE("options that would do nothing are refused", "[cli][output]") {
  CHECK(refused({"fish", "--null"}) == 2);
  CHECK(refused({"fish", "--header"}) == 2);
  CHECK(refused({"fish", "-f", "ids", "--fields", "id"}) == 2);
  CHECK(refused({"fish", "-f", "tsv", "--full"}) == 2);
  CHECK(refused({"fish", "-f", "tsv", "--facet", "source"}) == 2);
  CHECK(refused({"fish", "-f", "ids", "--facets-only"}) == 2);
  CHECK(refused({"fish", "--count", "--facets-only"}) == 2);
  CHECK(refused({"fish", "--qrels", "x"}) == 2);
  CHECK(refused({"fish", "--jobs", "2"}) == 2);
  CHECK(refused({"fish", "--facet", "source", "--facet", "source"}) == 2);
  for (const auto* option : {"--limit", "--offset"}) {
    CHECK(refused({"--entity", "X", "--profile", option, "3"}) == 2);
  }
  CHECK(refused({"--entity", "X", "--profile", "--sort", "newest"}) == 2);
}

TEST_CASE("values are checked whatever the mode", "[cli][output]") {
  CHECK(refused({"fish", "--jobs", "many"}) == 2);
  CHECK(refused({"fish", "-f", "json", "--color", "red"}) == 2);
  CHECK(refused({"fish", "--recency", "0"}) == 2);
  CHECK(refused({"fish", "--today", "2023-03"}) == 2);
  CHECK(refused({"fish", "--facet", "person:put"}) == 2);
  CHECK(refused({"fish", "--facet", "date:hour"}) == 2);
  CHECK_THAT(ask({"fish", "--since", "2022..2023"}).err, Contains("--date 2022..2023"));
  CHECK(refused({"fish", "--until", "2022.."}) == 2);
}

TEST_CASE("a remedy is not itself refused", "[cli][output]") {
  CHECK_THAT(ask({"fish", "-f", "tsv", "--facet", "source"}).err, Contains("--facets-only"));
  CHECK_THAT(ask({"fish", "-f", "ids", "--facet", "source"}).err, !Contains("--facets-only"));
  CHECK_THAT(ask({"fish", "--recency", "1e9"}).err, Contains("at most 100000"));
  CHECK_THAT(ask({"--batch", "-", "-f", "json"}).err,
             Contains("json is not for what is asked here") && Contains("jsonl"));
}

TEST_CASE("the option --like stands in place of a query", "[cli][output]") {
  CHECK(refused({"fish", "--like", "one"}) == 2);
  CHECK(harbour().search({"--like", "-"}, {.input = "  \n"}).exit_code == 2);
  CHECK(refused({"--like", "", "--count"}) == 2);
}

TEST_CASE("a generation that is gone is refused with the one in force", "[cli][snapshot]") {
  const Workbench bench;
  bench.write("a.jsonl", json_lines({{"1", "Storm", "A storm.", "", ""}}));
  REQUIRE(bench.index().exit_code == 0);
  const TempDir saved;
  std::filesystem::copy(bench.db(), saved / "ix", std::filesystem::copy_options::recursive);
  bench.write("b.jsonl", json_lines({{"2", "Storm", "Another storm.", "", ""}}));
  REQUIRE(bench.index().exit_code == 0);

  CHECK(bench.search({"storm", "--count", "--snapshot", "2"}).out == "2\n");
  const auto gone = bench.search({"storm", "--snapshot", "1"});
  CHECK(gone.exit_code == 3);
  CHECK_THAT(gone.err, Contains("generation 1 is gone, the index is at 2") && Contains("try: "));
  CHECK_THAT(bench.search({"storm", "--snapshot", "9"}).err, Contains("not there yet"));
  CHECK(bench.search({"--batch", "-", "--snapshot", "1"}, {.input = "storm\n"}).exit_code == 3);

  // While its files are still there, it answers as it did.
  using std::filesystem::copy_options;
  std::filesystem::copy(saved / "ix", bench.db(),
                        copy_options::recursive | copy_options::skip_existing);
  CHECK(bench.search({"storm", "--count", "--snapshot", "1"}).out == "1\n");
  CHECK(json_records(bench.search({"--batch", "-", "--snapshot", "1"}, {.input = "storm\n"}).out)
            .front()["generation"] == 1);
}
