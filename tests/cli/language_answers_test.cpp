// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>

#include "tests/support/indexed_articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

const IndexedArticles& harbour() {
  static const IndexedArticles set(article({{"id", "a"},
                                            {"title", "Harbour"},
                                            {"text", "The storm closed the harbour."},
                                            {"source", "Gazette"},
                                            {"lang", "en"},
                                            {"date", "2023-03-17"}}) +
                                   article({{"id", "b"},
                                            {"title", "Boats"},
                                            {"text", "A storm kept boats in."},
                                            {"source", "Gazette"},
                                            {"lang", "en"},
                                            {"date", "2023-03-18"}}) +
                                   article({{"id", "c"},
                                            {"title", "Fish"},
                                            {"text", "The storm made fish dear."},
                                            {"source", "Wire"},
                                            {"lang", "en"},
                                            {"date", "2022-01-05"}}));
  return set;
}

/// Articles about nothing: a word tells what others are about if at most a quarter of all have it.
std::string of_other_things() {
  std::string lines;
  for (const auto* word :
       {"bread", "chess", "dance", "eagle", "frost", "glass", "honey", "ivory"}) {
    lines += bodies({{word, fmt::format("Some {} was there.", word)}});
  }
  return lines;
}

std::string letters(int number) {
  std::string text = "a";
  for (int i = 0; i < 4; ++i, number /= 26) text += static_cast<char>('a' + number % 26);
  return text;
}

const IndexedArticles& many_words() {
  static const IndexedArticles set([] {
    constexpr int words = 5'100;
    std::string text;
    for (int i = 0; i < words; ++i) text += letters(i) + (i % 10 == 9 ? ".\n\n" : " ");
    return bodies({{"many", text}, {"few", "Storm over boats."}});
  }());
  return set;
}

/// Long enough for a slow computer, far too short for what grows with the square of a query.
constexpr std::chrono::seconds quickly{20};

struct Timed {
  Run run;
  bool quick = false;
};

Timed ask(const std::string& query) {
  const auto begin = std::chrono::steady_clock::now();
  // More than a command line takes goes by a batch of one.
  auto run =
      many_words().bench().search({"--batch", "-", "--format", "jsonl"}, {.input = query + '\n'});
  return {std::move(run), std::chrono::steady_clock::now() - begin < quickly};
}

void check_refused_quickly(const std::string& query) {
  const auto asked = ask(query);
  CHECK(asked.quick);
  CHECK(asked.run.exit_code == 2);
  CHECK_THAT(asked.run.out + asked.run.err, Contains("\"error\""));
}

