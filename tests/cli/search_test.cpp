// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "common/text/unicode.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

using Ids = std::vector<std::string>;

/// Five short articles whose relations the claims below are about.
const Workbench& harbour() {
  static const Workbench bench;
  static const bool ready = [] {
    bench.write("a.jsonl",
                json_lines({
                    {"title", "Storm over harbour", "Boats stayed in.", "Gazette", "2022-01-05"},
                    {"body", "Boats stay in", "A storm kept the fleet in port. It blew.", "Gazette",
                     "2022-02-10"},
                    {"phrase", "Fleet news", "The wind farm opens. A storm is due.", "Wire",
                     "2022-02-10T08:00:00Z"},
                    {"apart", "Farm news", "The farm lost its roof to wind.", "Wire", "2023-06-30"},
                    {"undated", "Fish prices", "Prices of storms and fish rose.", "", ""},
                }));
    return bench.index().exit_code == 0;
  }();
  REQUIRE(ready);
  return bench;
}

Ids ids_of(const Json& answer) {
  Ids ids;
  for (const auto& hit : answer["hits"]) ids.push_back(hit["id"]);
  return ids;
}

Ids sorted(Ids ids) {
  std::ranges::sort(ids);
  return ids;
}

}  // namespace

TEST_CASE("searching where no index exists exits 3 and says how to make one", "[cli]") {
  const TempDir dir;
  const auto run = dateline_search({"--db", (dir / "none").string(), "storm"});
  CHECK(run.exit_code == 3);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, Contains("no index at") && Contains("dateline-index --db"));
}

TEST_CASE("the index is found by --db, else $DATELINE_DB, else the XDG data folder", "[cli]") {
  const auto db = harbour().db().string();
  CHECK(dateline_search({"storm"}, {.environment = {{"DATELINE_DB", db}}}).exit_code == 0);
  const TempDir data;
  std::filesystem::create_directories(data / "dateline");
  std::filesystem::create_directory_symlink(db, data / "dateline/index");
  CHECK(dateline_search({"storm"}, {.environment = {{"XDG_DATA_HOME", data.path().string()}}})
            .exit_code == 0);
  CHECK(dateline_search({"storm"}).exit_code == 3);
}

TEST_CASE("an empty --db is refused, never another index asked in its place", "[cli]") {
  const auto db = indexed_sample_set().db().string();
  const auto run = dateline_search({"--db", "", "storm"}, {.environment = {{"DATELINE_DB", db}}});
  CHECK(run.exit_code == 2);
  CHECK_THAT(run.err, Contains("--db names no folder") && Contains("try: "));
}

TEST_CASE("every word must match, in any of its forms; a word in the title weighs more", "[cli]") {
  CHECK(harbour().ids({"storm", "boats"}).size() == 2);
  CHECK(sorted(harbour().ids({"STORMS"})) == Ids{"body", "phrase", "title", "undated"});
  CHECK(harbour().ids({"storm"}).front() == "title");
  CHECK(harbour().search({"storm", "nowhere"}).exit_code == 1);
}

TEST_CASE("any word may match with --any", "[cli]") {
  CHECK(harbour().ids({"--any", "harbour", "roof", "nowhere"}).size() == 2);
}

TEST_CASE("a phrase matches words in order next to each other, not across fields", "[cli]") {
  CHECK(harbour().ids({"\"wind farm\""}) == Ids{"phrase"});
  CHECK(sorted(harbour().ids({"wind farm"})) == Ids{"apart", "phrase"});
  CHECK(harbour().answer({"\"harbour boats\""})["total"] == 0);
  CHECK(harbour().ids({"\"farm wind\""}).empty());
}

TEST_CASE("OR, NOT, parentheses, - and title: mean what they say", "[cli]") {
  CHECK(sorted(harbour().ids({"roof OR harbour"})) == Ids{"apart", "title"});
  CHECK(sorted(harbour().ids({"storm", "-boats"})) == Ids{"phrase", "undated"});
  CHECK(sorted(harbour().ids({"storm NOT (boats OR fish)"})) == Ids{"phrase"});
  CHECK(harbour().ids({"title:storm"}) == Ids{"title"});
  CHECK(harbour().ids({"title:\"fleet news\""}) == Ids{"phrase"});
  CHECK(harbour().ids({"title:\"wind farm\""}).empty());
}

