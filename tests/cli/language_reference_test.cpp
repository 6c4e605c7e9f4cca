// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/articles.h"
#include "tests/support/naive_search.h"

using namespace dateline;
using namespace dateline::test;

namespace {

using Ids = std::vector<std::string>;

std::vector<NaiveArticle> write_articles(NaiveSource& source, const Workbench& bench) {
  constexpr int files = 2;
  constexpr int articles_each = 24;
  std::vector<NaiveArticle> articles;
  for (int file = 0; file < files; ++file) {
    std::string lines;
    for (int i = 0; i < articles_each; ++i) {
      articles.push_back(source.article(fmt::format("{}-{}", file, i)));
      lines += articles.back().json_line();
    }
    bench.write(fmt::format("{}.jsonl", file), lines);
    REQUIRE(bench.index().exit_code == 0);
  }
  return articles;
}

Ids found_by_reading(const std::vector<NaiveArticle>& articles, const NaiveQuery& query) {
  Ids ids;
  for (const auto& article : articles) {
    if (matches(article, query)) ids.push_back(article.id);
  }
  std::ranges::sort(ids);
  return ids;
}

Ids ids_of(const Json& answer) {
  Ids ids;
  for (const auto& hit : answer.at("hits")) ids.push_back(hit["id"]);
  std::ranges::sort(ids);
  return ids;
}

}  // namespace

TEST_CASE("language: any query finds what a naive reading of the articles finds",
          "[cli][language]") {
  constexpr int queries = 1'500;
  constexpr std::uint32_t seed = 20'230'317;
  NaiveSource source(seed);
  const Workbench bench;
  const auto articles = write_articles(source, bench);
  std::vector<NaiveQuery> asked;
  std::string lines;
  for (int i = 0; i < queries; ++i) {
    asked.push_back(source.query());
    lines += asked.back().text() + '\n';
  }
  const auto run = bench.search(
      {"--batch", "-", "--no-synonyms", "-n", "100", "--facet-values", "0", "--fields", "id"},
      {.input = lines});
  const auto answers = json_records(run.out);
  REQUIRE(answers.size() == asked.size());
  std::size_t with_articles = 0;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    INFO(asked[i].text());
    if (answers[i].contains("error")) FAIL_CHECK(answers[i]["error"].dump());
    if (answers[i].contains("error")) continue;
    const auto expected = found_by_reading(articles, asked[i]);
    CHECK(ids_of(answers[i]) == expected);
    with_articles += expected.empty() || expected.size() == articles.size() ? 0U : 1U;
  }
  CHECK(with_articles > queries / 3);
}
