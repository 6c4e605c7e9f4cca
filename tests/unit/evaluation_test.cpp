// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/evaluation.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>

#include "common/error.h"

using namespace dateline;
using Catch::Matchers::Contains;

namespace {

std::vector<RatedAnswer> ranking(const std::vector<std::string>& ids) {
  std::vector<RatedAnswer> articles;
  for (const auto& id : ids) {
    const auto rank = articles.size() + 1;
    articles.push_back({10.0 - static_cast<double>(rank) / 100, rank, id});
  }
  return articles;
}

Judgements judgements(const std::string& text) {
  std::istringstream input(text);
  return read_judgements(input, "qrels");
}

}  // namespace

TEST_CASE("a ranking is rated as one does it by hand", "[evaluation]") {
  // Relevant: a (grade 2) first, c (grade 1) third, x never found.
  const auto r = rate({{"a", 2}, {"c", 1}, {"x", 1}}, ranking({"a", "b", "c", "d"}));
  CHECK(r.average_precision == Approx((1.0 / 1 + 2.0 / 3) / 3));
  const double gain = 2 / std::log2(2.0) + 1 / std::log2(4.0);
  const double ideal = 2 / std::log2(2.0) + 1 / std::log2(3.0) + 1 / std::log2(4.0);
  CHECK(r.ndcg_10 == Approx(gain / ideal));
  CHECK(r.precision_10 == Approx(0.2));
  CHECK(r.recall_100 == Approx(2.0 / 3));
}

TEST_CASE("what ranks below the tenth place counts for MAP and recall alone", "[evaluation]") {
  std::vector<std::string> ids;
  for (int i = 0; i < 10; ++i) ids.push_back("n" + std::to_string(i));
  ids.emplace_back("a");
  const auto r = rate({{"a", 1}}, ranking(ids));
  CHECK(r.average_precision == Approx(1.0 / 11));
  CHECK(r.ndcg_10 == 0);
  CHECK(r.precision_10 == 0);
  CHECK(r.recall_100 == 1);
}

TEST_CASE("an article counts once, and scores come before ranks", "[evaluation]") {
  const auto r = rate({{"a", 1}}, {{1.0, 1, "b"}, {2.0, 2, "a"}, {0.5, 3, "a"}});
  CHECK(r.average_precision == 1);
  CHECK(r.precision_10 == Approx(0.1));
}

TEST_CASE("a judged query without an answer rates 0, an unjudged one is left aside",
          "[evaluation]") {
  Evaluation evaluation(judgements("q1 0 a 1\nq2 0 b 1\nq3 0 c 0\n"));
  evaluation.add("q1", ranking({"a"}));
  evaluation.add("other", ranking({"a"}));
  CHECK(evaluation.rows().size() == 2);
  CHECK(evaluation.unjudged() == 1);
  CHECK(evaluation.mean().average_precision == Approx(0.5));
  CHECK_THAT(evaluation_text(evaluation), Contains("not answered") && Contains("mean of 2"));
  const auto j = evaluation_json(evaluation);
  CHECK(j["map"] == 0.5);
  CHECK(j["per_query"][1]["answered"] == false);
}

TEST_CASE("a line that is no judgement is refused by its number", "[evaluation]") {
  for (const auto* line : {"q1 0 a", "q1 0 a one", "q1 0 a 1 2", "q1 0 a 1.5"}) {
    INFO(line);
    CHECK_THROWS_WITH(judgements(std::string("q1 0 a 1\n\n") + line + "\n"), Contains("qrels:3:"));
  }
  CHECK_THROWS_AS(judgements("q1 0 a 0\n"), Error);
}
