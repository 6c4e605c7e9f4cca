// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>

#include "common/index/schema.h"
#include "tests/support/articles.h"
#include "tests/support/fault_run.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

Json report_of(const Run& run) {
  INFO(run.err);
  REQUIRE((run.exit_code == 0 || run.exit_code == 4));
  return Json::parse(run.out);
}

Json update(const Workbench& bench) {
  return report_of(bench.index({"--format", "json", bench.articles().string()}));
}

void write_articles(const Workbench& bench, int count) {
  for (int i = 0; i < count; ++i) {
    bench.write(fmt::format("{:03}.txt", i),
                fmt::format("Story {}\n\nThe bridge number {} opened on Monday.\n", i, i));
  }
}

/// Every answer that the tests below compare, without the generation's number.
std::string answers(const Workbench& bench) {
  const std::string queries =
      "bridge\nthe\nstorm\nfleet OR mayor\n\"the mayor said\"\ntitle:story\n-bridge\n"
      "{\"query\":\"\",\"source\":\"Wire\"}\n{\"query\":\"said\",\"sort\":\"newest\"}\n"
      "{\"query\":\"kyiv\",\"any\":true,\"n\":100}\n{\"query\":\"\",\"date\":[\"2022..\","
      "\"undated\"]}\n";
  const auto run =
      bench.search({"--batch", "-", "-n", "50", "--facet-values", "100"}, {.input = queries});
  CHECK(run.err.empty());
  std::string text;
  std::string_view rest = run.out;
  while (!rest.empty()) {
    auto record = Json::parse(rest.substr(0, rest.find('\n')));
    record.erase("generation");
    text += record.dump() + "\n";
    rest.remove_prefix(rest.find('\n') + 1);
  }
  return text;
}

}  // namespace

TEST_CASE("a second run over the same articles changes nothing", "[cli][update]") {
  const Workbench bench;
  write_articles(bench, 5);
  CHECK(update(bench)["added"] == 5);
  const auto again = update(bench);
  CHECK(again["unchanged"] == 5);
  CHECK(again["published"] == false);
  CHECK(again["files_read"] == 0);
  CHECK(again["generation"] == 1);
}

TEST_CASE("what counts is a file's content, not its time", "[cli][update]") {
  const Workbench bench;
  write_articles(bench, 3);
  update(bench);
  const auto file = bench.articles() / "001.txt";
  const auto time = std::filesystem::last_write_time(file);

  std::filesystem::last_write_time(file, time + std::chrono::hours(1));
  CHECK(update(bench)["files_read"] == 0);

  bench.write("001.txt", "Story 1\n\nThe tunnel number 1 opened on Monday.\n");  // same size
  std::filesystem::last_write_time(file, time);
  const auto report = update(bench);
  CHECK(report["changed"] == 1);
  CHECK(report["unchanged"] == 2);
  CHECK(bench.answer({"tunnel"})["total"] == 1);
  CHECK(bench.answer({"\"bridge number 1\""})["total"] == 0);
}

TEST_CASE("in a file of many records only those that changed cost anything", "[cli][update]") {
  const Workbench bench;
  std::vector<ArticleRecord> records;
  for (int i = 0; i < 20; ++i) {
    records.push_back({std::to_string(i), "Story", "The bridge opened.", "Wire", "2023-01-01"});
  }
  bench.write("a.jsonl", json_lines(records));
  update(bench);
  records[3].text = "The tunnel opened.";
  records.erase(records.begin() + 10);
  records.push_back({"new", "Story", "The ferry sailed.", "Wire", "2023-01-02"});
  bench.write("a.jsonl", json_lines(records));
  const auto report = update(bench);
  CHECK(report["changed"] == 1);
  CHECK(report["removed"] == 1);
  CHECK(report["added"] == 1);
  CHECK(report["unchanged"] == 18);
  CHECK(bench.answer({"bridge"})["total"] == 18);
}

TEST_CASE("a new metadata table beside unchanged articles is taken up", "[cli][update]") {
  const Workbench bench;
  write_articles(bench, 3);
  update(bench);
  bench.write("metadata.csv", "path,source\n001.txt,Harbour Gazette\n");
  const auto report = update(bench);
  CHECK(report["changed"] == 1);
  CHECK(bench.ids({"--source", "Harbour Gazette"}) == std::vector<std::string>{"001.txt"});
}

TEST_CASE("removed files leave the index, other sets stay", "[cli][update]") {
  const Workbench bench;
  bench.write("a/one.txt", "One\n\nThe bridge opened.\n");
  bench.write("a/two.txt", "Two\n\nThe bridge closed.\n");
  bench.write("b/three.txt", "Three\n\nThe bridge fell.\n");
  const auto a = (bench.articles() / "a").string();
  const auto b = (bench.articles() / "b").string();
  REQUIRE(bench.index({a}).exit_code == 0);
  REQUIRE(bench.index({b}).exit_code == 0);
  CHECK(bench.answer({"bridge"})["total"] == 3);
  std::filesystem::remove(bench.articles() / "a/two.txt");
  std::filesystem::remove(bench.articles() / "b/three.txt");
  const auto report = report_of(bench.index({"--format", "json", a}));
  CHECK(report["removed"] == 1);
  CHECK(report["untouched"] == 1);
  CHECK(bench.answer({"bridge"})["total"] == 2);
  const auto rest =
      dateline_index({"--db", bench.db().string(), "--format", "json", "--allow-mass-removal"});
  CHECK(report_of(rest)["removed"] == 1);
  CHECK(bench.answer({"bridge"})["total"] == 1);
}

