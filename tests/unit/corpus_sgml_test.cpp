// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

const std::string story =
    "<REUTERS TOPICS=\"YES\" OLDID=\"9\" NEWID=\"1\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n"
    "<TOPICS><D>cocoa</D><D>money-fx</D></TOPICS>\n"
    "<PLACES><D>el-salvador</D><D>usa</D></PLACES>\n<PEOPLE><D>james-baker</D></PEOPLE>\n"
    "<ORGS><D>ec</D><D>adb-africa</D></ORGS>\n<EXCHANGES><D>nyse</D></EXCHANGES>\n"
    "<COMPANIES></COMPANIES>\n<UNKNOWN>&#5;&#5;C T\n&#22;f0704&#31;reute</UNKNOWN>\n"
    "<TEXT>&#2;\n<TITLE>REVIEW OF &lt;ABC> &amp; MORE</TITLE>\n"
    "<AUTHOR>    By Ann Lee, Reuters</AUTHOR>\n"
    "<DATELINE>    SALVADOR, Feb 26 - </DATELINE><BODY>Showers continued in\n"
    "the zone.\n    The dry period\nended.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n";

CollectingSink read_sgml(std::string_view content, ReadOptions options = {}) {
  const TempDir folder;
  folder.write("a.sgm", content);
  return read_all(folder.path(), std::move(options));
}

std::string reuters(const std::string& inner, const std::string& id = "7") {
  return "<REUTERS NEWID=\"" + id + "\">" + inner + "</REUTERS>\n";
}

}  // namespace

