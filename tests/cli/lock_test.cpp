// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>

#include "common/file_io.h"
#include "tests/support/articles.h"
#include "tests/support/fault_run.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

void write_stories(const Workbench& bench, int count) {
  std::vector<ArticleRecord> records;
  for (int i = 0; i < count; ++i)
    records.push_back({std::to_string(i), "Story", "The mayor of Orle opened a bridge.", "Wire", "2023-01-01"});
  bench.write("stories.jsonl", json_lines(records));
}

/// A run that has the lock, and stands still until it gets SIGCONT.
class Writer {
 public:
  explicit Writer(const Workbench& bench)
      : program_(index_program(),
                 {"--quiet", "--rebuild", "--db", bench.db().string(), bench.articles().string()},
                 {.environment = stopped_before_writing(bench.db())}) {
    if (!program_.stands_still()) FAIL("the run does not begin");
  }
  BackgroundProgram& program() { return program_; }

 private:
  BackgroundProgram program_;
};

}  // namespace

TEST_CASE("a second writer fails at once and names the process, its command and since when",
          "[cli][lock]") {
  const Workbench bench;
  write_stories(bench, 50);
  Writer writer(bench);
  const auto run = bench.index();
  CHECK(run.exit_code == 5);
  CHECK_THAT(run.err,
             Contains(fmt::format("process {} (dateline-index)", writer.program().process())) &&
                 Contains(" since 20") && Contains("--lock-wait"));
  writer.program().signal(SIGCONT);
  CHECK(writer.program().finish().exit_code == 0);
  CHECK(bench.index().exit_code == 0);
}

TEST_CASE("a writer that waits goes on when the other is done", "[cli][lock]") {
  const Workbench bench;
  write_stories(bench, 50);
  Writer writer(bench);
  BackgroundProgram second(index_program(), {"--lock-wait", "60", "--log", "-", "--db",
                                             bench.db().string(), bench.articles().string()});
  CHECK(second.says("\"event\":\"lock waited for\""));
  writer.program().signal(SIGCONT);
  CHECK(writer.program().finish().exit_code == 0);
  const auto run = second.finish();
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.out, Contains("50 unchanged"));
}

TEST_CASE("a writer that waits in vain says how long it did", "[cli][lock]") {
  const Workbench bench;
  write_stories(bench, 50);
  Writer writer(bench);
  const auto start = std::chrono::steady_clock::now();
  const auto run = bench.index({"--lock-wait", "1", bench.articles().string()});
  CHECK(std::chrono::steady_clock::now() - start >= std::chrono::seconds(1));
  CHECK(run.exit_code == 5);
  CHECK_THAT(run.err, Contains("waited 1 s"));
}

TEST_CASE("waiting for the lock ends at once when interrupted", "[cli][lock]") {
  const Workbench bench;
  write_stories(bench, 50);
  Writer writer(bench);
  for (const int number : {SIGINT, SIGTERM}) {
    BackgroundProgram second(index_program(), {"--lock-wait", "3600", "--log", "-", "--db",
                                               bench.db().string(), bench.articles().string()});
    REQUIRE(second.says("lock waited for"));
    second.signal(number);
    CHECK(second.finish(std::chrono::seconds(5)).exit_code == 130);
  }
}

TEST_CASE("no lock outlives its holder, however it ends", "[cli][lock]") {
  const Workbench bench;
  write_stories(bench, 50);
  for (int round = 0; round < 3; ++round) {
    Writer writer(bench);
    REQUIRE(bench.index().exit_code == 5);
    writer.program().signal(SIGKILL);
    CHECK(writer.program().finish().exit_code == 128 + SIGKILL);
    CHECK(bench.index().exit_code == 0);
  }
}

TEST_CASE("the holder's note of a process that is gone blames nobody", "[cli][lock]") {
  const Workbench bench;
  write_stories(bench, 3);
  REQUIRE(bench.index().exit_code == 0);
  const FileDescriptor lock(::open((bench.db() / "writer.lock").c_str(), O_RDWR | O_CLOEXEC));
  REQUIRE(::flock(lock.get(), LOCK_EX | LOCK_NB) == 0);  // by another program, that notes nothing
  const auto run = bench.index();
  CHECK(run.exit_code == 5);
  CHECK_THAT(run.err, Contains("another process is writing"));
}