TEST_CASE("a query that cannot be honoured exits 2 with a caret under the place", "[cli]") {
  const auto run = harbour().search({"storm", "(boats"});
  CHECK(run.exit_code == 2);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, Contains("\n  storm (boats\n        ^\n") && Contains("try: "));
  CHECK(harbour().search({}).exit_code == 2);
  CHECK(harbour().search({"  "}).exit_code == 2);
  CHECK(harbour().search({"..."}).exit_code == 2);
  CHECK(harbour().search({"storm", "--sort", "best"}).exit_code == 2);
  CHECK(harbour().search({"storm", "--date", "last week"}).exit_code == 2);
}

TEST_CASE("filters of one facet are alternatives, of different facets must all be met", "[cli]") {
  CHECK(sorted(harbour().ids({"--source", "Gazette"})) == Ids{"body", "title"});
  CHECK(harbour().ids({"--source", "Gazette", "--source", "wire"}).size() == 4);
  CHECK(harbour().ids({"--source", "unknown"}) == Ids{"undated"});
  CHECK(harbour().ids({"--source", "Wire", "--date", "2023"}) == Ids{"apart"});
  CHECK(harbour().ids({"storm", "--source", "Wire"}) == Ids{"phrase"});
}

TEST_CASE("dates filter by year, month, day and range, open ends too", "[cli]") {
  CHECK(harbour().ids({"--date", "2022"}).size() == 3);
  CHECK(sorted(harbour().ids({"--date", "2022-02"})) == Ids{"body", "phrase"});
  CHECK(harbour().ids({"--date", "2022-01-05"}) == Ids{"title"});
  CHECK(harbour().ids({"--date", "2022-01..2022-02-09"}) == Ids{"title"});
  CHECK(harbour().ids({"--date", "2023.."}) == Ids{"apart"});
  CHECK(harbour().ids({"--since", "2022-02", "--until", "2022"}).size() == 2);
  CHECK(harbour().ids({"--date", "undated"}) == Ids{"undated"});
  CHECK(harbour().ids({"--date", "undated", "--date", "2023"}).size() == 2);
}

TEST_CASE("any of many words finds what each of them finds", "[cli]") {
  const Workbench bench;
  std::string query;
  constexpr int words = 50;
  for (int i = 0; i < words; ++i) {
    bench.write(fmt::format("{:02}.txt", i), fmt::format("Ferry\n\nThe ferry is w{:02}w.\n", i));
    query += fmt::format("{}w{:02}w", i > 0 ? " OR " : "", i);
  }
  REQUIRE(bench.index().exit_code == 0);
  CHECK(bench.answer({query})["total"] == words);
  CHECK(bench.answer({query, "-n", "0", "--facet", "source"})["total"] == words);
  CHECK(bench.ids({query, "--sort", "newest", "--no-total", "-n", "50"}).size() == words);
}

TEST_CASE("an unknown facet value finds nothing and says so", "[cli]") {
  const auto run = harbour().search({"storm", "--source", "Nobody"});
  CHECK(run.exit_code == 1);
  CHECK_THAT(run.err, Contains("no source 'Nobody' in this index"));
}

