// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <random>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;

namespace {

/// The answers to a batch of JSON queries, in order.
std::vector<Json> answers(const Workbench& bench, const std::vector<Json>& queries) {
  std::string lines;
  for (const auto& q : queries) lines += q.dump() + "\n";
  const auto run = bench.search({"--batch", "-"}, {.input = lines});
  auto records = json_records(run.out);
  REQUIRE(records.size() == queries.size());
  return records;
}

Json random_query(std::mt19937& random) {
  static const std::vector<std::string> words{
      "bridge", "flood",   "minister", "said",  "xi",    "moscow",      "\"orle bridge\"", "-kyiv",
      "grain",  "council", "the",      "match", "price", "title:court", "ukraine OR river"};
  static const std::vector<std::string> dates{"2022", "2022-11", "2023-03..", "..2022-06",
                                              "undated"};
  auto query = Json::object();
  std::string text;
  const auto count = 1 + random() % 2;
  for (std::size_t i = 0; i < count; ++i) text += words[random() % words.size()] + " ";
  query["query"] = text;
  query["any"] = random() % 3 == 0;
  if (random() % 4 == 0) query["source"] = "Northern Wire";
  if (random() % 4 == 0) query["person"] = "Xi Jinping";
  if (random() % 4 == 0) query["place"] = Json::array({"Kyiv", "Moscow"});
  if (random() % 4 == 0) query["date"] = dates[random() % dates.size()];
  if (random() % 6 == 0) query["since"] = "2022-06";
  if (random() % 3 == 0) query["entity"] = "Ukraine";
  if (random() % 2 == 0) query["all_mentions"] = true;
  query["n"] = 0;
  query["facet_values"] = 1'000;
  return query;
}

}  // namespace

TEST_CASE("the count beside a facet value is the total after selecting it", "[cli][facets]") {
  std::mt19937 random(23);
  std::vector<Json> queries;
  for (int i = 0; i < 60; ++i) queries.push_back(random_query(random));
  const auto results = answers(indexed_sample_set(), queries);

  std::vector<Json> selecting;
  std::vector<std::uint64_t> counts;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    for (const auto& [facet, values] : results[i]["facets"].items()) {
      for (const auto& value : values) {
        auto query = queries[i];
        query[facet] = value["value"];
        // A filter of the date facet is narrowed further, not replaced.
        if (facet == "date" && queries[i].contains("date")) continue;
        selecting.push_back(query);
        counts.push_back(value["count"]);
      }
    }
  }
  REQUIRE(selecting.size() > 1'000);
  const auto selected = answers(indexed_sample_set(), selecting);
  for (std::size_t i = 0; i < selecting.size(); ++i) {
    INFO(selecting[i].dump());
    CHECK(selected[i]["total"] == counts[i]);
  }
}

TEST_CASE("a facet's own selection leaves its other values in view", "[cli][facets]") {
  const auto all = indexed_sample_set().answer({"ukraine"})["facets"];
  const auto narrowed = indexed_sample_set().answer({"ukraine", "--source", "Northern Wire"});
  CHECK(narrowed["facets"]["source"] == all["source"]);
  CHECK(narrowed["facets"]["person"] != all["person"]);
  CHECK(narrowed["total"] < indexed_sample_set().answer({"ukraine"})["total"]);
}

TEST_CASE("the date facet counts years, months or days by the span of the results",
          "[cli][facets]") {
  const Workbench bench;
  bench.write("a.jsonl", json_lines({{"1", "A", "cat storm", "", "2012-01-05"},
                                     {"2", "B", "cat dog", "", "2022-01-05"},
                                     {"3", "C", "dog", "", "2022-07-05"},
                                     {"4", "D", "emu dog", "", "2022-07-06"},
                                     {"5", "E", "emu", "", "2022-07-06"}}));
  REQUIRE(bench.index().exit_code == 0);
  const auto dates = [&](const char* query) { return bench.answer({query})["facets"]["date"]; };
  CHECK(dates("cat") == Json::parse(R"([{"value":"2012","count":1},{"value":"2022","count":1}])"));
  CHECK(dates("dog") ==
        Json::parse(R"([{"value":"2022-01","count":1},{"value":"2022-07","count":2}])"));
  CHECK(dates("emu") == Json::parse(R"([{"value":"2022-07-06","count":2}])"));
}

TEST_CASE("as many values as --facet-values says are given, and their number is told",
          "[cli][facets]") {
  const auto answer = indexed_sample_set().answer({"said", "--facet-values", "2"});
  CHECK(answer["facets"]["person"].size() == 2);
  CHECK(answer["facet_sizes"]["person"] > 2);
  CHECK_FALSE(indexed_sample_set().answer({"said", "--facet-values", "0"}).contains("facets"));
}