void check_answered_quickly(const std::string& query, int total) {
  const auto asked = ask(query);
  CHECK(asked.quick);
  CHECK(asked.run.exit_code <= 1);
  const auto answers = json_records(asked.run.out);
  REQUIRE(answers.size() == 1);
  CHECK(answers[0]["total"] == total);
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("a word finds its inflected forms and other accents, the word as written first",
          "[cli][language]") {
  const IndexedArticles set(
      article({{"id", "plain"}, {"title", "Note"}, {"text", "A cafe in town."}, {"lang", "en"}}) +
      article({{"id", "accent"}, {"title", "Note"}, {"text", "A café in town."}, {"lang", "en"}}) +
      article({{"id", "many"}, {"title", "Note"}, {"text", "Cafés in town."}, {"lang", "en"}}) +
      article({{"id", "other"}, {"title", "Note"}, {"text", "Cafeteria food."}, {"lang", "en"}}));
  CHECK(set.find("cafe") == Ids{"accent", "many", "plain"});
  CHECK(set.find("CAFÉ") == Ids{"accent", "many", "plain"});
  CHECK(set.find("cafés") == Ids{"accent", "many", "plain"});
  CHECK(set.find("\"a cafe\"") == Ids{"accent", "plain"});
  const auto place_of = [&](const std::string& query, const std::string& id) {
    const auto ids = set.ranked(query);
    return std::ranges::find(ids, id) - ids.begin();
  };
  CHECK(place_of("cafe", "plain") < place_of("cafe", "accent"));
  CHECK(place_of("café", "accent") < place_of("café", "plain"));
}

TEST_CASE("where nothing matches, articles with some of the words are offered as such",
          "[cli][advice]") {
  const auto page = harbour().bench().search({"boats harbour"});
  CHECK(page.exit_code == 1);
  CHECK_THAT(page.out,
             Contains("0 articles") && Contains(" ~  *Harbour*") && Contains(" ~  *Boats*"));
  auto answer = harbour().bench().answer({"boats harbour"});
  CHECK(answer["total"] == 0);
  CHECK(answer["hits"].empty());
  CHECK(answer["advice"]["partial_total"] == 2);
  CHECK(answer["advice"]["partial"].size() == 2);
  CHECK(answer["advice"]["spelling"].is_null());
  CHECK(answer["advice"]["costliest_filter"].is_null());
}

TEST_CASE("what is offered in part still keeps to sources, dates and what is excluded",
          "[cli][advice]") {
  const auto partial = [](const std::string& query) {
    return harbour().bench().answer({"--", query})["advice"]["partial_total"];
  };
  CHECK(partial("boats harbour source:gazette") == 2);
  CHECK(partial("boats harbour date:2023-03-18") == 1);
  CHECK(partial("fish harbour -dear") == 1);
  CHECK(partial("\"boats storm\"") == 3);
  CHECK(partial("nowhere") == 0);
}

TEST_CASE("where nothing matches, the word that was meant is offered", "[cli][advice]") {
  auto answer = harbour().bench().answer({"strom -fishh harbor"});
  CHECK(answer["total"] == 0);
  CHECK(answer["advice"]["spelling"] == "storm -fishh harbour");
  CHECK_THAT(harbour().bench().search({"harbur"}).out, Contains("harbour"));
  CHECK(harbour().bench().answer({"\"the strom\""})["advice"]["spelling"] == "\"the storm\"");
  CHECK(harbour().bench().answer({"xylophone"})["advice"]["spelling"].is_null());
  CHECK_FALSE(harbour().bench().answer({"storm"}).contains("advice"));
}

TEST_CASE("where nothing matches, the filter that costs most is named with its exact count",
          "[cli][advice]") {
  const std::vector<std::string> asked{"storm", "--source", "Wire", "--date", "2023"};
  auto advice = harbour().bench().answer(asked)["advice"];
  CHECK_THAT(advice["costliest_filter"].dump(), Contains("--source"));
  CHECK(advice["without_it"] == 2);
  CHECK_THAT(harbour().bench().search(asked).out, Contains("without --source Wire: 2 articles"));
}

TEST_CASE(
    "asking: --explain says how a query was understood and what each word stands for and adds",
    "[cli][explain]") {
  const auto answer =
      harbour().bench().answer({"--explain", "storm OR fish closed -\"boats in\" source:g*"});
  REQUIRE(answer["total"] == 1);
  const auto& explanation = answer["explanation"];
  CHECK(explanation["query"] ==
        "((storm OR fish) AND closed AND source:\"g*\") AND NOT \"boats in\"");
  CHECK(explanation["words"][0]["word"] == "storm");
  CHECK(explanation["words"][0]["articles"] == 3);
  double sum = 0;
  for (const auto& part : answer["hits"][0]["score_parts"]) sum += part["score"].get<double>();
  CHECK(sum == Approx(answer["hits"][0]["score"].get<double>()).margin(0.001));
  CHECK_THAT(harbour().bench().search({"--explain", "storm fish"}).out, Contains("storm AND fish"));
}

TEST_CASE("what --explain shows is read as the same query", "[cli][explain]") {
  for (const auto* query :
       {"storm -boats fish OR closed", "storm NEAR/5 boats OR fish ADJ/3 dear the",
        "ATLEAST/2 storm OR fi* ~strom^2", "title:(boats OR fish) -source:wire date:2023"}) {
    INFO(query);
    const auto first = harbour().bench().answer({"--explain", "--no-synonyms", "--", query});
    const auto shown = first["explanation"]["query"].get<std::string>();
    const auto second = harbour().bench().answer({"--explain", "--no-synonyms", "--", shown});
    CHECK(second["explanation"] == first["explanation"]);
    CHECK(second["total"] == first["total"]);
  }
}

TEST_CASE("language: a name finds what has another name of the same", "[cli][synonyms]") {
  const IndexedArticles set(bodies({{"old", "A day in Kiev."},
                                    {"new", "A day in Kyiv."},
                                    {"else", "A day in Lviv."},
                                    {"un", "The United Nations met."},
                                    {"apart", "Nations are united."}}));
  CHECK(set.find("kiev") == Ids{"new", "old"});
  CHECK(set.find("Kyiv") == Ids{"new", "old"});
  CHECK(set.find("day NEAR/2 kiev") == Ids{"new", "old"});
  CHECK(set.find("kiev", {"--no-synonyms"}) == Ids{"old"});
  CHECK(set.find("day -kiev") == Ids{"else"});
  CHECK(set.find("kiev", {"--any"}) == Ids{"new", "old"});
  CHECK_THAT(set.bench().answer({"kiev"})["notes"].dump(), Contains("kyiv"));
}

TEST_CASE("synonyms.tsv in the index directory adds the user's own", "[cli][synonyms]") {
  const IndexedArticles set(bodies({{"a", "The ferry sailed."},
                                    {"b", "The car boat sailed."},
                                    {"c", "A car, a boat."},
                                    {"d", "The steamer sailed."}}));
  const auto file = set.bench().db() / "synonyms.tsv";
  const auto write = [&](const std::string& text) { std::ofstream(file) << text; };
  CHECK(set.find("ferry") == Ids{"a"});
  write("# Ships\nferry\tcar boat\tsteamer\n");
  CHECK(set.find("ferry") == Ids{"a", "b", "d"});
  CHECK(set.find("\"car boat\"") == Ids{"b"});
  CHECK(set.find("car boat") == Ids{"a", "b", "c", "d"});
  CHECK(set.find("ferry", {"--no-synonyms"}) == Ids{"a"});
  CHECK(set.find("\"the ferry\"") == Ids{"a"});
  CHECK(set.find("ferry sailed -steamer").empty());
}

TEST_CASE("a line of synonyms.tsv that cannot be understood is refused by file and line",
          "[cli][synonyms]") {
  const IndexedArticles set(bodies({{"a", "The ferry sailed."}}));
  const auto file = set.bench().db() / "synonyms.tsv";
  for (const auto* bad : {"alone", "ferry\t", "ferry\t...", "\tferry"}) {
    INFO(bad);
    std::ofstream(file) << "ferry\tsteamer\n# more\n" << bad << "\n";
    const auto run = set.bench().search({"ferry"});
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains("synonyms.tsv:3:") && Contains("try: "));
  }
}