TEST_CASE("without a total the newest articles are the same, and older ones are not counted",
          "[cli]") {
  const Workbench bench;
  std::string articles;
  constexpr int days = 28;
  for (int i = 0; i < 12'000; ++i) {
    articles += fmt::format(
        R"({{"id":"a{:05}","title":"Ferry {}","text":"The ferry came late.","date":"20{:02}-{:02}-{:02}"}})"
        "\n",
        i, i % 7 == 0 ? "strike" : "report", i / 7 % 24, i / 5 % 12 + 1, i * 13 % days + 1);
  }
  bench.write("ferries.jsonl", articles);
  REQUIRE(bench.index().exit_code == 0);
  for (const auto* query : {"ferry", "strike", "ferry -report", "\"ferry came\"", "title:strike",
                            "strike OR nothing"}) {
    for (const auto* filter : {"2000..", "2007-03", "2003..2004"}) {
      INFO(query << ", " << filter);
      const auto ask = [&](const std::vector<std::string>& options) {
        std::vector<std::string> all{query,    "--date",   filter, "--sort",
                                     "newest", "--format", "json"};
        all.insert(all.end(), options.begin(), options.end());
        return Json::parse(bench.search(all).out);
      };
      for (const auto* offset : {"0", "35"}) {
        const auto counted = ask({"--offset", offset});
        const auto uncounted = ask({"--offset", offset, "--no-total"});
        CHECK(ids_of(counted) == ids_of(uncounted));
        CHECK_FALSE(counted.contains("total_is_exact"));
        const auto total = counted["total"].get<std::size_t>();
        REQUIRE(total > 0);
        const auto least = uncounted["total"].get<std::size_t>();
        CHECK((uncounted.contains("total_is_exact") ? least <= total : least == total));
      }
    }
  }
  const auto uncounted = bench.search({"ferry", "--sort", "newest", "--no-total"});
  CHECK_THAT(uncounted.out, Contains("at least"));
  // What is said where nothing is found is exact all the same.
  const auto nothing = bench.search(
      {"ferry", "--date", "1999", "--sort", "newest", "--no-total", "--format", "json"});
  CHECK(Json::parse(nothing.out)["advice"]["without_it"] == 12'000);
  CHECK(bench.search({"ferry", "--no-total"}).exit_code == 2);
  for (const auto* idle : {"--facet-sizes", "--facets-only", "--explain"}) {
    INFO(idle);
    CHECK(bench.search({"ferry", "--sort", "newest", "--no-total", idle}).exit_code == 2);
  }
  CHECK(bench.search({"ferry", "--sort", "newest", "--count", "--no-total"}).exit_code == 2);
}

TEST_CASE("newest and oldest sort by date, the undated last", "[cli]") {
  CHECK(harbour().ids({"--sort", "newest", "--date", "..9999", "--date", "undated"}) ==
        Ids{"apart", "phrase", "body", "title", "undated"});
  CHECK(harbour().ids({"--sort", "oldest", "--date", "..9999", "--date", "undated"}) ==
        Ids{"title", "body", "phrase", "apart", "undated"});
}

TEST_CASE("pages of results follow each other without gap or overlap", "[cli]") {
  const auto whole = harbour().ids({"--any", "storm", "wind", "fish"});
  Ids paged;
  for (int offset = 0; offset < 5; offset += 2) {
    for (auto& id : harbour().ids(
             {"--any", "storm", "wind", "fish", "-n", "2", "--offset", std::to_string(offset)})) {
      paged.push_back(id);
    }
  }
  CHECK(paged == whole);
  CHECK(harbour().answer({"storm", "-n", "0"})["total"] == 4);
}

TEST_CASE("a hit in JSON states what the article states, and null for the rest", "[cli]") {
  const auto answer = harbour().answer({"fish"});
  CHECK(answer["query"] == "fish");
  CHECK(answer["generation"] == 1);
  const auto& hit = answer["hits"][0];
  CHECK(hit["rank"] == 1);
  CHECK(hit["title"] == "Fish prices");
  CHECK(hit["source"].is_null());
  CHECK(hit["date"].is_null());
  CHECK(hit["score"] > 0);
  CHECK(hit["snippet"] == "Prices of storms and fish rose.");
  CHECK(hit["marks"] == Json::parse("[[21,25]]"));
  CHECK(hit["path"] == (harbour().articles() / "a.jsonl").string());
  CHECK(hit["record"] == "undated");
}

TEST_CASE("tsv and trec give a line a hit", "[cli]") {
  const auto tsv = harbour().search({"fish", "--format", "tsv"});
  CHECK_THAT(tsv.out, Contains("\tundated\tFish prices\t"));
  CHECK(std::ranges::count(tsv.out, '\t') == 6);
  const auto trec = harbour().search({"storm", "--format", "trec"});
  CHECK(std::ranges::count(trec.out, '\n') == 4);
  CHECK(trec.out.starts_with("1 Q0 title 1 "));
  CHECK(trec.err.empty());
}

TEST_CASE("a page fits 80 columns and marks the words that matched", "[cli]") {
  const auto page = harbour().search({"storm"}).out;
  CHECK_THAT(page, Contains("*Storm* over harbour") && Contains("A *storm* kept the fleet"));
  CHECK_THAT(page, Contains("Gazette · 2022-01-05 · title"));
  CHECK_THAT(page, Contains("source  Gazette 2 · Wire 1 · unknown 1"));
  std::string_view rest = page;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    CHECK(display_width(line) <= 80);
    rest.remove_prefix(line.size() + 1);
  }
}

