// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/indexed_articles.h"

using namespace dateline;
using namespace dateline::test;

namespace {

const IndexedArticles& fields() {
  static const IndexedArticles set(
      article({{"id", "a"},
               {"title", "Storm boats"},
               {"text", "Nothing of it here."},
               {"source", "CNN"},
               {"author", "Ann Smith"},
               {"topics", "Sports"},
               {"lang", "en"},
               {"date", "2023-03-17"}}) +
      article({{"id", "b"},
               {"title", "Fleet news"},
               {"deck", "A storm is due"},
               {"text", "The harbour waits."},
               {"source", "Newport Times"},
               {"author", "Bob Jones"},
               {"topics", "Weather"},
               {"lang", "en"},
               {"date", "2023-04-01"}}) +
      article({{"id", "c"},
               {"title", "At sea"},
               {"text", "A storm and the fleet: news of boats."},
               {"source", "New Scientist"},
               {"lang", "en"},
               {"date", "2022-11-30"}}) +
      article({{"id", "d"},
               {"title", "Nachrichten"},
               {"text", "Die Häuser am Hafen stehen leer."},
               {"source", "Old News"},
               {"author", "Ann Smith"},
               {"topics", "Sports"},
               {"lang", "de"}}) +
      article({{"id", "e"}, {"title", "Unsigned"}, {"text", "Storm, sea."}, {"date", "2022"}}));
  return set;
}

/// A value that the articles of the sample set have much of.
std::string common_value(const std::string& facet) {
  const auto answer = indexed_sample_set().answer({"--all", "--facet", facet});
  for (const auto& value : answer["facets"][facet]) {
    if (value["value"] != "unknown" && value["value"] != "undated") return value["value"];
  }
  return {};
}

/// A field of a query finds what the option of the same name does, in the sample set.
void check_same_as_option(const std::string& field) {
  const auto value = common_value(field == "entity" ? "person" : field);
  INFO(field << ':' << value);
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, std::vector<std::string>{"--all-mentions"}}) {
    std::vector<std::string> by_field{"-n", "1000", fmt::format("{}:\"{}\"", field, value)};
    std::vector<std::string> by_option{"-n", "1000", "--" + field, value};
    by_field.insert(by_field.begin(), more.begin(), more.end());
    by_option.insert(by_option.begin(), more.begin(), more.end());
    const auto found = indexed_sample_set().ids(by_field);
    CHECK_FALSE(found.empty());
    CHECK(found == indexed_sample_set().ids(by_option));
  }
}

}  // namespace

TEST_CASE("language: title: looks in the title", "[cli][language]") {
  CHECK(fields().find("title:storm") == Ids{"a"});
  CHECK(fields().find("title:storms") == Ids{"a"});
  CHECK(fields().find("title:\"fleet news\"") == Ids{"b"});
  CHECK(fields().find("title:\"news fleet\"").empty());
  CHECK(fields().find("title:(storm NEAR/1 boats)") == Ids{"a"});
  CHECK(fields().find("title:sto*") == Ids{"a"});
  CHECK(fields().find("title:~strom") == Ids{"a"});
  CHECK(fields().find("title:(fleet OR sea)") == Ids{"b", "c"});
  CHECK(fields().find("-title:storm storm") == Ids{"b", "c", "e"});
}

TEST_CASE("language: body: looks in deck and body", "[cli][language]") {
  CHECK(fields().find("body:storm") == Ids{"b", "c", "e"});
  CHECK(fields().find("body:(fleet news)") == Ids{"c"});
  CHECK(fields().find("storm body:nothing") == Ids{"a"});
}

TEST_CASE("language: body: never finds a word of the title alone, whatever its accents",
          "[cli][language]") {
  const IndexedArticles set(article({{"id", "a"},
                                     {"title", "Résumé resume résume resumé resumé résume"},
                                     {"text", "Nothing else was said."}}) +
                            article({{"id", "b"}, {"title", "Nothing"}, {"text", "A résumé."}}));
  CHECK(set.find("body:resume") == Ids{"b"});
  CHECK(set.find("body:résumé") == Ids{"b"});
  CHECK(set.find("body:r*s*m*") == Ids{"b"});
  CHECK(set.find("body:~resume") == Ids{"b"});
}

