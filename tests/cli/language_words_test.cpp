// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/indexed_articles.h"

using namespace dateline;
using namespace dateline::test;

namespace {

const IndexedArticles& storms() {
  static const IndexedArticles set(bodies({{"a", "The storm hit the harbour."},
                                           {"b", "A storm at sea."},
                                           {"c", "Storms and harbours."},
                                           {"d", "Sun all day."}}));
  return set;
}

}  // namespace

TEST_CASE("language: every word must match", "[cli][language]") {
  CHECK(storms().find("storm harbour") == Ids{"a", "c"});
  CHECK(storms().find("HARBOUR Storm") == Ids{"a", "c"});
  CHECK(storms().find("storm sun").empty());
  CHECK(storms().find("storm nowhere").empty());
}

TEST_CASE("language: a phrase matches words in order, next to each other", "[cli][language]") {
  const IndexedArticles set(bodies({{"a", "The wind farm opened."},
                                    {"b", "The farm wind turned."},
                                    {"c", "Wind hit the farm."},
                                    {"d", "No wind. Farm hands slept."},
                                    {"e", "Wind farms, wind farms!"}}));
  for (const auto* query : {"\"wind farm\"", "“wind farm”", "„wind farm“"}) {
    INFO(query);
    CHECK(set.find(query) == Ids{"a", "d"});
  }
  CHECK(set.find("\"the wind farm\"") == Ids{"a"});
  CHECK(set.find("\"wind farms wind farms\"") == Ids{"e"});
  CHECK(set.find("\"wind wind\"").empty());
}

TEST_CASE("language: quotation marks keep a word as it is", "[cli][language]") {
  const IndexedArticles set(bodies({{"a", "A farm in Kyiv."},
                                    {"b", "Two farms."},
                                    {"c", "The caf\u00E9 in Kiev, farming."},
                                    {"d", "A cafe."}}));
  CHECK(set.find("farm") == Ids{"a", "b", "c"});
  CHECK(set.find("\"farm\"") == Ids{"a"});
  CHECK(set.find("\"farms\"") == Ids{"b"});
  CHECK(set.find("\"cafe\"") == Ids{"c", "d"});
  CHECK(set.find("\"kiev\"") == Ids{"c"});
  CHECK(set.find("kiev") == Ids{"a", "c"});
  CHECK(set.find("\"farm\" -\"farms\"") == Ids{"a"});
}

TEST_CASE("language: a phrase never reaches from the title into the text", "[cli][language]") {
  const IndexedArticles set(
      article({{"id", "a"}, {"title", "Strong wind"}, {"text", "Farm hands slept."}}) +
      article({{"id", "b"},
               {"title", "Nothing"},
               {"deck", "More of the wind"},
               {"text", "Farm hands slept."}}));
  CHECK(set.find("wind farm") == Ids{"a", "b"});
  CHECK(set.find("\"wind farm\"").empty());
  CHECK(set.find("wind NEAR/999 farm").empty());
}

TEST_CASE("language: what a hyphen joins is a phrase, initials are a word", "[cli][language]") {
  const IndexedArticles set(bodies({{"a", "Covid-19 spread."},
                                    {"b", "There were 19 cases of covid."},
                                    {"c", "The U.S. Senate."},
                                    {"d", "Tell us."},
                                    {"e", "U and S."}}));
  CHECK(set.find("covid-19") == Ids{"a"});
  CHECK(set.find("covid 19") == Ids{"a", "b"});
  CHECK(set.find("19-covid").empty());
  CHECK(set.find("U.S.") == Ids{"c", "d"});
}

TEST_CASE("language: characters of scripts without spaces are a phrase", "[cli][language]") {
  const IndexedArticles set(
      article({{"id", "a"}, {"title", "新闻"}, {"text", "习近平访问莫斯科。"}, {"lang", "zh"}}) +
      article({{"id", "b"}, {"title", "新闻"}, {"text", "近平习"}, {"lang", "zh"}}));
  CHECK(set.find("习近平") == Ids{"a"});
  CHECK(set.find("近平") == Ids{"a", "b"});
  CHECK(set.find("习 平") == Ids{"a", "b"});
}

TEST_CASE("language: * stands for any letters of a word", "[cli][language]") {
  const IndexedArticles set(bodies({{"a", "Seen: windfarms."},
                                    {"b", "Seen: a winding road."},
                                    {"c", "Seen: Edinburgh."},
                                    {"d", "Seen: Hamburg."},
                                    {"e", "Seen: a woman."},
                                    {"f", "Seen: women."},
                                    {"g", "Seen: the wind."},
                                    {"h", "Seen: a café."},
                                    {"i", "Seen: the cafeteria."}}));
  CHECK(set.find("wind*") == Ids{"a", "b", "g"});
  CHECK(set.find("WIND*") == Ids{"a", "b", "g"});
  CHECK(set.find("*burg") == Ids{"d"});
  CHECK(set.find("*bur*") == Ids{"c", "d"});
  CHECK(set.find("wom*n") == Ids{"e", "f"});
  CHECK(set.find("w*m*n") == Ids{"e", "f"});
  CHECK(set.find("zzz*").empty());
  CHECK(set.find("cafe*") == Ids{"h", "i"});
  CHECK(set.find("café*") == Ids{"h", "i"});
  CHECK(set.find("c*fé") == Ids{"h"});
  CHECK(set.find("seen -wind*") == Ids{"c", "d", "e", "f", "h", "i"});
}

