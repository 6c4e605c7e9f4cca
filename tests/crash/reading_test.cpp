// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>

#include "tests/crash/own_mounts.h"
#include "tests/crash/scenario.h"

using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

constexpr std::size_t text_files = 4;
constexpr std::size_t records = 5;

/// Articles that all say `word`.
void write_saying(const Workbench& bench, const std::string& word) {
  for (std::size_t i = 0; i < text_files; ++i) {
    bench.write(fmt::format("in/{}.txt", i), fmt::format("Story {}\n\nThe {}.\n", i, word));
  }
  std::string lines;
  for (std::size_t i = 0; i < records; ++i) {
    lines += json_line({fmt::format("r{}", i), "Record", "The " + word + ".", "", ""});
  }
  bench.write("records.jsonl", lines);
  bench.write("in/metadata.csv", "path,source\n0.txt,Harbour Gazette\n");
}

std::size_t count_saying(const Workbench& bench, const char* word) {
  return bench.answer({word})["total"];
}

}  // namespace

TEST_CASE("what cannot be read stays as it was, and the next run takes it up", "[crash][long]") {
  std::size_t failed = 0;
  for (const auto error : {EIO, EACCES, ENOENT}) {
    const Workbench bench;
    const std::vector<std::string> arguments{
        "--db", bench.db().string(), "--quiet", "--threads", "1", bench.articles().string()};
    write_saying(bench, "bridge");
    REQUIRE(dateline_index(arguments).exit_code == 0);
    std::string before = "bridge";
    std::string now = "tunnel";
    const auto reading = [&](std::size_t at) {
      return run_with({.mode = "fail", .kinds = Fault::reads, .at = at, .error = error},
                      bench.articles(), index_program(), arguments);
    };
    const auto calls = reading(0).calls.size();
    for (const auto at : sample(24, calls)) {
      write_saying(bench, now);
      const auto tried = reading(at);
      INFO(tried.struck << ": " << std::strerror(error) << "\n" << tried.run.err << tried.run.out);
      if (!tried.struck.empty()) ++failed;
      CHECK((tried.run.exit_code == 0 || tried.run.exit_code == 4));
      CHECK(count_saying(bench, before.c_str()) + count_saying(bench, now.c_str()) ==
            text_files + records);
      CHECK(dateline_index(arguments).exit_code == 0);
      CHECK(count_saying(bench, now.c_str()) == text_files + records);
      CHECK(bench.answer({"--source", "Harbour Gazette"})["total"] == 1);
      std::swap(before, now);
    }
  }
  fmt::print("survived {} reads of articles that failed\n", failed);
  REQUIRE(failed >= 60);
}

TEST_CASE("an index that cannot be read is no damaged one, and answers nothing wrong",
          "[crash][long]") {
  const Scenario scenario(Scenario::Kind::merge);
  std::size_t failed = 0;
  for (const auto error : {EIO, EMFILE}) {
    scenario.reset();
    const auto calls = scenario.run({.kinds = Fault::reads}).calls.size();
    for (const auto at : sample(30, calls)) {
      scenario.reset();
      const auto tried =
          scenario.run({.mode = "fail", .kinds = Fault::reads, .at = at, .error = error});
      INFO("writer: " << tried.struck << ": " << std::strerror(error) << "\n" << tried.run.err);
      if (!tried.struck.empty()) ++failed;
      scenario.check_said_truly(tried.run);
      scenario.check_next_run_converges();
    }
  }
  scenario.reset();
  const auto searching = [&](const Fault& fault) {
    return run_with(fault, scenario.place(), search_program(),
                    {"--db", scenario.db().string(), "--format", "json", "bridge"});
  };
  const auto undisturbed = searching({.kinds = Fault::reads});
  REQUIRE(undisturbed.run.exit_code == 0);
  for (const auto error : {EIO, EMFILE}) {
    for (const auto at : sample(40, undisturbed.calls.size())) {
      const auto tried =
          searching({.mode = "fail", .kinds = Fault::reads, .at = at, .error = error});
      INFO("reader: " << tried.struck << ": " << std::strerror(error) << "\n" << tried.run.err);
      if (!tried.struck.empty()) ++failed;
      if (tried.run.exit_code == 0) {
        CHECK(tried.run.out == undisturbed.run.out);
      } else {
        CHECK(tried.run.exit_code == 7);
        CHECK_THAT(tried.run.err, Contains("\n  try: "));
      }
    }
  }
  fmt::print("survived {} reads of an index that failed\n", failed);
  REQUIRE(failed >= 80);
}

TEST_CASE("a file that is cut short under a reader ends it with a reason", "[crash]") {
  const Scenario scenario(Scenario::Kind::merge);
  scenario.reset();
  // The second query is asked when the first is answered and the files are no more than a stub.
  const auto* script =
      "(echo bridge; n=0; while [ ! -s \"$2\" ] && [ $n -lt 500 ]; do sleep 0.02; n=$((n+1)); done;"
      " for f in \"$1\"/seg-*/columns; do : > \"$f\"; done; echo ferry)"
      " | \"$0\" --db \"$1\" --batch - > \"$2\"";
  const auto run =
      run_program("/bin/sh", {"-c", script, search_program().string(), scenario.db().string(),
                              (scenario.articles() / ".answers").string()});
  CHECK(run.exit_code == 7);
  CHECK_THAT(run.err, Contains("cannot be read") && Contains("\n  try: "));
}

TEST_CASE("reads and writes that are done by halves change nothing", "[crash]") {
  const Scenario scenario(Scenario::Kind::merge);
  auto arguments = scenario.arguments();
  arguments.emplace_back("--check-contents");  // else files that are old enough are not read
  for (const auto& folder : {scenario.place(), scenario.articles()}) {
    scenario.reset();
    const auto done =
        run_with({.mode = "short", .kinds = "read,write"}, folder, index_program(), arguments);
    INFO(done.run.err);
    CHECK(done.run.exit_code == 0);
    CHECK(done.calls.size() > 10);
    scenario.check_said_truly(done.run);
    scenario.check_next_run_converges();
  }
}

TEST_CASE("an index in a read-only place answers, and a writer says why it cannot write",
          "[crash]") {
  const Scenario scenario(Scenario::Kind::update);
  scenario.reset();
  if (const auto reason = enter_own_mounts(); !reason.empty()) {
    WARN("not run: no folder may be mounted read-only here: " << reason);
    return;
  }
  {
    const ReadOnly place(scenario.place());
    CHECK(scenario.answers_as_before());
    const auto run = dateline_index(scenario.arguments());
    INFO(run.err);
    CHECK_THAT(run.err, Contains("Read-only file system") && Contains("make the file system"));
    CHECK(run.exit_code == 7);
    scenario.check_said_truly(run);
  }
  scenario.check_next_run_converges();
}