TEST_CASE("language: source: selects what --source does", "[cli][language]") {
  CHECK(fields().find("source:cnn") == Ids{"a"});
  CHECK(fields().find("source:\"Newport Times\"") == Ids{"b"});
  CHECK(fields().find("source:newport").empty());
  CHECK(fields().find("source:Newport Times").empty());
  CHECK(fields().find("source:New Port").empty());
  CHECK(fields().find("source:\"the newport times\"") == Ids{"b"});
  check_same_as_option("source");
}

TEST_CASE("language: a group after a field is of its values", "[cli][language]") {
  CHECK(fields().find("source:(cnn OR \"Newport Times\")") == Ids{"a", "b"});
  CHECK(fields().find("source:(New* NOT \"New Scientist\")") == Ids{"b"});
  CHECK(is_refused_with_caret(fields().bench().search({"source:(cnn bbc)"})));
  CHECK(is_refused_with_caret(fields().bench().search({"date:(2022 2023)"})));
}

TEST_CASE("language: * in a value stands for any characters", "[cli][language]") {
  CHECK(fields().find("source:New*") == Ids{"b", "c"});
  CHECK(fields().find("source:\"*port*\"") == Ids{"b"});
  CHECK(fields().find("source:\"new *\"") == Ids{"c"});
  CHECK(fields().find("author:*smith") == Ids{"a", "d"});
}

TEST_CASE("language: author: selects what --author does", "[cli][language]") {
  CHECK(fields().find("author:\"ann smith\"") == Ids{"a", "d"});
  CHECK(fields().find("author:\"Ann Smith\" storm") == Ids{"a"});
  check_same_as_option("author");
}

TEST_CASE("language: lang: selects what --lang does", "[cli][language]") {
  CHECK(fields().find("lang:de") == Ids{"d"});
  check_same_as_option("lang");
}

TEST_CASE("language: topic: selects what --topic does", "[cli][language]") {
  CHECK(fields().find("topic:sports") == Ids{"a", "d"});
  check_same_as_option("topic");
}

TEST_CASE("language: person:, org: and place: select what the options do", "[cli][language]") {
  check_same_as_option("person");
  check_same_as_option("org");
  check_same_as_option("place");
}

TEST_CASE("language: entity: selects names of any type", "[cli][language]") {
  check_same_as_option("entity");
  const auto place = common_value("place");
  CHECK(indexed_sample_set().ids({"-n", "1000", fmt::format("entity:\"{}\"", place)}) ==
        indexed_sample_set().ids({"-n", "1000", "--entity", place}));
}

TEST_CASE("language: unknown is a value", "[cli][language]") {
  CHECK(fields().find("author:unknown") == Ids{"c", "e"});
  CHECK(fields().find("-author:unknown") == Ids{"a", "b", "d"});
  CHECK(fields().find("source:unknown") == Ids{"e"});
  CHECK(fields().find("topic:unknown") == Ids{"c", "e"});
  CHECK(fields().find("author:(unknown OR \"Bob Jones\")") == Ids{"b", "c", "e"});
}

TEST_CASE("language: a space between values of a field asks for both", "[cli][language]") {
  const auto answer = indexed_sample_set().answer({"person:(\"Xi Jinping\" \"Wang Yi\")"});
  CHECK(answer["total"] > 0);
  CHECK(answer["total"] ==
        indexed_sample_set().answer({"--person", "Xi Jinping", "person:\"Wang Yi\""})["total"]);
  CHECK(answer["total"] <
        indexed_sample_set().answer({"person:(\"Xi Jinping\" OR \"Wang Yi\")"})["total"]);
}

TEST_CASE("language: date: takes years, months and days", "[cli][language]") {
  CHECK(fields().find("date:2023") == Ids{"a", "b"});
  CHECK(fields().find("date:2023-03") == Ids{"a"});
  CHECK(fields().find("date:2023-03-17") == Ids{"a"});
  CHECK(fields().find("date:2023-03-18").empty());
  CHECK(fields().find("date:(2023-03 OR 2022-11)") == Ids{"a", "c"});
}

TEST_CASE("language: date: takes ranges", "[cli][language]") {
  CHECK(fields().find("date:2022-11..2023-03") == Ids{"a", "c"});
  CHECK(fields().find("date:2022-11-30..2023-03-17") == Ids{"a", "c"});
  CHECK(fields().find("date:2022-12-01..2023-03-16").empty());
  CHECK(fields().find("date:..2022-11") == Ids{"c"});
  CHECK(fields().find("date:2023-04..") == Ids{"b"});
}