TEST_CASE("a folder inside a set updates that part of it under the same ids", "[cli][update]") {
  const Workbench bench;
  bench.write("a/one.txt", "One\n\nThe bridge opened.\n");
  bench.write("b/two.txt", "Two\n\nThe bridge closed.\n");
  update(bench);
  bench.write("a/one.txt", "One\n\nThe tunnel opened.\n");
  bench.write("b/two.txt", "Two\n\nThe tunnel closed.\n");
  const auto report =
      report_of(bench.index({"--format", "json", (bench.articles() / "a").string()}));
  CHECK(report["changed"] == 1);
  CHECK(bench.ids({"tunnel"}) == std::vector<std::string>{"a/one.txt"});
  CHECK(bench.ids({"bridge"}) == std::vector<std::string>{"b/two.txt"});
}

TEST_CASE("a set that is gone is an error until it is forgotten", "[cli][update]") {
  const Workbench bench;
  bench.write("a/one.txt", "One\n\nThe bridge opened.\n");
  bench.write("b/two.txt", "Two\n\nThe bridge closed.\n");
  const auto a = (bench.articles() / "a").string();
  const auto b = (bench.articles() / "b").string();
  REQUIRE(bench.index({a, b}).exit_code == 0);
  std::filesystem::remove_all(b);
  for (const auto* rebuild : {"--quiet", "--rebuild"}) {
    const auto run = dateline_index({"--db", bench.db().string(), rebuild});
    CHECK(run.exit_code == 2);
    CHECK_THAT(run.err, Contains("is not there") && Contains("--forget"));
    CHECK(bench.answer({"bridge"})["total"] == 2);
  }
  CHECK(bench.index({"--forget", a + "/none"}).exit_code == 2);
  const auto report = report_of(bench.index({"--format", "json", "--forget", b}));
  CHECK(report["removed"] == 1);
  CHECK(bench.ids({"bridge"}) == std::vector<std::string>{"one.txt"});
  CHECK(dateline_index({"--db", bench.db().string(), "--rebuild"}).exit_code == 0);
  CHECK(bench.ids({"bridge"}) == std::vector<std::string>{"one.txt"});
}

TEST_CASE("an unreadable file keeps what the index knows of it, and is reported", "[cli][update]") {
  if (::geteuid() == 0) {
    WARN("not run: root reads every file");
    return;
  }
  const Workbench bench;
  write_articles(bench, 2);
  update(bench);
  std::filesystem::permissions(bench.articles() / "001.txt", std::filesystem::perms::none);
  const auto run = bench.index({"--format", "json", bench.articles().string()});
  CHECK(run.exit_code == 4);
  CHECK_THAT(run.out, Contains("Permission denied"));
  CHECK(bench.answer({"bridge"})["total"] == 2);
}

TEST_CASE("a rebuild is a new generation that answers the same", "[cli][update]") {
  const Workbench bench;
  write_articles(bench, 10);
  update(bench);
  const auto before = answers(bench);
  const auto report =
      report_of(dateline_index({"--db", bench.db().string(), "--format", "json", "--rebuild"}));
  CHECK(report["generation"] == 2);
  CHECK(report["added"] == 10);
  CHECK(answers(bench) == before);
}

TEST_CASE("without entities only metadata's names are found, until the index is rebuilt with them",
          "[cli][update]") {
  const Workbench bench;
  bench.write("a.jsonl", R"({"id":"a","title":"Visit","text":"Angela Merkel met Emmanuel Macron.",)"
                         R"("people":["Olaf Scholz"]})"
                         "\n");
  const auto people = [&] {
    std::set<std::string> names;
    const auto answer = bench.answer({"met", "--facet", "person"});
    for (const auto& value : answer["facets"]["person"]) names.insert(value["value"]);
    return names;
  };
  REQUIRE(bench.index({"--no-entities", bench.articles().string()}).exit_code == 0);
  const auto given = people();
  CHECK_FALSE(given.contains("Angela Merkel"));
  bench.write("b.jsonl", R"({"id":"b","title":"Call","text":"Angela Merkel met Boris Johnson."})"
                         "\n");
  const auto again = bench.index();
  CHECK(again.exit_code == 0);
  CHECK_THAT(again.out, Contains("1 added"));
  CHECK(people() == given);
  CHECK(bench.index({"--rebuild"}).exit_code == 0);
  CHECK(people().contains("Angela Merkel"));
}

