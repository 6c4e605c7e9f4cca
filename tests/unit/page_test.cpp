// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/page.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "common/text/unicode.h"
#include "searcher/output/histogram.h"

using namespace dateline;
using Catch::Matchers::Contains;

namespace {

const Palette plain(false);

Hit hit_of(std::string title) {
  Hit hit;
  hit.rank = 1;
  hit.id = "id-1";
  hit.article.title = {std::move(title), Provenance::given};
  hit.article.body = "First paragraph.\n\nSecond paragraph.";
  hit.article.path = "/news/a b\x1b.txt";
  hit.snippet.text = "First paragraph.";
  return hit;
}

SearchResult result_of(Hit hit) {
  SearchResult result;
  result.total = 1;
  result.hits.push_back(std::move(hit));
  return result;
}

void check_width(const std::string& page, std::size_t width) {
  std::string_view rest = page;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    INFO(line);
    CHECK(display_width(line) <= width);
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
}

FacetResult dates(DateUnit unit, const std::vector<FacetCount>& values) {
  FacetResult facet;
  facet.asked.facet = Facet::date;
  facet.unit = unit;
  facet.values = values;
  return facet;
}

}  // namespace

TEST_CASE("whom an article is about stands in one line under its facts", "[page]") {
  auto hit = hit_of("Talks");
  for (int i = 0; i < 12; ++i) {
    hit.entities.push_back(
        {EntityType::person, fmt::format("Person Number\x1b {}", i), Provenance::given});
  }
  for (const std::size_t width : {80U, 120U}) {
    const auto page = result_page(result_of(hit), {}, plain, width);
    CHECK_THAT(page,
               Contains("    Person Number\xEF\xBF\xBD 0 · Person Number") && Contains("…\n"));
    CHECK(page.find('\x1b') == std::string::npos);
    check_width(page, width);
  }
}

TEST_CASE("the whole text stands in place of the snippet when asked for", "[page]") {
  PageOptions options;
  options.full = true;
  const auto page = result_page(result_of(hit_of("Talks")), {}, plain, 80, options);
  CHECK_THAT(page, Contains("    First paragraph.\n\n    Second paragraph.\n"));
}

TEST_CASE("text without spaces is broken to fit, too", "[page]") {
  auto hit = hit_of("Talks");
  hit.article.body.clear();
  for (int i = 0; i < 60; ++i) hit.article.body += "习近平访问";
  hit.article.body += "\n" + std::string(300, 'x') + " end";
  PageOptions options;
  options.full = true;
  for (const std::size_t width : {40U, 80U}) {
    const auto page = result_page(result_of(hit), {}, plain, width, options);
    check_width(page, width);
    CHECK_THAT(page, Contains("x end\n"));
  }
}

TEST_CASE("a title links to the web address, else to the file, never to anything else", "[page]") {
  PageOptions options;
  options.links = true;
  const auto linked = [&](const char* url) {
    auto hit = hit_of("Talks");
    if (url != nullptr) hit.article.url = {url, Provenance::given};
    return result_page(result_of(hit), {}, plain, 80, options);
  };
  CHECK_THAT(linked("https://news.example/a?b=1"),
             Contains("\x1b]8;;https://news.example/a?b=1\x1b\\Talks\x1b]8;;\x1b\\"));
  const auto file = "\x1b]8;;file:///news/a%20b%1B.txt\x1b\\";
  CHECK_THAT(linked(nullptr), Contains(file));
  CHECK_THAT(linked("javascript:alert(1)"), Contains(file));
  CHECK_THAT(linked("https://x/\x1b]8;;evil"), Contains(file));
  CHECK_THAT(linked("https://x/\xE2\x80\xAE"), Contains(file));
  CHECK_THAT(linked("https://x/é"), Contains("https://x/%C3%A9"));
}