TEST_CASE("asking: --expand adds telling words to the ranking and nothing to what is found",
          "[cli][language]") {
  CHECK(harbour().find("storm", {"--expand"}) == harbour().find("storm"));
  CHECK(harbour().find("boats", {"--expand"}) == Ids{"b"});
  CHECK(harbour().find("nowhere", {"--expand"}).empty());
  const IndexedArticles set(bodies({{"1", "Ashdown quarry reopened after the landslide."},
                                    {"2", "Ashdown quarry landslide blocked the valley road."},
                                    {"3", "The landslide in the quarry."},
                                    {"4", "A choir sang of spring."}}) +
                            of_other_things());
  const auto expanded = set.find("ashdown", {"--expand", "--any"});
  CHECK(expanded == Ids{"1", "2", "3"});
}

TEST_CASE("asking: --recency ranks a fresh article above an old one that is alike",
          "[cli][language]") {
  const IndexedArticles set(
      article({{"id", "old"},
               {"title", "Sea"},
               {"text", "A storm. A storm."},
               {"date", "2020-01-01"}}) +
      article(
          {{"id", "new"}, {"title", "Sea"}, {"text", "A storm is due."}, {"date", "2023-01-01"}}) +
      article({{"id", "none"}, {"title", "Sea"}, {"text", "A storm is due."}}));
  CHECK(set.ranked("storm").front() == "old");
  CHECK(set.ranked("storm", {"--recency", "30"}) == Ids{"new", "old", "none"});
  CHECK(set.find("storm", {"--recency", "30"}) == set.find("storm"));
}

