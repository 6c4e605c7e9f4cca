// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "common/index/schema.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;
using Ids = std::vector<std::string>;

namespace {

/// Longer than any lead.
const std::string opening = [] {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "The water rose and the town waited for the morning. ";
  return text + "\n\n";
}();

const std::vector<ArticleRecord> stories{
    {"title", "Wang Yi visits the town", opening + "The visit was short.", "", ""},
    {"lead", "Visit", "Wang Yi came on Monday. " + opening, "", ""},
    {"twice", "Visit", opening + "A guest was Wang Yi. The town liked Wang Yi.", "", ""},
    {"passing", "Visit", opening + "Among the guests was Wang Yi.", "", ""},
    {"none", "Visit", opening + "There were no guests.", "", ""},
};

Ids sorted(Ids ids) {
  std::ranges::sort(ids);
  return ids;
}

}  // namespace

TEST_CASE("an article counts for whom it names in title, lead or twice, unless all mentions do",
          "[cli][salience]") {
  const Workbench bench;
  bench.write("stories.jsonl", json_lines(stories));
  REQUIRE(bench.index().exit_code == 0);
  for (const auto* filter : {"--person", "--entity"}) {
    CHECK(sorted(bench.ids({filter, "Wang Yi"})) == Ids{"lead", "title", "twice"});
    CHECK(sorted(bench.ids({filter, "Wang Yi", "--all-mentions"})) ==
          Ids{"lead", "passing", "title", "twice"});
  }
  const auto narrow = bench.answer({"visit", "OR", "town"});
  CHECK(narrow["all_mentions"] == false);
  CHECK(narrow["facets"]["person"][0] == Json::parse(R"({"value":"Wang Yi","count":3})"));
  const auto wide = bench.answer({"visit", "OR", "town", "--all-mentions"});
  CHECK(wide["all_mentions"] == true);
  CHECK(wide["facets"]["person"][0] == Json::parse(R"({"value":"Wang Yi","count":4})"));
}

TEST_CASE("who finds only articles that name it in passing is told so", "[cli][salience]") {
  const Workbench bench;
  bench.write("stories.jsonl", json_lines({stories[3], stories[4]}));
  REQUIRE(bench.index().exit_code == 0);
  const auto run = bench.search({"--person", "Wang Yi"});
  CHECK(run.exit_code == 1);
  CHECK_THAT(run.err, Contains("1 article has the names in passing only: --all-mentions finds it"));
  CHECK(bench.search({"--person", "Wang Yi", "--all-mentions"}).exit_code == 0);
  CHECK(bench.search({"dragon"}).err.empty());
}

TEST_CASE("the page says which articles count, and a line of a batch may choose",
          "[cli][salience]") {
  const Workbench bench;
  bench.write("stories.jsonl", json_lines(stories));
  REQUIRE(bench.index().exit_code == 0);
  CHECK_THAT(bench.search({"town"}).out, Contains("names count in articles about them"));
  CHECK_THAT(bench.search({"town", "--all-mentions"}).out,
             Contains("names count in every article that mentions them"));
  const auto run =
      bench.search({"--batch", "-"}, {.input = "{\"person\":\"Wang Yi\"}\n"
                                               "{\"person\":\"Wang Yi\",\"all_mentions\":true}\n"
                                               "{\"person\":\"Wang Yi\",\"all_mentions\":1}\n"});
  const auto answers = json_records(run.out);
  REQUIRE(answers.size() == 3);
  CHECK(answers[0]["total"] == 3);
  CHECK(answers[1]["total"] == 4);
  CHECK_THAT(answers[2]["error"]["message"].get<std::string>(), Contains("true or false"));
}

TEST_CASE("names that are one entity make it salient together", "[cli][salience]") {
  const Workbench bench;
  bench.write("stories.jsonl",
              json_lines({{"both", "Visit", opening + "Robert Smith met Bob Smyth.", "", ""},
                          {"one", "Visit", opening + "Bob Smyth came.", "", ""}}));
  REQUIRE(bench.index().exit_code == 0);
  CHECK(bench.ids({"--person", "Bob Smyth"}).empty());
  REQUIRE(run_program("/bin/sh", {"-c", "cat > \"$0\"", (bench.db() / "aliases.tsv").string()},
                      {.input = "merge\tperson\tBob Smyth\tRobert Smith\n"})
              .exit_code == 0);
  REQUIRE(bench.index().exit_code == 0);
  CHECK(bench.ids({"--person", "Bob Smyth"}) == Ids{"both"});
  const auto facets = bench.answer({"--date", "undated"})["facets"];
  CHECK(facets["person"] == Json::parse(R"([{"value":"Robert Smith","count":1}])"));
}

TEST_CASE("an index of an older format is rebuilt, and the reason said", "[cli][salience]") {
  const Workbench bench;
  bench.write("stories.jsonl", json_lines(stories));
  REQUIRE(bench.index().exit_code == 0);
  const auto manifest = bench.db() / "manifest-000001";
  auto text = read_text(manifest);
  const auto ours = fmt::format("\"format\": {}", schema::format_version);
  REQUIRE(text.find(ours) != std::string::npos);
  text.replace(text.find(ours), ours.size(), "\"format\": 1");
  REQUIRE(run_program("/bin/sh", {"-c", "cat > \"$0\"", manifest.string()}, {.input = text})
              .exit_code == 0);
  CHECK(bench.search({"town"}).exit_code == 3);
  const auto run = bench.index();
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.out, Contains("rebuilt in full: the index was of an older format"));
  CHECK(bench.answer({"town"})["total"] == 5);
}