TEST_CASE("language: date: takes today and yesterday", "[cli][language]") {
  CHECK(fields().find("date:today", {"--today", "2023-03-17"}) == Ids{"a"});
  CHECK(fields().find("date:2023..today", {"--today", "2023-03-31"}) == Ids{"a"});
  CHECK(fields().find("date:2022..today") == Ids{"a", "b", "c"});
  CHECK(fields().find("date:today").empty());
  CHECK(fields().find("date:yesterday", {"--today", "2023-03-18"}) == Ids{"a"});
  CHECK(fields().find("date:today..", {"--today", "2023-03-17"}) == Ids{"a", "b"});
}

TEST_CASE("language: date: takes the last days, weeks, months and years", "[cli][language]") {
  const IndexedArticles set(
      article({{"id", "a"}, {"title", "A"}, {"text", "x"}, {"date", "2023-02-25"}}) +
      article({{"id", "b"}, {"title", "B"}, {"text", "x"}, {"date", "2023-02-24"}}) +
      article({{"id", "c"}, {"title", "C"}, {"text", "x"}, {"date", "2023-02-18"}}) +
      article({{"id", "d"}, {"title", "D"}, {"text", "x"}, {"date", "2023-02-17"}}) +
      article({{"id", "e"}, {"title", "E"}, {"text", "x"}, {"date", "2023-03-17"}}) +
      article({{"id", "f"}, {"title", "F"}, {"text", "x"}, {"date", "2023-03-18"}}));
  const auto found = [&](const std::string& query) {
    return set.find(query, {"--today", "2023-03-17"});
  };
  CHECK(found("date:\"last 3 weeks\"") == Ids{"a", "e"});
  CHECK(found("date:last-3-weeks") == Ids{"a", "e"});
  CHECK(found("date:\"last 1 month\"") == Ids{"a", "b", "c", "e"});
  CHECK(found("date:\"last 1 day\"") == Ids{"e"});
  CHECK(found("date:\"last 22 days\"") == Ids{"a", "b", "e"});
  CHECK(found("date:\"last 1 year\"") == Ids{"a", "b", "c", "d", "e"});
}

TEST_CASE("language: date:undated finds articles without a date", "[cli][language]") {
  CHECK(fields().find("date:undated") == Ids{"d", "e"});
  CHECK(fields().find("-date:undated") == Ids{"a", "b", "c"});
  CHECK(fields().find("date:(undated OR 2022)") == Ids{"c", "d", "e"});
}

TEST_CASE("language: fields combine as words do", "[cli][language]") {
  CHECK(fields().find("storm source:cnn OR title:sea") == Ids{"a", "c"});
  CHECK(fields().find("storm AND (source:cnn OR title:sea)") == Ids{"a", "c"});
  CHECK(fields().find("-source:cnn storm") == Ids{"b", "c", "e"});
  CHECK(fields().find("source:cnn -storm").empty());
  CHECK(fields().find("(date:2023 NOT source:cnn) OR author:unknown") == Ids{"b", "c", "e"});
  CHECK(fields().find("storm: boats") == Ids{"a", "c"});
}

TEST_CASE("language: what cannot be honoured is refused with a caret and a remedy",
          "[cli][language]") {
  for (const auto* query : {"headline:x",
                            "Title:x",
                            "title:source:x",
                            "a NEAR b",
                            "a near/5 b",
                            "a NEAR/0 b",
                            "a NEAR/1000 b",
                            "a NEAR/5",
                            "NEAR/5 a",
                            "a NEAR/5 (b c)",
                            "a w/s b",
                            "a NEAR/5 source:b",
                            "a NEAR/5 date:2023",
                            "a NEAR/5 -b",
                            "(ATLEAST/2 a) NEAR/5 b",
                            "*",
                            "covid-1*",
                            "word~",
                            "\"a b\"~5",
                            "a || b",
                            "wom?n",
                            "!a",
                            "[a b]",
                            "a /s b",
                            "x/F50/",
                            "source:(cnn bbc)",
                            "date:\"last month\"",
                            "a^0",
                            "a^101",
                            "a NOT b^2",
                            "source:cnn^2",
                            "title:a NEAR/5 body:b",
                            "(a",
                            "a)",
                            "\"a",
                            "a OR",
                            "AND a",
                            "()"}) {
    INFO(query);
    const auto run = fields().bench().search({"--", query});
    CHECK(is_refused_with_caret(run));
  }
}
