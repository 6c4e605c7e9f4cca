// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

TEST_CASE("a line is a query, an id and a query, or an object with filters", "[cli][batch]") {
  const auto run = indexed_sample_set().search(
      {"--batch", "-"},
      {.input = "\xEF\xBB\xBF"
                "bridge\n"
                "\n"
                "q7\tgrain corridor\n"
                R"({"id":"q8","query":"xi","source":"Northern Wire","n":1,"sort":"newest"})"
                "\n"
                R"({"id":9,"date":"2022-11"})"});
  CHECK(run.exit_code == 0);
  CHECK(run.err.empty());
  const auto answers = json_records(run.out);
  REQUIRE(answers.size() == 4);
  CHECK(answers[0]["id"] == "1");
  CHECK(answers[0]["query"] == "bridge");
  CHECK(answers[1]["id"] == "q7");
  CHECK(answers[2]["id"] == "q8");
  CHECK(answers[2]["hits"].size() == 1);
  CHECK(answers[2]["hits"][0]["source"] == "Northern Wire");
  CHECK(answers[3]["id"] == "9");
  CHECK(answers[3]["total"] > 0);
}

TEST_CASE("a batch answers as single searches do", "[cli][batch]") {
  const auto run =
      indexed_sample_set().search({"--batch", "-"}, {.input = "bridge\n\"orle bridge\" -mayor\n"});
  auto answers = json_records(run.out);
  REQUIRE(answers.size() == 2);
  for (auto& answer : answers) {
    answer.erase("id");
    CHECK(answer == indexed_sample_set().answer({answer["query"].get<std::string>()}));
  }
}

TEST_CASE("answers come in the order of the queries on any number of threads", "[cli][batch]") {
  std::string input;
  for (int i = 0; i < 500; ++i) {
    input += fmt::format("q{}\t{}\n", i, i % 3 == 0 ? "the OR said OR of" : "bridge");
  }
  const auto one = indexed_sample_set().search({"--batch", "-", "-j", "1"}, {.input = input});
  const auto four = indexed_sample_set().search({"--batch", "-", "-j", "4"}, {.input = input});
  CHECK(one.exit_code == 0);
  CHECK(one.out == four.out);
  const auto answers = json_records(four.out);
  REQUIRE(answers.size() == 500);
  for (std::size_t i = 0; i < answers.size(); ++i) CHECK(answers[i]["id"] == fmt::format("q{}", i));
}

TEST_CASE("a query that cannot be honoured is a record of its own and costs no other",
          "[cli][batch]") {
  const auto run = indexed_sample_set().search(
      {"--batch", "-"}, {.input = "bridge\n"
                                  "bad\t(bridge\n"
                                  "{\"id\":\"worse\",\"query\":\"x\",\"colour\":1}\n"
                                  "{\"id\":\n"
                                  "bridge\n"});
  CHECK(run.exit_code == 2);
  const auto answers = json_records(run.out);
  REQUIRE(answers.size() == 5);
  CHECK(answers[0]["total"] == answers[4]["total"]);
  CHECK(answers[1]["id"] == "bad");
  CHECK(answers[1]["query"] == "(bridge");
  CHECK_THAT(answers[1]["error"]["message"].get<std::string>(), Contains("^"));
  CHECK_FALSE(answers[1]["error"]["remedy"].get<std::string>().empty());
  CHECK(answers[2]["id"] == "worse");
  CHECK_THAT(answers[2]["error"]["message"].get<std::string>(), Contains("'colour'"));
  CHECK(answers[3].contains("error"));
  CHECK_THAT(run.err, Contains("query bad:"));
}

TEST_CASE("a batch that finds nothing exits 1", "[cli][batch]") {
  CHECK(indexed_sample_set().search({"--batch", "-"}, {.input = "zzzz\nyyyy\n"}).exit_code == 1);
  CHECK(indexed_sample_set().search({"--batch", "-"}, {.input = "zzzz\nbridge\n"}).exit_code == 0);
}

TEST_CASE("a line that asks for nothing is refused, one without an id takes its number",
          "[cli][batch]") {
  const auto run = indexed_sample_set().search(
      {"--batch", "-"},
      {.input = "x\t \n{\"id\":\"z\"}\n\tbridge\n  {\"id\":\"y\",\"query\":\"bridge\"}\n"});
  CHECK(run.exit_code == 2);
  const auto answers = json_records(run.out);
  REQUIRE(answers.size() == 4);
  CHECK(answers[0].contains("error"));
  CHECK(answers[1].contains("error"));
  CHECK(answers[2]["id"] == "3");
  CHECK(answers[3]["id"] == "y");
  CHECK(answers[3]["total"] == answers[2]["total"]);
}

TEST_CASE("a batch writes a TREC run", "[cli][batch]") {
  const auto run =
      indexed_sample_set().search({"--batch", "-", "--any", "--format", "trec", "-n", "3"},
                                  {.input = "1\tFLOOD AND (RIVER\n2\tbridge\n"});
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.out, Contains("1 Q0 ") && Contains("2 Q0 ") && Contains(" 3 "));
  CHECK(std::count(run.out.begin(), run.out.end(), '\n') == 6);
}

