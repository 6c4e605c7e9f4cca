// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

/// Writes one of the user's files into the index directory.
void write_rules(const Workbench& bench, std::string_view name, std::string_view text) {
  std::filesystem::create_directories(bench.db());
  std::ofstream file(bench.db() / name, std::ios::binary);
  file << text;
  REQUIRE(file.flush());
}

Json report_of(const Run& run) {
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  return Json::parse(run.out);
}

/// Articles that count for each value of a facet, over the whole index.
std::map<std::string, int> counts(const Workbench& bench, const std::string& facet) {
  const auto answer =
      bench.answer({"--date", "..9999", "--date", "undated", "-n", "0", "--facet-values", "1000"});
  std::map<std::string, int> counts;
  for (const auto& value : answer["facets"][facet]) counts[value["value"]] = value["count"];
  return counts;
}

std::string all_facets(const Workbench& bench) {
  std::string text;
  for (const auto* breadth : {"false", "true"}) {
    auto answer =
        json_records(
            bench
                .search({"--batch", "-"},
                        {.input = std::string(R"({"date":["..9999","undated"],)") +
                                  R"("facet_values":1000,"n":0,"all_mentions":)" + breadth + "}\n"})
                .out)
            .at(0);
    text += answer["facets"].dump() + "\n";
  }
  return text;
}

const std::vector<ArticleRecord> stories{
    {"1", "Bridge opens", "The bridge was opened by Robert Smith. Acme Widgets built it.", "", ""},
    {"2", "Roof falls", "Bob Smyth said the roof was old. He asked Acme Widgets for help.", "", ""},
    {"3", "Talks", "King Abdullah came from Amman. Mr. Jordan said talks went well.", "", ""},
    {"4", "Speech", "George Bush spoke in Texas. He met Gerald Ford, who built no Ford car.", "",
     ""},
    {"5", "Another speech", "George W. Bush spoke in Ohio and thanked acme widgets users.", "", ""},
    {"6", "Works", "The works of Acme Widgets on the Orle were sold. Gerald Ford came.", "", ""},
};

Workbench& write_stories(Workbench& bench) {
  bench.write("stories.jsonl", json_lines(stories));
  return bench;
}

}  // namespace

TEST_CASE("a run follows the user's files and analyses no article again", "[cli][names]") {
  Workbench bench;
  REQUIRE(write_stories(bench).index().exit_code == 0);
  CHECK(counts(bench, "person")["Bob Smyth"] == 1);
  CHECK(counts(bench, "org").count("ACME") == 0);

  write_rules(bench, "aliases.tsv", "# one man\nmerge\tperson\tBob Smyth\tRobert Smith\n");
  write_rules(bench, "gazetteer.tsv", "add\torg\tAcme Widgets\tACME\n");
  const auto report = report_of(bench.index({"--format", "json"}));
  CHECK(report["published"] == true);
  CHECK(report["generation"] == 2);
  for (const auto* count : {"added", "changed", "removed", "files_read"}) CHECK(report[count] == 0);
  CHECK(report["unchanged"] == 6);
  CHECK(counts(bench, "person")["Robert Smith"] == 2);
  CHECK(counts(bench, "person").count("Bob Smyth") == 0);
  CHECK(counts(bench, "org")["ACME"] == 3);
  CHECK(bench.ids({"--person", "bob smyth"}) == bench.ids({"--person", "Robert Smith"}));

  CHECK(report_of(bench.index({"--format", "json"}))["published"] == false);
  std::filesystem::remove(bench.db() / "aliases.tsv");
  CHECK(report_of(bench.index({"--format", "json"}))["published"] == true);
  CHECK(counts(bench, "person")["Bob Smyth"] == 1);
}

