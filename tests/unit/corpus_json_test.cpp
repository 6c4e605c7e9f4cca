// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "corpus/formats/json_repair.h"
#include "tests/unit/corpus_fixture.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

CollectingSink read_json(std::string_view content) {
  const TempDir folder;
  folder.write("a.json", content);
  return read_all(folder.path());
}

}  // namespace

TEST_CASE("an own field name may be a path into nested JSON", "[corpus][json]") {
  const ReadOptions options{
      .field_names = {{"title", "headline.main"}, {"authors", "by-line.people.0.name"}}};
  const char* nested =
      R"({"title":"t","headline":{"Main":"Own"},"byline":{"people":[{"name":"Ann Lee"},{}]},)"
      R"("text":"x"})";
  const Article article = read_one("a.json", nested, options);
  CHECK(article.title.value == "Own");
  CHECK(article.authors.value == std::vector<std::string>{"Ann Lee"});
  CHECK(
      read_one("a.json", R"({"headline":{"main":"no"},"headline.main":"Own","text":"x"})", options)
          .title.value == "Own");
  for (const char* other : {R"({"title":"t","headline":"h","text":"x"})",
                            R"({"title":"t","headline":{"main":null},"text":"x"})",
                            R"({"title":"t","headline":["main"],"text":"x"})"})
    CHECK(read_one("a.json", other, options).title.value == "t");
  CHECK(read_one("a.csv", "headline.main,text\nOwn,x\n", options).title.value == "Own");
}

TEST_CASE("numbers, characters and words that JSON does not have cost no record",
          "[corpus][json]") {
  const std::vector<std::pair<const char*, const char*>> rows{
      {R"({"id":123456789012345678901234567890,"text":"a"})", "a"},
      {R"({"n":NaN,"m":-Infinity,"k":1e999,"text":"a"})", "a"},
      {R"({"text":"a \ud83d b"})", "a \uFFFD b"},
      {R"({"text":"a \ud83d\ude00 \udc00"})", "a \U0001F600 \uFFFD"},
      {"{\"text\":\"a\tb\"}", "a b"},
      {R"({"text":"it\'s"})", "it's"}};
  for (const auto& [json, body] : rows) {
    INFO(json);
    const Article article = read_one("a.jsonl", json);
    CHECK(article.body == body);
  }
  CHECK(read_one("a.jsonl", rows[0].first).id.value == "123456789012345678901234567890");
  CHECK(read_one("a.jsonl", rows[1].first).notes ==
        std::vector<std::string>{"broken JSON read as it was meant"});
}

TEST_CASE("a repair leaves sound JSON as it is, and ends for any text", "[corpus][json]") {
  const std::string sound = R"([{"a":-1.5e3,"b":"x\n\u00e9\ud83d\ude00\\","c":null}])";
  CHECK(repair_json(sound) == sound);
  const std::string broken = R"({"a":"\ud83d\u12\q)" + std::string(1, '\x01') + R"(","b":NaN-)";
  for (std::size_t length = 0; length <= broken.size(); ++length)
    CHECK(repair_json(broken.substr(0, length)).size() < 100);
}

TEST_CASE("an array that has no end is told after its articles", "[corpus][json]") {
  for (const char* json : {R"([{"text":"a"},{"text":"b"},)", R"([{"text":"a"},{"text":"b"})"}) {
    const CollectingSink sink = read_json(json);
    CHECK(sink.articles.size() == 2);
    REQUIRE(sink.refusals.size() == 1);
    CHECK(sink.refusals[0].reason == "the file ends within its array");
  }
}

TEST_CASE("arrays one after the other are read, and what is no JSON after them refused",
          "[corpus][json]") {
  CHECK(read_json(R"([{"text":"a"}][{"text":"b"}])").articles.size() == 2);
  const CollectingSink sink = read_json(R"([{"text":"a"},{"text":"b"}] nonsense)");
  CHECK(sink.articles.size() == 2);
  CHECK(sink.refusals.size() == 1);
}

TEST_CASE("a list of sources keeps the first and says which it leaves out", "[corpus][json]") {
  const Article article = read_one("a.json", R"({"text":"a","source":["A","B"]})");
  CHECK(article.source.value == "A");
  CHECK(article.notes == std::vector<std::string>{"source 'B' left out: an article has one"});
}

TEST_CASE("where a preferred field says nothing of use, the next one is taken", "[corpus][json]") {
  CHECK(read_one("a.json", R"({"text":"a","source":"unknown","publisher":"X"})").source.value ==
        "X");
  const Article article = read_one(
      "a.json", R"({"text":"a","timestamp":"2020-01-01","published":"soon","date":"2023-03-17"})");
  CHECK(format_timestamp(article.published.value) == "2023-03-17");
  CHECK(article.notes == std::vector<std::string>{"date 'soon' is in no known form"});
}

TEST_CASE("a record's language decides the order of its dates", "[corpus][json]") {
  CHECK(format_timestamp(read_one("a.json", R"({"text":"a","date":"03/04/2023","lang":"de"})")
                             .published.value) == "2023-04-03");
  CHECK_FALSE(read_one("a.json", R"({"text":"a","date":"03/04/2023","lang":"en"})").published);
}
