// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// A newsroom that is indexed with standing queries.
class Newsroom {
 public:
  void write(const std::string& name, const std::string& title, const std::string& text) const {
    bench.write(name, title + "\n\n" + text + "\n");
  }
  fs::path write_queries(const std::string& lines) const { return bench.write("../q", lines); }
  fs::path queries() const { return bench.articles() / "../q"; }

  Run run(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--quiet", "--alerts", queries().string(), bench.articles().string()});
    return bench.index(more);
  }
  /// "query article change", a line each.
  std::string alerts() const {
    const auto done = run();
    INFO(done.err);
    REQUIRE(done.exit_code == 0);
    return shown(done.out);
  }
  static std::string shown(const std::string& out) {
    std::string text;
    for (const auto& a : json_records(out)) {
      text += fmt::format("{} {} {}\n", a["alert"].get<std::string>(), a["id"].get<std::string>(),
                          a["change"].get<std::string>());
    }
    return text;
  }

  Workbench bench;
};

}  // namespace

TEST_CASE("a run tells which new and changed articles match which standing query, in order",
          "[cli][alerts]") {
  const Newsroom room;
  room.write_queries("fire\nharbour\tport AND NOT tram\n{\"id\":7,\"query\":\"tram\"}\n");
  room.write("b.txt", "Fire in the port", "A fire broke out in the port.");
  room.write("a.txt", "Port opens", "The port opened.");
  const auto first = room.run();
  CHECK(first.exit_code == 0);
  CHECK(Newsroom::shown(first.out) == "1 b.txt new\nharbour a.txt new\nharbour b.txt new\n");
  CHECK_THAT(first.err, Contains("2 added"));
  const auto alert = json_records(first.out).at(0);
  CHECK(alert["query"] == "fire");
  CHECK(alert["generation"] == 1);
  CHECK(alert["title"] == "Fire in the port");
  CHECK(alert["path"] == (room.bench.articles() / "b.txt").string());
  CHECK(alert["first_seen"].get<std::string>().ends_with("Z"));

  CHECK(room.alerts().empty());
  room.write("a.txt", "Port opens", "The port opened with a fire.");
  room.write("c.txt", "Tram in the port", "The tram reached the port.");
  CHECK(room.alerts() == "1 a.txt changed\nharbour a.txt changed\n7 c.txt new\n");
}

TEST_CASE("a moved article raises no alert, nor does one that a merge carried along",
          "[cli][alerts]") {
  const Newsroom room;
  room.write_queries("port\n");
  for (int i = 0; i < 12; ++i) {
    const auto name = fmt::format("{:02}.txt", i);
    room.write(name, "Port", fmt::format("The port took ship {}.", i));
    CHECK(room.alerts() == fmt::format("1 {} new\n", name));
  }
  fs::rename(room.bench.articles() / "03.txt", room.bench.articles() / "moved.txt");
  CHECK(room.alerts().empty());
  CHECK(room.bench.index({"--optimise"}).exit_code == 0);
  CHECK(room.alerts().empty());
}

TEST_CASE("a file of standing queries that is new to an index tells only what that run brings",
          "[cli][alerts]") {
  const Newsroom room;
  room.write("a.txt", "Port", "The port opened.");
  REQUIRE(room.bench.index().exit_code == 0);
  room.write_queries("port\n");
  CHECK(room.alerts().empty());
  room.write("b.txt", "Port", "The port closed.");
  CHECK(room.alerts() == "1 b.txt new\n");
  // What a run without the file brought is made up for.
  room.write("c.txt", "Port", "The port burnt.");
  REQUIRE(room.bench.index().exit_code == 0);
  room.write("d.txt", "Port", "The port is rebuilt.");
  CHECK(room.alerts() == "1 c.txt new\n1 d.txt new\n");
}

TEST_CASE("a line that is no query refuses the run by file and line before anything is read",
          "[cli][alerts]") {
  const Newsroom room;
  room.write("a.txt", "Port", "The port opened.");
  const std::array<std::string, 5> bad{"port\n\n(fire\n", "port\n\n{\"query\":\"a\",\"n\":\"x\"}\n",
                                       "port\n\n{\"like\":\"a.txt\"}\n",
                                       "port\n\n{\"query\":\"a\",\"expand\":true}\n",
                                       "port\n\nx\t \n"};
  for (const auto& lines : bad) {
    room.write_queries(lines);
    const auto refused = room.run();
    INFO(lines << refused.err);
    CHECK(refused.exit_code == 2);
    CHECK(refused.out.empty());
    CHECK_THAT(refused.err, Contains("q:3: "));
    CHECK_FALSE(fs::exists(room.bench.db()));
  }
  room.write_queries(bad[0]);
  CHECK_THAT(room.run().err, Contains("^"));
  fs::remove(room.queries());
  CHECK(room.run().exit_code == 2);
  CHECK_FALSE(fs::exists(room.bench.db()));
}

