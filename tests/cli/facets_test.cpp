// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;

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

TEST_CASE("as many values as --facet-values says are given, and their number is told",
          "[cli][facets]") {
  const auto answer = indexed_sample_set().answer({"said", "--facet-values", "2"});
  CHECK(answer["facets"]["person"].size() == 2);
  CHECK(answer["facet_sizes"]["person"] > 2);
  CHECK_FALSE(indexed_sample_set().answer({"said", "--facet-values", "0"}).contains("facets"));
}