TEST_CASE("a story of Reuters-21578 is read with all that its elements state", "[corpus][sgml]") {
  const Article article = read_one("a.sgm", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n" + story);
  CHECK(article.record == "1");
  CHECK(article.id.value == "1");
  CHECK(article.title.value == "REVIEW OF <ABC> & MORE");
  CHECK(article.body ==
        "SALVADOR, Feb 26 - Showers continued in the zone.\n\nThe dry period ended.");
  CHECK(format_timestamp(article.published.value) == "1987-02-26T15:01:01");
  CHECK(article.source.value == "Reuters");
  CHECK(article.authors.value == std::vector<std::string>{"Ann Lee"});
  CHECK(article.topics.value == std::vector<std::string>{"cocoa", "money-fx"});
  CHECK(article.entities == std::vector<GivenEntity>{{EntityType::place, "El Salvador"},
                                                     {EntityType::place, "USA"},
                                                     {EntityType::person, "James Baker"},
                                                     {EntityType::org, "EC"},
                                                     {EntityType::org, "ADB Africa"},
                                                     {EntityType::org, "NYSE"}});
  CHECK(article.notes.empty());
}

TEST_CASE("a text without a body element is the body, its headline in capitals the title",
          "[corpus][sgml]") {
  const Article brief =
      read_one("a.sgm", reuters("<TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>RATES ROSE\n</TITLE>"
                                "Much more.\n&#3;\n</TEXT>"));
  CHECK(brief.title.value == "RATES ROSE");
  CHECK(brief.body == "Much more.");
  const Article raw = read_one(
      "a.sgm", reuters("<TEXT TYPE=\"UNPROC\">&#2;\n*GOLD PRICES - APR 7\n  pool 419\n</TEXT>"));
  CHECK(raw.title.value == "GOLD PRICES - APR 7");
  CHECK(raw.body == "pool 419");
  const Article plain =
      read_one("a.sgm", reuters("<TEXT TYPE=\"UNPROC\">Prices of gold rose.\n</TEXT>"));
  CHECK_FALSE(plain.title);
  CHECK(plain.body == "Prices of gold rose.");
}

TEST_CASE("odd dates of Reuters-21578 are read", "[corpus][sgml]") {
  for (const char* date : {"  9-APR-1987 00:02:36.88", "9-APR-1987  00:02:36.88",
                           "9-APR-1987 00:02:36.88&#9;&#9;&#9;RM", "9-APR-1987 00:02:36.88F RM"}) {
    const Article article =
        read_one("a.sgm", reuters(std::string("<DATE>") + date + "</DATE><TEXT>a</TEXT>"));
    CHECK(format_timestamp(article.published.value) == "1987-04-09T00:02:36");
    CHECK(article.notes.empty());
  }
}

TEST_CASE("articles of the TREC collections are read", "[corpus][sgml]") {
  const CollectingSink sink = read_sgml(
      "<DOC>\n<DOCNO> LA1 </DOCNO>\n<DATE><P>January 1, 1989, Sunday, Home Edition</P></DATE>\n"
      "<HEADLINE><P>Storm &hyph; at sea</P></HEADLINE>\n<BYLINE>By ANN LEE</BYLINE>\n"
      "<SO>The Times</SO>\n<TEXT>\n<P>One & two.\n</P>\n<P>Three.</P>\n</TEXT>\n</DOC>\n"
      "<DOC>\n<DOCNO>FT2</DOCNO><DATE>910514\n</DATE><!-- <TEXT>no</TEXT> "
      "-->\n<TEXT>Four.\n</DOC>\n"
      "<DOC>\n<DOCNO>FT3</DOCNO>\n<TEXT>Five.\n"
      "<DOC>\n<DOCNO>FT4</DOCNO>\nSix.\n</DOC>\n");
  REQUIRE(sink.articles.size() == 4);
  const Article& first = sink.articles[0];
  CHECK(first.id.value == "LA1");
  CHECK(first.title.value == "Storm - at sea");
  CHECK(first.body == "One & two.\n\nThree.");
  CHECK(format_timestamp(first.published.value) == "1989-01-01");
  CHECK(first.source.value == "The Times");
  CHECK(format_timestamp(sink.articles[1].published.value) == "1991-05-14");
  CHECK(sink.articles[1].body == "Four.");
  CHECK(sink.articles[2].body == "Five.");
  CHECK(sink.articles[3].body == "Six.");
}

TEST_CASE("a record that is too long or cut off is refused by its number", "[corpus][sgml]") {
  const CollectingSink sink =
      read_sgml(reuters("<TEXT>" + std::string(5000, 'x') + "</TEXT>", "1") +
                    reuters("<TEXT>b</TEXT>", "2") + "<REUTERS NEWID=\"3\"><TEXT>c",
                {.field_names = {}, .max_record_bytes = 1000});
  REQUIRE(sink.articles.size() == 1);
  CHECK(sink.articles[0].body == "b");
  REQUIRE(sink.refusals.size() == 2);
  CHECK(sink.refusals[0].record == "record 1");
  CHECK_THAT(sink.refusals[0].reason, Contains("longer than"));
  CHECK(sink.refusals[1].record == "record 3");
  CHECK_THAT(sink.refusals[1].reason, Contains("ends within"));
}

TEST_CASE("SGML without a record holds no articles", "[corpus][sgml]") {
  CHECK_THAT(refusal_of("a.sgm", "<!DOCTYPE lewis>\n<DOCK>").reason, Contains("no articles"));
}

TEST_CASE("bytes that are not UTF-8 are converted, and said so", "[corpus][sgml]") {
  const Article article = read_one(
      "a.sgm", reuters("<TEXT><BODY>Le caf\xE9 d\xE9j\xE0 vu, \xE9t\xE9 et hiver</BODY></TEXT>"));
  CHECK(article.body == "Le café déjà vu, été et hiver");
  CHECK(article.notes.size() == 1);
}

TEST_CASE("records of one id have names of their own", "[corpus][sgml]") {
  const auto sink = read_sgml(reuters("<TEXT>a</TEXT>") + reuters("<TEXT>b</TEXT>"));
  REQUIRE(sink.articles.size() == 2);
  CHECK(sink.articles[1].record == "7 (record 2)");
}

TEST_CASE("SGML cut at any byte gives what was whole before", "[corpus][sgml]") {
  const std::string two = story + story;
  for (std::size_t length = 1; length < two.size(); ++length) {
    const CollectingSink sink = read_sgml(std::string_view(two).substr(0, length));
    const std::size_t whole = length >= story.size() - 10 ? 1 : 0;
    CHECK(sink.articles.size() + 1 >= whole);
    if (length >= story.size()) CHECK(sink.articles.at(0).body.size() > 50);
  }
}

TEST_CASE("hostile markup costs neither depth nor time", "[corpus][sgml]") {
  std::string nested, unclosed(200'000, '<');
  for (int i = 0; i < 50'000; ++i) nested += i % 2 == 0 ? "<TEXT>" : "<BODY>";
  CHECK(read_one("a.sgm", reuters(nested + "deep")).body == "deep");
  CHECK(read_sgml(reuters("<TEXT>x" + unclosed)).articles.size() == 1);
  CHECK(read_one("a.sgm", reuters("<TEXT>&#x110000; &#xD800; &#999999999999; &nosuch; x</TEXT>"))
            .body.ends_with("x"));
}
