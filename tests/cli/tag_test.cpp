// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "common/text/unicode.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

Run tag(const std::string& input) {
  return run_program(index_program(), {"--tag", "-"}, {.input = input});
}

std::string document(const Json& name, const std::string& text) {
  return Json{{"doc", name}, {"text", text}}.dump() + "\n";
}

/// "type entity: what stands at the offsets", in order.
std::vector<std::string> mentions_of(const Json& tagged) {
  std::vector<std::string> found;
  const std::string text = tagged["text"];
  std::vector<std::size_t> begins;
  for (std::size_t at = 0; at < text.size(); next_code_point(text, at)) begins.push_back(at);
  begins.push_back(text.size());
  for (const Json& m : tagged["mentions"]) {
    const std::size_t first = begins.at(m[0]);
    const std::size_t last = begins.at(m[1]);
    found.push_back(m[2].get<std::string>() + " " + m[3].get<std::string>() + ": " +
                    text.substr(first, last - first));
  }
  return found;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("tagging prints every document with its names, in order, offsets in characters",
          "[cli][tag]") {
  const auto run =
      tag(document("a",
                   "\u201cCaf\u00e9\u201d \U0001F600: President Vladimir Putin met Xi Jinping in "
                   "Moscow. Mr. Xi left.\n") +
          "\n" + document(7, "Nothing here."));
  REQUIRE(run.exit_code == 0);
  const auto lines = json_records(run.out);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0]["doc"] == "a");
  CHECK(mentions_of(lines[0]) == Found{"PER Vladimir Putin: Vladimir Putin",
                                       "PER Xi Jinping: Xi Jinping", "LOC Moscow: Moscow",
                                       "PER Xi Jinping: Xi"});
  CHECK(lines[1]["doc"] == 7);
  CHECK(lines[1]["mentions"].empty());
}

TEST_CASE("the documents of one call are one set: a bare name finds its bearer elsewhere",
          "[cli][tag]") {
  const auto lines = json_records(
      tag(document(1, "Dana Orlovska spoke in Riga on Monday. \u201cYes,\u201d said Orlovska.") +
          document(2, "Ms. Orlovska did not answer. Mr. Halvorsen did."))
          .out);
  REQUIRE(lines.size() == 2);
  CHECK_THAT(mentions_of(lines[1]),
             Catch::VectorContains(std::string("PER Dana Orlovska: Orlovska")));
}

TEST_CASE("names that a document states are taken as they are", "[cli][tag]") {
  const auto run =
      tag("{\"doc\":1,\"text\":\"the brown fox\",\"spans\":[[4,9,\"ORG\"],[10,13,\"MISC\"]]}\n");
  REQUIRE(run.exit_code == 0);
  CHECK(mentions_of(json_records(run.out).at(0)) == Found{"ORG brown: brown"});
}

TEST_CASE("a line that is no document is reported and costs nothing else", "[cli][tag]") {
  const auto run = tag("{\"doc\":1}\nno json\n" + document(3, "Riga is a city."));
  CHECK(run.exit_code == 4);
  CHECK(json_records(run.out).size() == 1);
  CHECK_THAT(run.err, Contains("-:1: refused") && Contains("-:2: refused"));
  CHECK(run_program(index_program(), {"--tag", "/no/such/file"}, {}).exit_code != 0);
}

TEST_CASE("any text is tagged, with offsets inside it", "[cli][tag][hostile]") {
  std::mt19937 random(3);
  const std::vector<std::string> bits{"A",  "b",  "\u00c9",     "\u4e2d", " ", "\n",
                                      ".",  "\"", "'s",         "\u0301", "(", ")",
                                      "of", "/",  "\U0001F600", "9"};
  std::string input;
  for (int i = 0; i < 200; ++i) {
    std::string text;
    const auto length = random() % 300;
    for (std::size_t k = 0; k < length; ++k) text += bits[random() % bits.size()];
    input += document(i, text);
  }
  const auto run = tag(input);
  REQUIRE(run.exit_code == 0);
  const auto lines = json_records(run.out);
  REQUIRE(lines.size() == 200);
  for (const Json& line : lines) {
    const auto length = count_code_points(line["text"].get<std::string>());
    std::size_t end = 0;
    for (const Json& m : line["mentions"]) {
      CHECK(m[0].get<std::size_t>() >= end);
      end = m[1].get<std::size_t>();
      CHECK(m[0] < m[1]);
      CHECK(end <= length);
    }
  }
}

TEST_CASE("a refused line says what is wrong with it", "[cli][tag]") {
  const std::string deep(100'000, '[');
  const auto nested = tag("{\"doc\":" + deep + std::string(100'000, ']') + ",\"text\":\"a\"}\n");
  CHECK(nested.exit_code == 4);
  CHECK_THAT(nested.err, Contains("-:1: refused") && Contains("doc"));
  for (const auto* mentions : {"7", "[[5,6]]", "[[\"0\",\"1\",\"PER\"]]", "[[0,99,\"PER\"]]",
                               "[[2,4,\"PER\"],[3,5,\"PER\"]]", "[[-1,2,\"PER\"]]"}) {
    INFO(mentions);
    const auto run =
        tag("{\"doc\":1,\"text\":\"abcdef\",\"mentions\":" + std::string(mentions) + "}\n");
    CHECK(run.exit_code == 4);
    CHECK_THAT(run.err, Contains("[[start, end, type], ...]"));
  }
  const auto missing = run_program(index_program(), {"--tag", "/no/such/file"}, {});
  CHECK(missing.exit_code == 2);
  CHECK_THAT(missing.err, Contains("/no/such/file") && Contains("try:"));
  CHECK(run_program(index_program(), {"--tag", "-", "--format", "json"}, {}).exit_code == 2);
}