TEST_CASE("asking: --like finds articles like one, or like the text on standard input",
          "[cli][language]") {
  const IndexedArticles set(bodies({{"quarry", "The Ashdown quarry landslide blocked a road."},
                                    {"slide", "A landslide closed the quarry near Ashdown."},
                                    {"choir", "A choir sang in the chapel."},
                                    {"chapel", "The chapel choir sang."}}) +
                            of_other_things());
  const auto liked = [&](const std::vector<std::string>& arguments, const std::string& input) {
    auto all = arguments;
    all.insert(all.end(), {"--format", "ids"});
    return set.bench().search(all, {.input = input}).out;
  };
  CHECK(liked({"--like", "quarry"}, "").starts_with("slide\n"));
  CHECK_THAT(liked({"--like", "quarry"}, ""), !Contains("quarry"));
  CHECK(liked({"--like", "-"}, "Singers of a chapel's choir.").starts_with("ch"));
  const auto unknown = set.bench().search({"--like", "nobody"});
  CHECK(unknown.exit_code == 2);
  CHECK_THAT(unknown.err, Contains("no article has the id 'nobody'"));
  CHECK(set.bench().search({"--like", "quarry", "choir"}).exit_code == 2);
}

TEST_CASE("absurdly long queries are refused quickly", "[cli][hostile]") {
  check_refused_quickly(repeated("a", 1 << 20));
  check_refused_quickly(repeated("storm ", 10'000));
  check_refused_quickly(repeated("(", 1'000) + "storm" + repeated(")", 1'000));
  check_refused_quickly(repeated("(", 1'000));
  check_refused_quickly(repeated("a NEAR/999 ", 200) + "a");
}

TEST_CASE("boosts within boosts are refused, with a caret, where scores would not be numbers",
          "[cli][language]") {
  const auto boosted = [](std::string factor, int times) {
    std::string query = "harbour";
    for (int i = 0; i < times; ++i) query = "(" + query + " OR storm)^" + factor;
    return indexed_sample_set().search({query});
  };
  CHECK(boosted("100", 3).exit_code == 0);
  CHECK(boosted("0.01", 3).exit_code == 0);
  for (const auto* factor : {"100", "0.01"}) {
    for (const int times : {4, 20, 60}) {
      INFO(factor << ", " << times << " times");
      CHECK(is_refused_with_caret(boosted(factor, times)));
    }
  }
}

TEST_CASE("a wildcard that stands for too many words is refused, with a caret under it",
          "[cli][hostile]") {
  const auto run = many_words().bench().search({"storm a*"});
  CHECK(is_refused_with_caret(run));
  CHECK_THAT(run.err, Contains("\n  storm a*\n        ^\n") && Contains("5000 words"));
  CHECK(many_words().find("aa*") == Ids{"many"});
  CHECK(is_refused_with_caret(many_words().bench().search({"*a*"})));
}

TEST_CASE("relations of frequent words within relations are refused when their places multiply",
          "[cli][hostile]") {
  const IndexedArticles set(bodies({{"a", repeated("oil gas tar ", 4000)}}));
  CHECK(is_refused_with_caret(
      set.bench().search({"oil NEAR/999 gas NEAR/999 tar NEAR/999 oil NEAR/999 gas"})));
  CHECK(set.find("oil NEAR/999 gas") == Ids{"a"});
}

TEST_CASE("a query with very many wildcards is refused at the first too many", "[cli][hostile]") {
  std::string query;
  for (int i = 0; i < 101; ++i) query += fmt::format("*x{}* ", i);
  const auto run = harbour().bench().search({query});
  CHECK(is_refused_with_caret(run));
  CHECK_THAT(run.err, Contains("more than 100"));
}

TEST_CASE("queries at the edge of what is accepted are answered quickly", "[cli][hostile]") {
  check_answered_quickly(repeated("storm OR ", 1'999) + "boats", 1);
  check_answered_quickly(repeated("(", 90) + "storm" + repeated(")", 90), 1);
  check_refused_quickly(repeated("(aa* OR *ba) NEAR/999 ", 9) + "*ca");
  check_answered_quickly(repeated("(aa* OR *ba) PARAGRAPH ", 9) + "*ca", 0);
  check_answered_quickly("ATLEAST/999 (aa* OR *ba)", 0);
  check_answered_quickly("\"" + repeated("~storm ", 500) + "\"", 0);
}