TEST_CASE("each action of the two files does what it says", "[cli][names]") {
  Workbench bench;
  REQUIRE(write_stories(bench).index().exit_code == 0);
  const auto people = counts(bench, "person");
  REQUIRE(people.count("King Abdullah") == 1);
  REQUIRE(people.count("Jordan") == 1);
  REQUIRE(people.count("George W. Bush") + people.count("George Bush") == 1);

  write_rules(bench, "aliases.tsv",
              "split\tperson\tGeorge Bush\nrename\tplace\tTexas\tState of Texas\n");
  write_rules(bench, "gazetteer.tsv", "force\tplace\tJordan\nforbid\tany\tKing Abdullah\n");
  REQUIRE(bench.index().exit_code == 0);
  CHECK(counts(bench, "person")["George Bush"] == 1);
  CHECK(counts(bench, "person")["George W. Bush"] == 1);
  CHECK(counts(bench, "place")["State of Texas"] == 1);
  CHECK(counts(bench, "place").count("Texas") == 0);
  CHECK(bench.answer({"--place", "Texas"})["total"] == 1);
  CHECK(counts(bench, "place")["Jordan"] == 1);
  CHECK(counts(bench, "person").count("Jordan") == 0);
  CHECK(counts(bench, "person").count("King Abdullah") == 0);
  CHECK_THAT(bench.search({"--entity", "King Abdullah"}).err, Contains("no entity"));
}

TEST_CASE("an added name is found as it is written, not inside a longer name", "[cli][names]") {
  Workbench bench;
  REQUIRE(write_stories(bench).index().exit_code == 0);
  write_rules(bench, "gazetteer.tsv", "add\torg\tFord\nadd\torg\tacme widgets\n");
  REQUIRE(bench.index().exit_code == 0);
  CHECK(bench.ids({"--org", "Ford"}) == std::vector<std::string>{"4"});
  CHECK(counts(bench, "org")["acme widgets"] == 4);
  write_rules(bench, "gazetteer.tsv", "add\torg\tAcme Widgets\n");
  REQUIRE(bench.index().exit_code == 0);
  CHECK(counts(bench, "org")["Acme Widgets"] == 3);
}

TEST_CASE("an updated index with the user's files counts as a rebuilt one", "[cli][names]") {
  Workbench bench;
  write_rules(bench, "aliases.tsv",
              "merge\tperson\tVladimir Putin\tXi Jinping\nsplit\tperson\tMargaret Ashdown\n"
              "rename\tplace\tKyiv\tKyiv (city)\nmerge\torg\tKremlin\tNorthern Council\n");
  bench.write("stories.jsonl", json_lines({stories[0], stories[1]}));
  const auto first = bench.index({bench.articles().string(), sample_set().string()});
  INFO(first.err);
  REQUIRE(first.exit_code == 0);
  bench.write("more.jsonl", json_lines({stories[2], stories[3], stories[5]}));
  REQUIRE(bench.index().exit_code == 0);
  write_rules(bench, "gazetteer.tsv",
              "add\torg\tAcme Widgets\nadd\torg\tthe bridge\tThe Bridge Company\n"
              "force\torg\tUkraine\nforbid\tany\tMoscow\nadd\tplace\tOrle\n");
  bench.write("stories.jsonl", json_lines({stories[1], stories[4]}));
  REQUIRE(bench.index().exit_code == 0);
  CHECK(counts(bench, "org")["Acme Widgets"] == 2);
  const auto updated = all_facets(bench);
  CHECK_THAT(updated, Contains("The Bridge Company") && Contains("Northern Council"));
  CHECK_THAT(updated, !Contains("Moscow\"") && !Contains("Kremlin\""));
  REQUIRE(bench.index({"--rebuild"}).exit_code == 0);
  CHECK(all_facets(bench) == updated);
}

TEST_CASE("a line that is not understood leaves the index as it was", "[cli][names][hostile]") {
  Workbench bench;
  REQUIRE(write_stories(bench).index().exit_code == 0);
  write_rules(bench, "aliases.tsv", "\n# fine\nmerge\tperson\t\x1b[2JA\tB\n");
  bench.write("new.txt", "New\n\nA new story.\n");
  for (const auto& arguments : {std::vector<std::string>{}, {"--rebuild"}}) {
    const auto run = bench.index(arguments);
    CHECK(run.exit_code == 2);
    CHECK_THAT(run.err, Contains("aliases.tsv:3:") && Contains("try: "));
    CHECK(run.err.find('\x1b') == std::string::npos);
  }
  CHECK(bench.answer({"bridge"})["generation"] == 1);
  write_rules(bench, "aliases.tsv", "");
  std::filesystem::create_directory(bench.db() / "gazetteer.tsv");
  CHECK(bench.index().exit_code == 2);
}