TEST_CASE("a query that the index cannot answer is reported, and costs no other its answer",
          "[cli][alerts]") {
  const Newsroom room;
  std::string words;
  for (int i = 0; i < 5'100; ++i) words += fmt::format("word{} ", i);
  room.write("a.txt", "Port", words);
  room.write_queries("word*\nport\n");
  const auto run = room.run();
  CHECK(run.exit_code == 2);
  CHECK(Newsroom::shown(run.out) == "2 a.txt new\n");
  CHECK_THAT(run.err, Contains("q:1: ") && Contains("more than 5000 words"));
  CHECK(room.alerts().empty());
}

TEST_CASE("what a run published and could not print, the next run with the same file prints",
          "[cli][alerts]") {
  const Newsroom room;
  room.write_queries("port\n");
  room.write("a.txt", "Port", "The port opened.");
  const auto failed =
      run_program("/bin/sh", {"-c", "exec \"$@\" > /dev/full", "sh", index_program().string(),
                              "--db", room.bench.db().string(), "--quiet", "--alerts",
                              room.queries().string(), room.bench.articles().string()});
  CHECK(failed.exit_code == 7);
  CHECK_THAT(failed.err, Contains("cannot write the output"));
  CHECK(room.bench.ids({"port"}).size() == 1);
  CHECK(room.alerts() == "1 a.txt new\n");
  CHECK(room.alerts().empty());
}

TEST_CASE("a run that is killed between publishing and printing is made up for", "[cli][alerts]") {
  const Newsroom room;
  // More than a pipe holds, so that the run can only be killed while it prints.
  std::string queries;
  for (int i = 0; i < 500; ++i) queries += "port\n";
  room.write_queries(queries);
  room.write("a.txt", "Port", "The port opened.");
  room.write("b.txt", "Port", "The port closed.");
  std::array<int, 2> out{};
  REQUIRE(::pipe(out.data()) == 0);
  const auto program = index_program().string();
  const auto db = room.bench.db().string();
  const auto file = room.queries().string();
  const auto articles = room.bench.articles().string();
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(out[1], STDOUT_FILENO);
    ::execl(program.c_str(), program.c_str(), "--db", db.c_str(), "--quiet", "--alerts",
            file.c_str(), articles.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(out[1]);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!fs::exists(room.bench.db() / "CURRENT") && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(out[0]);
  REQUIRE(WIFSIGNALED(status));
  CHECK(json_records(room.run().out).size() == 1'000);
  CHECK(room.alerts().empty());
}

TEST_CASE("a watch tells each alert once, by the queries as they stand when an article comes",
          "[cli][alerts][watch]") {
  const Newsroom room;
  room.write_queries("port\n");
  room.write("a.txt", "Port", "The port opened.");
  BackgroundProgram watch(index_program(),
                          {"--db", room.bench.db().string(), "--watch", "--alerts",
                           room.queries().string(), room.bench.articles().string()});
  const auto next_alert = [&] { return Newsroom::shown(watch.next_line().value_or("")); };
  CHECK(next_alert() == "1 a.txt new\n");
  REQUIRE(watch.says("watching "));
  room.write("b.txt", "Port", "The port closed.");
  CHECK(next_alert() == "1 b.txt new\n");

  room.write_queries("port\ntram\n");
  room.write("c.txt", "Tram", "The tram stopped.");
  CHECK(next_alert() == "2 c.txt new\n");

  room.write_queries("(port\n");
  room.write("d.txt", "Port", "The port froze.");
  CHECK(watch.says("q:1: "));
  CHECK(watch.says("the queries read before stay in force"));
  CHECK(next_alert() == "1 d.txt new\n");

  watch.signal(SIGTERM);
  const auto done = watch.finish();
  CHECK(done.exit_code == 0);
  CHECK(done.out.empty());
}

TEST_CASE("where the memory of alerts is damaged, that is said and every match told again",
          "[cli][alerts]") {
  const Newsroom room;
  room.write_queries("port\n");
  room.write("a.txt", "Port", "The port opened.");
  CHECK(room.alerts() == "1 a.txt new\n");
  for (const std::string damaged : {"", "{", "{\"generation\":\"x\"}", "[1]"}) {
    fs::path memory;
    for (const auto& entry : fs::directory_iterator(room.bench.db()))
      if (entry.path().filename().string().starts_with("alerted-")) memory = entry.path();
    REQUIRE(fs::exists(memory));
    std::ofstream(memory) << damaged;
    const auto run = room.run();
    INFO(damaged << run.err);
    CHECK(run.exit_code == 0);
    CHECK(Newsroom::shown(run.out) == "1 a.txt new\n");
    CHECK_THAT(run.err, Contains(memory.filename().string()));
    CHECK(room.alerts().empty());
  }
}