TEST_CASE("a batch file that is not there, or a query beside it, is a usage error",
          "[cli][batch]") {
  CHECK(indexed_sample_set().search({"--batch", "/no/such/file"}).exit_code == 2);
  CHECK(indexed_sample_set().search({"--batch", "/tmp"}).exit_code == 2);
  CHECK(indexed_sample_set().search({"--batch", "-", "bridge"}).exit_code == 2);
  CHECK(indexed_sample_set().search({"--batch", "-", "--format", "text"}).exit_code == 2);
}

TEST_CASE("a batch answers in columns, with the query's id first", "[cli][batch]") {
  const auto csv = indexed_sample_set().search(
      {"--batch", "-", "-f", "csv", "--fields", "id,generation", "-n", "1"},
      {.input = "q,1\tbridge\n(bad\n"});
  CHECK(csv.exit_code == 2);
  CHECK_THAT(csv.out, Catch::StartsWith("query,id,generation\n\"q,1\",") && Contains(",1\n"));
  CHECK_THAT(csv.err, Contains("query 2:") && Contains("try: "));
  const auto counts = indexed_sample_set().search({"--batch", "-", "-f", "tsv", "--count"},
                                                  {.input = "a\tbridge\nb\tzzzz\n"});
  const auto total = indexed_sample_set().answer({"bridge"})["total"].get<int>();
  CHECK(counts.out == fmt::format("a\t{}\nb\t0\n", total));
}

TEST_CASE("a line of a batch may ask for a total alone, or for all articles", "[cli][batch]") {
  const auto run = indexed_sample_set().search(
      {"--batch", "-"},
      {.input = "{\"query\":\"bridge\",\"count\":true}\n{\"all\":true,\"count\":true}\n"});
  CHECK(run.exit_code == 0);
  const auto answers = json_records(run.out);
  REQUIRE(answers.size() == 2);
  CHECK_FALSE(answers[0].contains("hits"));
  CHECK(answers[1]["total"] == 80);
}

TEST_CASE("an object that leaves open what is asked is refused", "[cli][batch]") {
  const auto run = indexed_sample_set().search({"--batch", "-", "--count"},
                                               {.input = R"({"query":"storm","query":"xi"}
{"all":true,"query":"storm"}
{"like":""}
{"like_text":" "}
{"all":true,"query":" "}
{"id":"x","facets":["source"],"query":"bridge"}
)"});
  CHECK(run.exit_code == 2);
  const auto answers = json_records(run.out);
  REQUIRE(answers.size() == 6);
  CHECK(answers[0]["error"]["message"] == "the key 'query' stands twice");
  for (const auto i : {1U, 2U, 3U}) CHECK(answers[i].contains("error"));
  CHECK(answers[4]["total"] == 80);
  CHECK(answers[5]["total"] > 0);
}

TEST_CASE("an answer is printed before the next line is there", "[cli][batch]") {
  const auto script = fmt::format(
      "mkfifo in; '{}' --db '{}' --batch in -j 4 -f tsv --count > out & exec 3> in; "
      "printf 'bridge\\n' >&3; for i in $(seq 100); do test -s out && break; sleep 0.1; done; "
      "cat out; exec 3>&-; wait",
      search_program().string(), indexed_sample_set().db().string());
  const TempDir folder;
  const auto run = run_program("/bin/sh", {"-c", script}, {.folder = folder.path()});
  CHECK_THAT(run.out, Catch::StartsWith("1\t"));
}

TEST_CASE("a batch that waits for input ends cleanly on SIGINT", "[cli][batch]") {
  const auto script = fmt::format(
      "mkfifo in; '{}' --db '{}' --batch in -j 4 > out & exec 3> in; printf 'bridge\\n' >&3; "
      "for i in $(seq 100); do test -s out && break; sleep 0.1; done; "
      "kill -INT $!; wait $!; echo code $?; wc -l < out",
      search_program().string(), indexed_sample_set().db().string());
  const TempDir folder;
  const auto run = run_program("/bin/sh", {"-c", script}, {.folder = folder.path()});
  CHECK(run.out == "code 130\n1\n");
  CHECK_THAT(run.err, Contains("interrupted"));
}

TEST_CASE("the option --qrels rates a batch", "[cli][batch]") {
  const TempDir folder;
  const auto best = indexed_sample_set().ids({"bridge"}).front();
  const auto qrels = folder.write("qrels", fmt::format("1 0 {} 1\n2 0 nowhere 1\n", best)).string();
  const auto rated = indexed_sample_set().search({"--batch", "-", "--qrels", qrels, "-f", "json"},
                                                 {.input = "1\tbridge\n7\tbridge\n"});
  CHECK(rated.exit_code == 0);
  const auto j = Json::parse(rated.out);
  CHECK(j["map"] == 0.5);
  CHECK(j["p_10"] == 0.05);
  CHECK(j["recall_100"] == 0.5);
  CHECK(j["per_query"].size() == 2);
  CHECK(j["unjudged"] == 1);
  const auto table =
      indexed_sample_set().search({"--batch", "-", "--qrels", qrels}, {.input = "1\tbridge\n"});
  CHECK_THAT(table.out, Contains("mean of 2") && Contains("0.5000"));

  const auto bad = folder.write("bad", "1 0 a 1\n1 0 a\n").string();
  const auto refused = indexed_sample_set().search({"--batch", "-", "--qrels", bad}, {.input = ""});
  CHECK(refused.exit_code == 2);
  CHECK_THAT(refused.err, Contains("bad:2:"));
}