TEST_CASE("where nothing matches, the page says what would", "[page]") {
  SearchResult result;
  result.advice.spelling = "moscow";
  result.advice.spelling_total = 7;
  result.advice.costliest_filter = "--date 2023";
  result.advice.without_it = 14;
  result.advice.partial_total = 3;
  result.advice.partial.push_back(hit_of("Talks"));
  const auto page = result_page(result, {}, plain, 80);
  CHECK_THAT(page, Contains("0 articles\n") && Contains("Did you mean: moscow (7 articles)\n"));
  CHECK_THAT(page, Contains("without --date 2023: 14 articles\n"));
  CHECK_THAT(page, Contains("No article has all the words. 3 have some of them:\n\n ~  Talks"));
  check_width(page, 80);
}

TEST_CASE("an explanation says what each word stands for and what it adds", "[page]") {
  auto hit = hit_of("Talks");
  hit.score = 3.5F;
  hit.score_parts = {{"elect*", 2.5}, {"freshness", 1}};
  auto result = result_of(hit);
  result.explanation.query = "elect* AND storm";
  result.explanation.words.push_back({"elect*", 12, 1.5, {{"election", 9}, {"elected", 4}}});
  SearchRequest request;
  request.explain = true;
  const auto page = result_page(result, request, plain, 80);
  CHECK_THAT(page, Contains("score 3.50 = elect* 2.50 + freshness 1.00"));
  CHECK_THAT(page, Contains("elect*: 12 articles, weight 1.50; election 9, elected 4"));
}

TEST_CASE("the fields asked for stand in place of the usual ones", "[page]") {
  PageOptions options;
  options.fields = {"id", "path"};
  const auto page = result_page(result_of(hit_of("Talks")), {}, plain, 80, options);
  CHECK_THAT(page, Contains(" 1. id: id-1\n    path: /news/a b"));
  CHECK_THAT(page, !Contains("Talks"));
}

TEST_CASE("a selected facet value stands in brackets", "[page]") {
  CHECK_THAT(facet_lines("source", {{"Wire", 2, 0, true}, {"Gazette", 1}}, "", plain, 80),
             Contains("[Wire] 2 · Gazette 1"));
}

TEST_CASE("long facet values fit the narrowest terminal", "[page]") {
  const std::string name = "Conservative Political Action Conference of Everywhere";
  check_width(facet_lines("org", {{name, 123'456, 0, true}, {name, 9}}, "2 more", plain, 40), 40);
}

TEST_CASE("dates are drawn as bars, empty periods too", "[page][histogram]") {
  const auto months =
      dates(DateUnit::month, {{"2022-11", 4}, {"2022-12", 0}, {"2023-01", 8}, {"undated", 3}});
  CHECK(date_histogram(months, plain, 2, 80, true) ==
        "by month; █ is 8\n"
        "  2022                 ▄·  4\n"
        "  2023       █             8\n"
        "  undated    3\n");
  CHECK_THAT(date_histogram(months, plain, 2, 80, false),
             Contains("+.") && Contains("@") && !Contains("█"));
}

TEST_CASE("bars of any unit fit the terminal", "[page][histogram]") {
  std::vector<FacetCount> days;
  std::vector<FacetCount> weeks;
  std::vector<FacetCount> years;
  for (int i = 1; i <= 31; ++i) days.push_back({fmt::format("2023-01-{:02}", i), 1});
  for (int i = 1; i <= 52; ++i) weeks.push_back({fmt::format("2023-W{:02}", i), 1'000'000});
  for (int i = 1605; i < 2025; ++i) years.push_back({std::to_string(i), 7});
  for (const std::size_t width : {40U, 80U, 120U}) {
    for (const auto& facet :
         {dates(DateUnit::day, days), dates(DateUnit::week, weeks), dates(DateUnit::year, years)}) {
      const auto drawn = date_histogram(facet, plain, 12, width, true);
      CHECK_THAT(drawn, Contains("█"));
      check_width(drawn, width);
    }
  }
}
