// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

CollectingSink read_csv(std::string_view content, ReadOptions options = {}) {
  const TempDir folder;
  folder.write("a.csv", content);
  return read_all(folder.path(), std::move(options));
}

std::string first_body(std::string_view content) {
  const CollectingSink sink = read_csv(content);
  REQUIRE(sink.articles.size() == 1);
  return sink.articles.front().body;
}

}  // namespace

TEST_CASE("each row of a table is an article", "[corpus][csv]") {
  const CollectingSink sink = read_csv(
      "id,headline,text,outlet,date,author,other\n"
      "x1,Storm,\"One, \"\"two\"\".\n\nThree.\",The Post,2023-03-17,\"Ann Lee, Bo Ray\",z\n"
      "\n"
      ",Calm,Four.\n"
      "x1,Rain,Five.\n");
  REQUIRE(sink.articles.size() == 3);
  const Article& first = sink.articles[0];
  CHECK(first.record == "x1");
  CHECK(first.title.value == "Storm");
  CHECK(first.body == "One, \"two\".\n\nThree.");
  CHECK(first.source.value == "The Post");
  CHECK(first.source.from == Provenance::given);
  CHECK(format_timestamp(first.published.value) == "2023-03-17");
  CHECK(first.authors.value == std::vector<std::string>{"Ann Lee", "Bo Ray"});
  CHECK(sink.articles[1].record == "row 4");
  CHECK(sink.articles[1].id.value == "a.csv#4");
  CHECK(sink.articles[2].record == "x1 (row 5)");
  CHECK(sink.refusals.empty());
}

TEST_CASE("the header's separator is found, or said in the first line", "[corpus][csv]") {
  CHECK(first_body("title,text\nT,a;b\n") == "a;b");
  CHECK(first_body("title;text\nT;a,b\n") == "a,b");
  CHECK(first_body("title\ttext\nT\ta,b\n") == "a,b");
  CHECK(first_body("title|text\nT|a,b\n") == "a,b");
  CHECK(first_body("sep=;\r\ntext;title,or,not\r\na,b;T\r\n") == "a,b");
  CHECK(first_body("\xEF\xBB\xBFtext\r\na\r\n") == "a");
  CHECK(first_body("\"text\",\"a;b;c\"\ra,b\r") == "a");
}

TEST_CASE("a broken row is refused by its number and costs no other", "[corpus][csv]") {
  const CollectingSink sink = read_csv(
      "title,text\nT,one\nT,a 5\" disc\nT,\"a\"b\nT,a,b\nT,two,\nT,three\n,\nT,\"no end\nT,four\n");
  REQUIRE(sink.articles.size() == 3);
  CHECK(sink.articles[2].body == "three");
  REQUIRE(sink.refusals.size() == 5);
  CHECK(sink.refusals[0].record == "row 3");
  CHECK_THAT(sink.refusals[0].reason, Contains("quote"));
  CHECK(sink.refusals[1].record == "row 4");
  CHECK(sink.refusals[2].reason == "has 3 cells where the header has 2");
  CHECK(sink.refusals[3].reason == "no text");
  CHECK(sink.refusals[4].record == "row 9");
  CHECK_THAT(sink.refusals[4].reason, Contains("has no end"));
}

TEST_CASE("an over-long row is refused by its number", "[corpus][csv]") {
  const ReadOptions options{.field_names = {}, .max_record_bytes = 1000};
  const CollectingSink sink =
      read_csv("text\n\"" + std::string(500'000, 'x') + "\n\"\nb\n", options);
  REQUIRE(sink.refusals.size() == 1);
  CHECK(sink.refusals[0].record == "row 2");
  CHECK_THAT(sink.refusals[0].reason, Contains("longer than"));
  REQUIRE(sink.articles.size() == 1);
  CHECK(sink.articles[0].body == "b");
}

TEST_CASE("cells that are not UTF-8 are converted, and said so", "[corpus][csv]") {
  const Article article = read_one("a.csv", "text\n\"Le caf\xE9 d\xE9j\xE0 vu, \xE9t\xE9\"\n");
  CHECK(article.body == "Le café déjà vu, été");
  CHECK(article.notes.size() == 1);
}

TEST_CASE("a metadata table with a broken row says so and keeps the others", "[corpus][csv]") {
  const TempDir folder;
  folder.write("meta.csv", "path,source\nb.txt,The \"Post\" of\na.txt,The Post\n");
  folder.write("a.txt", "Just a story.");
  const CollectingSink sink = read_all(folder.path());
  REQUIRE(sink.articles.size() == 1);
  CHECK(sink.articles[0].source.value == "The Post");
  REQUIRE(sink.articles[0].notes.size() == 1);
  CHECK_THAT(sink.articles[0].notes[0], Contains("'meta.csv' not read in full: row 2"));
}

TEST_CASE("CSV cut at any byte gives the rows before the cut", "[corpus][csv]") {
  const std::string table =
      "title,text\nA,\"one\n\"\"two\"\", three\"\r\nB,four\nC,\"fi\xC3\xA9\"\n";
  for (std::size_t length = 1; length < table.size(); ++length) {
    const CollectingSink sink = read_csv(std::string_view(table).substr(0, length));
    CHECK(sink.articles.size() + sink.refusals.size() >= 1);
    if (length > table.find("B,")) CHECK(sink.articles.at(0).body == "one\n\n\"two\", three");
  }
}

TEST_CASE("hostile tables cost neither memory nor time", "[corpus][csv]") {
  using namespace std::string_literals;
  CHECK(read_csv("text\n" + std::string(200'000, ',')).articles.empty());
  CHECK(read_csv("text\n" + std::string(200'001, '"')).articles.empty());
  CHECK(read_csv("text\n" + std::string(200'000, '\n') + "a").articles.size() == 1);
  CHECK(read_csv("text\n"s + std::string(200, 'x') + "\0y\n"s).articles.size() == 1);
  CHECK(read_csv("\"text").articles.empty());
}