TEST_CASE("colour comes only when asked for where there is no terminal", "[cli]") {
  CHECK_THAT(harbour().search({"storm"}).out, !Contains("\x1b"));
  const auto coloured = harbour().search({"storm", "--color", "always"}).out;
  CHECK_THAT(coloured, Contains("\x1b[1;35mStorm\x1b[0m") && !Contains("*Storm*"));
}

TEST_CASE("text from an article never sends a control sequence", "[cli][hostile]") {
  const Workbench bench;
  bench.write(
      "a.jsonl",
      R"({"id":"a\u001b]0;x\u0007","title":"Evil \u001b[2J\u202e\u009b title","source":"S\u001b[31m",)"
      R"("text":"The storm \u001b[31m\u0000 and\u0007 \u2028 more.","date":"2022-01-01"})"
      "\n");
  REQUIRE(bench.index().exit_code == 0);
  for (const auto* format : {"text", "json", "jsonl", "tsv", "csv", "trec", "ids"}) {
    const auto out = bench.search({"storm", "--format", format}).out;
    CHECK_FALSE(out.empty());
    for (std::size_t i = 0; i < out.size();) {
      const auto c = next_code_point(out, i);
      CHECK((c == U'\n' || c == U'\t' || !is_unprintable(c)));
    }
  }
}

TEST_CASE("an article without a title shows its first words and says so", "[cli]") {
  const Workbench bench;
  bench.write("a.txt",
              "The storm over the harbour blew all night, the coast guard said on Monday.\n"
              "Nobody was hurt.\n");
  REQUIRE(bench.index().exit_code == 0);
  const auto hit = bench.answer({"storm"})["hits"][0];
  CHECK_THAT(hit["title"].get<std::string>(), Catch::StartsWith("The storm over the harbour"));
  CHECK(hit["provenance"]["title"] == "first words");
}

TEST_CASE("articles are found by the words of their own language", "[cli]") {
  const Workbench bench;
  bench.write(
      "a.jsonl",
      R"({"id":"de","title":"Häuser am Hafen","text":"Die Häuser stehen leer.","lang":"de"})"
      "\n"
      R"({"id":"en","title":"Houses","text":"The houses stand empty.","lang":"en"})"
      "\n"
      R"({"id":"zh","title":"习近平访问莫斯科","text":"习近平将访问莫斯科。","lang":"zh"})"
      "\n");
  REQUIRE(bench.index().exit_code == 0);
  CHECK(bench.ids({"Häusern"}) == Ids{"de"});
  CHECK(bench.ids({"hausern"}) == Ids{"de"});
  CHECK(bench.ids({"house"}) == Ids{"en"});
  CHECK(bench.ids({"莫斯科"}) == Ids{"zh"});
}

TEST_CASE("the five stories give one entity for each name, and state what is unknown", "[cli]") {
  const auto stories = source_folder() / ".." / "shared" / "articles";
  if (!std::filesystem::exists(stories)) {
    WARN("not run: the five stories are not beside the repository");
    return;
  }
  const Workbench bench;
  REQUIRE(bench.index({stories.string()}).exit_code == 0);
  const auto answer = bench.answer({"xi visit moscow", "--all-mentions"});
  CHECK(answer["total"] == 5);
  const auto& facets = answer["facets"];
  const auto count_of = [&](const char* facet, const std::string& value) {
    for (const auto& entry : facets[facet]) {
      if (entry["value"] == value) return entry["count"].get<int>();
    }
    return 0;
  };
  CHECK(count_of("person", "Xi Jinping") == 5);
  CHECK(count_of("person", "Vladimir Putin") == 5);
  for (const auto* name : {"Wang Yi", "Volodymyr Zelensky", "Dmytro Kuleba"}) {
    INFO(name);
    CHECK(count_of("person", name) >= 3);
  }
  CHECK(count_of("place", "Moscow") == 5);
  CHECK(count_of("place", "Ukraine") == 5);
  CHECK(facets["source"] ==
        Json::parse(R"([{"value":"unknown","count":4},{"value":"Al Jazeera","count":1}])"));
  CHECK(facets["date"] == Json::parse(R"([{"value":"undated","count":5}])"));
  CHECK_THAT(bench.search({"xi visit moscow"}).out, Contains("Al Jazeera (in the text) · undated"));
}

TEST_CASE("articles of the same words score the same, however far apart they stand in an index",
          "[cli][search]") {
  const Workbench bench;
  std::string articles;
  for (int n = 0; n < 33'000; ++n) {
    const bool of_two = n == 10 || n == 32'990;
    articles += fmt::format("{{\"id\":\"a{:05}\",\"text\":\"A {} of the north.\"}}\n", n,
                            of_two ? "harbour" : "storm");
  }
  bench.write("many.jsonl", articles);
  REQUIRE(bench.index({"--quiet", "--no-entities", bench.articles().string()}).exit_code == 0);
  for (const auto* query : {"harbour", "harbour OR storm", "harbour OR north"}) {
    INFO(query);
    const auto run = bench.search({"--format", "json", "-n", "2", query});
    REQUIRE(run.exit_code == 0);
    const auto hits = Json::parse(run.out)["hits"];
    REQUIRE(hits.size() == 2);
    CHECK(hits[0]["id"] == "a00010");
    CHECK(hits[1]["id"] == "a32990");
    CHECK(hits[0]["score"] == hits[1]["score"]);
    CHECK(hits[0]["score"] > 0);
  }
}

TEST_CASE("a short page shows what a long one begins with", "[cli][search]") {
  const Workbench bench;
  std::mt19937 random(7);
  const std::vector<std::string> words{"harbour", "storm", "ferry", "mayor", "bridge", "flood"};
  std::string filler;
  for (int i = 0; i < 20'000; ++i) filler += "north ";
  // In two segments, each of more articles than are scored at once.
  for (const int part : {0, 1}) {
    std::string articles;
    for (int n = 0; n < 6'000; ++n) {
      // A few long texts make the others so short that their scores come near to their bounds.
      std::string text = n % 500 == 0 ? filler : "Of the north.";
      for (std::size_t w = 0; w < words.size(); ++w)
        for (auto times = random() % (3 + 9 * w); times <= 2; ++times) text += " " + words[w];
      articles += fmt::format("{{\"id\":\"{}-{}\",\"date\":\"20{:02}-05-06\",\"text\":\"{}\"}}\n",
                              part, n, random() % 20, text);
    }
    bench.write(fmt::format("part{}.jsonl", part), articles);
    REQUIRE(bench.index({"--quiet", "--no-entities", bench.articles().string()}).exit_code == 0);
  }
  const auto hits = [&](const std::string& query, const char* limit, bool recent) {
    std::vector<std::string> arguments{"-n", limit, query};
    if (recent) arguments.insert(arguments.end(), {"--recency", "365"});
    return bench.answer(arguments)["hits"];
  };
  for (const std::string query :
       {"flood", "harbour OR flood", "storm OR ferry OR bridge", "mayor OR (bridge flood)",
        "ferry^3 OR harbour OR storm", "harbour OR storm OR ferry OR mayor OR bridge OR flood"}) {
    for (const bool recent : {false, true}) {
      INFO(query << (recent ? ", recent ones first" : ""));
      const auto all = hits(query, "1000", recent);
      const auto few = hits(query, "10", recent);
      REQUIRE(all.size() > 100);
      REQUIRE(few.size() == 10);
      CHECK(std::equal(few.begin(), few.end(), all.begin()));
    }
  }
}