TEST_CASE("a run that is killed leaves the index as it was or as it should be, and whole",
          "[cli][update]") {
  const Workbench bench;
  write_articles(bench, 40);
  update(bench);
  const auto before = answers(bench);
  write_articles(bench, 400);
  const auto target = bench.articles().string();
  const auto db = bench.db().string();
  const Workbench undisturbed;
  REQUIRE(undisturbed.index({target}).exit_code == 0);
  const auto after = answers(undisturbed);
  REQUIRE(after != before);
  std::size_t survived = 0;
  for (int delay = 0; delay < 12; ++delay) {
    const auto child = ::fork();
    if (child == 0) {
      ::execl(index_program().c_str(), "dateline-index", "--quiet", "--db", db.c_str(), "--format",
              "json", "--rebuild", target.c_str(), nullptr);
      ::_exit(127);
    }
    // Not a wait for something to happen: the moments at which the run is cut off.
    std::this_thread::sleep_for(std::chrono::milliseconds(3 + 9 * delay));
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFSIGNALED(status)) {
      ++survived;
      // A run cut off between publishing and its end has done its work.
      const auto now = answers(bench);
      CHECK((now == before || now == after));
    } else {
      break;  // so slow a kill finds the run done
    }
  }
  CHECK(survived > 0);
  CHECK(update(bench)["articles"] == 400);
  CHECK(answers(bench) == after);
  for (const auto& entry : std::filesystem::directory_iterator(bench.db())) {
    CHECK(entry.path().filename() != "dateline-work");
  }
}

TEST_CASE("an interrupted run ends cleanly with its own exit code", "[cli][update]") {
  const Workbench bench;
  write_articles(bench, 10);
  BackgroundProgram run(index_program(),
                        {"--quiet", "--db", bench.db().string(), bench.articles().string()},
                        {.environment = stopped_before_writing(bench.db())});
  REQUIRE(run.stands_still());
  run.signal(SIGINT);
  run.signal(SIGCONT);
  CHECK(run.finish().exit_code == 130);
  CHECK(bench.search({"bridge"}).exit_code == 3);
}

TEST_CASE("an index of another format version is refused with the command that rebuilds it",
          "[cli][update]") {
  const Workbench bench;
  write_articles(bench, 3);
  update(bench);
  const auto manifest = bench.db() / "manifest-000001";
  auto text = read_text(manifest);
  const auto own = fmt::format("\"format\": {},", schema::format_version);
  const auto at = text.find(own);
  REQUIRE(at != std::string::npos);
  text.replace(at, own.size(), fmt::format("\"format\": {},", schema::format_version + 1));
  std::filesystem::remove(manifest);
  REQUIRE(run_program("/bin/sh", {"-c", "cat > \"$0\"", manifest.string()}, {.input = text})
              .exit_code == 0);
  const auto run = bench.search({"bridge"});
  CHECK(run.exit_code == 3);
  CHECK_THAT(run.err, Contains(fmt::format("has format {}", schema::format_version + 1)) &&
                          Contains("--rebuild"));
  CHECK(bench.index().exit_code == 3);
  CHECK(bench.index({"--rebuild", bench.articles().string()}).exit_code == 0);
  CHECK(bench.answer({"bridge"})["total"] == 3);
}

TEST_CASE("a damaged index is refused, never trusted, and can be rebuilt", "[cli][update]") {
  const Workbench bench;
  write_articles(bench, 3);
  update(bench);
  for (const auto* name : {"seg-000001/columns", "tables-000001", "CURRENT", "manifest-000001",
                           "seg-000001/lists", "seg-000001/postings.glass"}) {
    INFO(name);
    const TempDir kept;
    const auto path = bench.db() / name;
    std::filesystem::copy_file(path, kept / "whole");
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 3);
    const auto run = bench.search({"bridge"});
    CHECK(run.exit_code == 6);
    CHECK(run.out.empty());
    CHECK_FALSE(run.err.empty());
    std::filesystem::copy_file(kept / "whole", path,
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(bench.search({"bridge"}).exit_code == 0);
  }
}

TEST_CASE("a run that would publish more than a manifest may hold publishes nothing",
          "[cli][update]") {
  const Workbench bench;
  bench.write("a.txt", "Bridge opens\n\nThe bridge opened.\n");
  REQUIRE(bench.index().exit_code == 0);
  std::vector<std::string> arguments{"--quiet"};
  for (int i = 0; i < 16; ++i) {
    arguments.emplace_back("--exclude");
    arguments.push_back(std::string(100'000, 'x') + std::to_string(i));
  }
  for (int i = 0; i < 45; ++i)
    arguments.push_back(bench.write(fmt::format("../set{}/b.txt", i), "B\n\nTunnel.\n").string());
  const auto run = bench.index(arguments);
  INFO(run.err);
  CHECK(run.exit_code == 2);
  CHECK_THAT(run.err, Contains("45 article sets") || Contains("46 article sets"));
  CHECK(bench.index({"--check"}).exit_code == 0);
  CHECK(bench.answer({"bridge"})["total"] == 1);
}