TEST_CASE("language: ~ finds other spellings of a word", "[cli][language]") {
  const IndexedArticles set(bodies({{"a", "Zelenskyy spoke."},
                                    {"b", "Zelenskiy spoke."},
                                    {"c", "Putin spoke."},
                                    {"d", "The storm blew."},
                                    {"e", "The strom blew."},
                                    {"f", "The stork flew."},
                                    {"g", "A stop on the way."},
                                    {"h", "Żelensky spoke."},
                                    {"i", "To it."}}));
  CHECK(set.find("~zelensky") == Ids{"a", "b", "h"});
  CHECK(set.find("~storm") == Ids{"d", "e", "f"});   // one edit: strom has two letters exchanged
  CHECK(set.find("~stormy") == Ids{"d", "e", "f"});  // six letters: two edits
  CHECK(set.find("~pu").empty());
  CHECK(set.find("~it") == Ids{"i"});
}

TEST_CASE("language: wildcards and fuzzy words stand in phrases", "[cli][language]") {
  const IndexedArticles set(
      bodies({{"a", "The windmill proposal."}, {"b", "Wind blew on the proposal."}}));
  CHECK(set.find("\"wind* propos*\"") == Ids{"a"});
  CHECK(set.find("\"~windmil proposal\"") == Ids{"a"});
  CHECK(set.find("\"propos* wind*\"").empty());
}

TEST_CASE("language: AND is what a space is", "[cli][language]") {
  CHECK(storms().find("storm AND harbour") == Ids{"a", "c"});
  CHECK(storms().find("storm AND sun").empty());
  CHECK(storms().find("storm and harbour") == Ids{"c"});
}

TEST_CASE("language: OR finds either, and binds closer than a space", "[cli][language]") {
  const IndexedArticles set(
      bodies({{"a", "Roof repaired."}, {"b", "Harbour repaired."}, {"c", "Roof."}, {"d", "Sea."}}));
  CHECK(set.find("roof OR harbour") == Ids{"a", "b", "c"});
  CHECK(set.find("repaired roof OR harbour") == Ids{"a", "b"});
  CHECK(set.find("roof OR harbour repaired") == Ids{"a", "b"});
  CHECK(set.find("roof OR -repaired") == Ids{"a", "c", "d"});
}

TEST_CASE("language: - and NOT exclude", "[cli][language]") {
  for (const auto* query : {"storm -harbour", "storm NOT harbour", "storm AND NOT harbour",
                            "-harbour storm", "storm -harbour -sun"}) {
    INFO(query);
    CHECK(storms().find(query) == Ids{"b"});
  }
  CHECK(storms().find("storm - harbour") == Ids{"a", "c"});
  CHECK(storms().find("storm NOT -harbour") == Ids{"a", "c"});
  CHECK(storms().find("storm -\"the harbour\"") == Ids{"b", "c"});
}

TEST_CASE("language: a query that only excludes starts from all articles", "[cli][language]") {
  CHECK(storms().find("-storm") == Ids{"d"});
  CHECK(storms().find("NOT harbour") == Ids{"b", "d"});
  CHECK(storms().find("-storm -sun").empty());
  CHECK(storms().find("-nowhere") == Ids{"a", "b", "c", "d"});
}

TEST_CASE("language: parentheses hold together", "[cli][language]") {
  const IndexedArticles set(
      bodies({{"a", "Storm, boats."}, {"b", "Storm, fish."}, {"c", "Storm."}, {"d", "Fish."}}));
  CHECK(set.find("storm NOT (boats OR fish)") == Ids{"c"});
  CHECK(set.find("storm NOT (boats fish)") == Ids{"a", "b", "c"});
  CHECK(set.find("(storm fish) OR (storm boats)") == Ids{"a", "b"});
  CHECK(set.find("((storm)) NOT (fish OR (boats NOT storm))") == Ids{"a", "c"});
}

TEST_CASE("language: a boost changes the ranking and not what is found", "[cli][language]") {
  const IndexedArticles set(
      bodies({{"a", "The oil flows."}, {"b", "The gas flows."}, {"c", "The sea."}}));
  CHECK(set.find("oil OR gas") == Ids{"a", "b"});
  CHECK(set.ranked("oil^5 OR gas") == Ids{"a", "b"});
  CHECK(set.ranked("oil OR gas^5") == Ids{"b", "a"});
  CHECK(set.ranked("(oil OR nowhere)^0.1 OR gas") == Ids{"b", "a"});
  CHECK(set.ranked("oil OR (nowhere OR gas^2)^3") == Ids{"b", "a"});
  CHECK(set.find("oil^5 gas").empty());
}

TEST_CASE("language: --any takes running text", "[cli][language]") {
  const IndexedArticles set(bodies({{"a", "The harbour opened."},
                                    {"b", "The roof fell near 5."},
                                    {"c", "Boats and the harbour roof."},
                                    {"d", "Nothing."}}));
  CHECK(set.find("harbour NEAR/5 roof^2 (b* ~zzz", {"--any"}) == Ids{"a", "b", "c"});
  CHECK(set.find("boats OR \"harbour roof", {"--any"}) == Ids{"a", "b", "c"});
  CHECK(set.ranked("harbour roof", {"--any"}).front() == "c");
  CHECK(set.find("\"harbour roof\" nowhere", {"--any"}) == Ids{"c"});
  CHECK(set.find("harbour -roof", {"--any"}) == Ids{"a"});
  CHECK(set.find("title:bulletin", {"--any"}) == Ids{"a", "b", "c", "d"});
}
