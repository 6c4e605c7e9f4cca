// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

TEST_CASE("a facet's own selection leaves its other values in view", "[cli][facets]") {
  const auto all = indexed_sample_set().answer({"ukraine"})["facets"];
  auto narrowed = indexed_sample_set().answer({"ukraine", "--source", "Northern Wire"});
  for (auto& value : narrowed["facets"]["source"]) value.erase("selected");
  CHECK(narrowed["facets"]["source"] == all["source"]);
  CHECK(narrowed["facets"]["person"] != all["person"]);
  CHECK(narrowed["total"] < indexed_sample_set().answer({"ukraine"})["total"]);
}

TEST_CASE("the date facet counts years, months or days by the span of the results",
          "[cli][facets]") {
  const Workbench bench;
  bench.write("a.jsonl", json_lines({{"1", "A", "cat storm", "", "2018-01-05"},
                                     {"2", "B", "cat dog", "", "2022-03-05"},
                                     {"3", "C", "dog", "", "2022-07-05"},
                                     {"4", "D", "emu dog", "", "2022-07-06"},
                                     {"5", "E", "emu", "", "2022-07-06"}}));
  REQUIRE(bench.index().exit_code == 0);
  const auto dates = [&](const char* query) { return bench.answer({query})["facets"]["date"]; };
  CHECK(dates("cat") == Json::parse(R"([{"value":"2018","count":1},{"value":"2019","count":0},)"
                                    R"({"value":"2020","count":0},{"value":"2021","count":0},)"
                                    R"({"value":"2022","count":1}])"));
  CHECK(dates("dog") ==
        Json::parse(R"([{"value":"2022-03","count":1},{"value":"2022-04","count":0},)"
                    R"({"value":"2022-05","count":0},{"value":"2022-06","count":0},)"
                    R"({"value":"2022-07","count":2}])"));
  CHECK(dates("emu") == Json::parse(R"([{"value":"2022-07-06","count":2}])"));
}

TEST_CASE("as many values as --facet-values says are given", "[cli][facets]") {
  const auto answer = indexed_sample_set().answer({"said", "--facet-values", "2"});
  CHECK(answer["facets"]["person"].size() == 2);
  CHECK_FALSE(indexed_sample_set().answer({"said", "--facet-values", "0"}).contains("facets"));
}

TEST_CASE("how many values a facet has is told with --facet-sizes alone, that it has more always",
          "[cli][facets]") {
  const auto& bench = indexed_sample_set();
  const auto sized = bench.answer({"said", "--facet-values", "2", "--facet-sizes"});
  const auto all = bench.answer({"said", "--facet-values", "1000"});
  for (const auto* facet : {"source", "person", "org", "place"}) {
    INFO(facet);
    REQUIRE(all["facets"][facet].size() > 2);
    CHECK(sized["facet_sizes"][facet] == all["facets"][facet].size());
    const std::vector<std::string> question{"said", "--facet", facet, "--facets-only"};
    const auto page = [&](const std::vector<std::string>& options) {
      auto arguments = question;
      arguments.insert(arguments.end(), options.begin(), options.end());
      return bench.search(arguments).out;
    };
    const auto rest = std::to_string(all["facets"][facet].size() - 2) + " more";
    CHECK_THAT(page({"--facet-values", "2", "--facet-sizes"}), Contains("· " + rest));
    CHECK_THAT(page({"--facet-values", "2"}), Contains("· more") && !Contains(rest));
    CHECK_THAT(page({"--facet-values", "1000"}), !Contains("· more"));
  }
  CHECK_FALSE(all.contains("facet_sizes"));
  CHECK_FALSE(sized["facet_sizes"].contains("date"));

  const auto refused = bench.search({"said", "--facet-sizes", "--format", "tsv"});
  CHECK(refused.exit_code == 2);
  CHECK_THAT(refused.err, Contains("--facet-sizes with --format tsv"));
}
