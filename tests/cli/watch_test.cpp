// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

#include "common/file_io.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

std::string story(std::string_view word) {
  return fmt::format("Story\n\nThe {} opened on Monday.\n", word);
}

/// A watch of a workbench's articles, past its first round.
class Watched {
 public:
  explicit Watched(const Workbench& bench, std::vector<std::string> more = {})
      : bench_(bench), program_(index_program(), arguments(bench, std::move(more))) {
    if (!program_.says("watching ")) FAIL("no watch: " << program_.err());
  }

  BackgroundProgram& program() { return program_; }

  /// Waits until the index has so many articles with this word, by the reports of publishes alone.
  bool comes_to(int total, const std::string& word) {
    const auto end = std::chrono::steady_clock::now() + BackgroundProgram::soon;
    while (bench_.answer({word})["total"] != total) {
      const auto left = end - std::chrono::steady_clock::now();
      const auto line =
          program_.next_line(std::chrono::duration_cast<std::chrono::milliseconds>(left));
      if (!line) return false;
      reports_.push_back(Json::parse(*line));
    }
    return true;
  }

  /// The reports of publishes so far, those that nobody waited for included.
  const std::vector<Json>& reports() {
    while (const auto line = program_.next_line(0ms)) reports_.push_back(Json::parse(*line));
    return reports_;
  }

  /// Ends it as a service is ended.
  Run stop(int number = SIGTERM) {
    program_.signal(number);
    return program_.finish();
  }

 private:
  static std::vector<std::string> arguments(const Workbench& bench, std::vector<std::string> more) {
    std::vector<std::string> all{"--db",  bench.db().string(),      "--watch", "--format",
                                 "jsonl", bench.articles().string()};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  const Workbench& bench_;
  BackgroundProgram program_;
  std::vector<Json> reports_;
};

}  // namespace

TEST_CASE("a watch publishes what is added, changed, moved and deleted", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  Watched watch(bench);
  CHECK(watch.comes_to(1, "bridge"));

  bench.write("two.txt", story("tunnel"));
  CHECK(watch.comes_to(1, "tunnel"));

  bench.write("two.txt", story("ferry"));
  CHECK(watch.comes_to(1, "ferry"));
  CHECK(bench.answer({"tunnel"})["total"] == 0);

  fs::rename(bench.articles() / "two.txt", bench.articles() / "three.txt");
  const auto moved = [&] { return bench.ids({"ferry"}) == std::vector<std::string>{"three.txt"}; };
  while (!moved()) REQUIRE(watch.program().next_line());

  fs::remove(bench.articles() / "one.txt");
  CHECK(watch.comes_to(0, "bridge"));
  CHECK(watch.stop().exit_code == 0);
}

TEST_CASE("a watch sees editors save by renaming, and logs being rotated", "[cli][watch]") {
  const Workbench bench;
  const auto file =
      bench.write("news.jsonl", json_line({"1", "One", "The bridge opened.", "", ""}));
  Watched watch(bench);
  CHECK(watch.comes_to(1, "bridge"));

  const auto temporary =
      bench.write(".news.jsonl.swp", json_line({"1", "One", "The tunnel opened.", "", ""}));
  fs::rename(temporary, file);
  CHECK(watch.comes_to(1, "tunnel"));

  fs::rename(file, bench.articles() / "news.1.jsonl");
  bench.write("news.jsonl", json_line({"2", "Two", "The ferry sailed.", "", ""}));
  CHECK(watch.comes_to(1, "ferry"));
  CHECK(bench.answer({"tunnel"})["total"] == 1);

  std::ofstream(file, std::ios::app) << json_line({"3", "Three", "The harbour froze.", "", ""});
  CHECK(watch.comes_to(1, "harbour"));
  CHECK(watch.stop().exit_code == 0);
}

TEST_CASE("a watch sees new folders with all that is in them, and follows moved ones",
          "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  const TempDir elsewhere;
  elsewhere.write("new/deep/two.txt", story("tunnel"));
  Watched watch(bench);

  fs::rename(elsewhere / "new", bench.articles() / "new");
  CHECK(watch.comes_to(1, "tunnel"));
  bench.write("new/deep/three.txt", story("ferry"));
  CHECK(watch.comes_to(1, "ferry"));

  fs::rename(bench.articles() / "new", bench.articles() / "renamed");
  while (bench.ids({"tunnel"}) != std::vector<std::string>{"renamed/deep/two.txt"})
    REQUIRE(watch.program().next_line());
  bench.write("renamed/deep/four.txt", story("harbour"));
  CHECK(watch.comes_to(1, "harbour"));

  for (int i = 0; i < 20; ++i) bench.write(fmt::format("f{0}/g{0}/h.txt", i), story("lighthouse"));
  CHECK(watch.comes_to(20, "lighthouse"));
  CHECK(watch.stop().exit_code == 0);
}

TEST_CASE("a burst of 500 files is few publishes", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  Watched watch(bench);
  for (int i = 0; i < 500; ++i) {
    bench.write(fmt::format("{}.txt", i), story("tunnel"));
    std::this_thread::sleep_for(6ms);  // for the burst to outlast many a round
  }
  CHECK(watch.comes_to(500, "tunnel"));
  // The first is the watch's own beginning.
  CHECK(watch.reports().size() <= 1 + 3);
  CHECK(watch.stop().exit_code == 0);
}

TEST_CASE("changes that never pause are published all the same", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  Watched watch(bench);
  std::size_t written = 0;
  const auto end = std::chrono::steady_clock::now() + BackgroundProgram::soon;
  // Changes at a tenth of the pause that ends a burst.
  while (watch.reports().size() < 2 && std::chrono::steady_clock::now() < end) {
    bench.write("wave.txt", story(fmt::format("wave {}", ++written)));
    std::this_thread::sleep_for(50ms);
  }
  CHECK(watch.reports().size() >= 2);
  // A file may be read while it is half written; its last writing is a change of its own.
  CHECK(watch.comes_to(1, fmt::format("\"wave {}\"", written)));
  CHECK(watch.stop().exit_code == 0);
}

TEST_CASE("a watch misses nothing when the system loses events", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  bench.write("a.txt", story("ferry"));
  Watched watch(bench);
  std::size_t queue = 0;
  std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> queue;
  if (queue == 0 || queue > 100'000) {
    WARN("not run: the queue of events is " << queue << " long");
    return;
  }
  watch.program().signal(SIGSTOP);
  // Alternating, for equal events that follow each other are one.
  for (std::size_t i = 0; i <= queue / 2 + 1; ++i) {
    fs::last_write_time(bench.articles() / "one.txt", fs::file_time_type::clock::now());
    fs::last_write_time(bench.articles() / "a.txt", fs::file_time_type::clock::now());
  }
  bench.write("new/two.txt", story("tunnel"));
  watch.program().signal(SIGCONT);
  CHECK(watch.program().says("more changed at once than the system tells of"));
  CHECK(watch.comes_to(1, "tunnel"));
  bench.write("new/three.txt", story("harbour"));  // in a folder whose creation nobody told of
  CHECK(watch.comes_to(1, "harbour"));
  CHECK(watch.stop().exit_code == 0);
}

TEST_CASE("a set that goes and comes back keeps its articles; others are followed meanwhile",
          "[cli][watch]") {
  const Workbench bench;
  bench.write("a/one.txt", story("bridge"));
  bench.write("b/two.txt", story("tunnel"));
  const auto a = bench.articles() / "a";
  const auto b = bench.articles() / "b";
  REQUIRE(bench.index({a.string(), b.string()}).exit_code == 0);
  BackgroundProgram watch(index_program(), {"--db", bench.db().string(), "--watch"});
  REQUIRE(watch.says("watching 2 article sets"));

  const TempDir away;
  fs::rename(b, away / "b");
  CHECK(watch.says("b' is gone; its articles stay"));
  bench.write("a/three.txt", story("ferry"));
  REQUIRE(watch.next_line());
  CHECK(bench.answer({"ferry"})["total"] == 1);
  CHECK(bench.answer({"tunnel"})["total"] == 1);

  away.write("b/four.txt", story("harbour"));
  fs::rename(away / "b", b);
  CHECK(watch.says("b' is back"));
  REQUIRE(watch.next_line());
  CHECK(bench.answer({"harbour"})["total"] == 1);
  bench.write("b/five.txt", story("lighthouse"));
  REQUIRE(watch.next_line());
  CHECK(bench.answer({"lighthouse"})["total"] == 1);
  watch.signal(SIGTERM);
  CHECK(watch.finish().exit_code == 0);
}

TEST_CASE("a set that is unmounted keeps its articles until it is mounted again", "[cli][watch]") {
  const TempDir dir;
  fs::create_directory(dir / "set");
  dir.write("one.txt", story("bridge"));
  dir.write("two.txt", story("tunnel"));
  const RunOptions options{.environment = {{"PATH", index_program().parent_path().string() +
                                                        ":/usr/bin:/bin:/usr/sbin:/sbin"}},
                           .folder = dir.path()};
  // In a mount namespace of its own, which takes no root.
  const std::vector<std::string> as_mounter{"60", "unshare", "-Urm", "sh", "-c"};
  const auto in_namespace = [&](const std::string& script) {
    auto arguments = as_mounter;
    arguments.push_back(script);
    return run_program("/usr/bin/timeout", arguments, options);
  };
  if (in_namespace("mount -t tmpfs none set").exit_code != 0) {
    WARN("not run: no file system can be mounted here");
    return;
  }
  const auto run = in_namespace(R"(
    until_says() { until grep -q "$1" err out; do sleep 0.1; done; }
    mount -t tmpfs none set && cp one.txt set && dateline-index --db index --quiet set >first || exit 9
    dateline-index --db index --watch >out 2>err & watch=$!
    until_says watching
    umount set
    until_says 'is gone; its articles stay'
    dateline-search --db index --count bridge
    mount -t tmpfs none set && cp one.txt two.txt set
    until_says 'is back'
    until_says 'generation 2'
    dateline-search --db index --count bridge
    dateline-search --db index --count tunnel
    kill $watch; wait $watch; echo $?)");
  INFO(run.err);
  CHECK(run.out == "1\n1\n1\n0\n");
}

TEST_CASE("a set that is one file is followed through replacing and deleting", "[cli][watch]") {
  const Workbench bench;
  const auto file =
      bench.write("news.jsonl", json_line({"1", "One", "The bridge opened.", "", ""}));
  REQUIRE(bench.index({file.string()}).exit_code == 0);
  BackgroundProgram watch(index_program(), {"--db", bench.db().string(), "--watch"});
  REQUIRE(watch.says("watching 1 article set"));
  fs::rename(bench.write("new", json_line({"1", "One", "The tunnel opened.", "", ""})), file);
  REQUIRE(watch.next_line());
  CHECK(bench.answer({"tunnel"})["total"] == 1);
  fs::remove(file);
  CHECK(watch.says("is gone"));
  CHECK(bench.answer({"tunnel"})["total"] == 1);
  bench.write("news.jsonl", json_line({"1", "One", "The ferry sailed.", "", ""}));
  REQUIRE(watch.next_line());
  CHECK(bench.answer({"ferry"})["total"] == 1);
}

TEST_CASE("an index and a log inside the set make no rounds of their own", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  const auto inside = bench.articles() / "index";
  const auto log = bench.articles() / "dateline.log";
  BackgroundProgram watch(index_program(),
                          {"--db", inside.string(), "--watch", "--format", "jsonl", "--log",
                           log.string(), "--exclude", "*.log", bench.articles().string()});
  REQUIRE(watch.says("watching "));
  REQUIRE(watch.next_line());
  bench.write("two.txt", story("tunnel"));
  REQUIRE(watch.next_line());
  // Were its own writing news, a round would follow the last within a second.
  CHECK_FALSE(watch.next_line(3s));
  std::size_t rounds = 0;
  for (const auto& line : json_records(read_text(log))) rounds += line["event"] == "run started";
  CHECK(rounds <= 4);
  watch.signal(SIGTERM);
  CHECK(watch.finish().exit_code == 0);
}

TEST_CASE("a watch that is idle ends cleanly", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  for (const int number : {SIGTERM, SIGINT}) {
    Watched watch(bench);
    const auto run = watch.stop(number);
    CHECK(run.exit_code == 0);
    CHECK(bench.answer({"bridge"})["total"] == 1);
  }
}

TEST_CASE("a watch that is told to end while it indexes leaves the index whole", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  Watched watch(bench);
  for (int i = 0; i < 1'000; ++i) bench.write(fmt::format("{}.txt", i), story("tunnel"));
  const auto end = std::chrono::steady_clock::now() + BackgroundProgram::soon;
  while (!fs::exists(bench.db() / "dateline-work") && std::chrono::steady_clock::now() < end)
    std::this_thread::yield();
  const auto run = watch.stop();
  CHECK(run.exit_code == 0);
  CHECK(bench.answer({"bridge"})["total"] == 1);
  CHECK_FALSE(fs::exists(bench.db() / "dateline-work"));
  REQUIRE(bench.index({"--quiet", bench.articles().string()}).exit_code == 0);
  CHECK(bench.answer({"tunnel"})["total"] == 1'000);
}

TEST_CASE("between rounds others may write, and a set that they add is followed", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  Watched watch(bench, {"--log", "-"});
  REQUIRE(watch.program().says("run ended"));  // the second round, after which it is idle
  const TempDir more;
  more.write("two.txt", story("tunnel"));
  REQUIRE(bench.index({more.path().string()}).exit_code == 0);
  CHECK(watch.program().says("watching 2 article sets"));
  more.write("three.txt", story("ferry"));
  CHECK(watch.comes_to(1, "ferry"));
  CHECK(watch.stop().exit_code == 0);
}

TEST_CASE("a round waits for another writer, and the wait ends with the watch", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  Watched watch(bench, {"--log", "-"});
  CHECK(watch.comes_to(1, "bridge"));
  FileDescriptor lock;
  const auto take_lock = [&] {
    lock = FileDescriptor(::open((bench.db() / "writer.lock").c_str(), O_RDWR | O_CLOEXEC));
    REQUIRE(::flock(lock.get(), LOCK_EX) == 0);
  };
  take_lock();
  bench.write("two.txt", story("tunnel"));
  CHECK(watch.program().says("lock waited for"));
  CHECK(bench.answer({"tunnel"})["total"] == 0);
  lock = FileDescriptor();
  CHECK(watch.comes_to(1, "tunnel"));

  take_lock();
  bench.write("three.txt", story("ferry"));
  CHECK(watch.program().says("lock waited for"));
  CHECK(watch.stop().exit_code == 0);
}

TEST_CASE("a round that fails is told, tried again and ends no watch", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  Watched watch(bench);
  const auto rules = bench.db() / "aliases.tsv";
  std::ofstream(rules) << "nonsense\n";
  CHECK(watch.program().says("there is no action 'nonsense'"));
  bench.write("two.txt", story("tunnel"));
  fs::remove(rules);
  CHECK(watch.comes_to(1, "tunnel"));
  CHECK(watch.stop().exit_code == 0);
}

TEST_CASE("a watch that is asked for the impossible ends at once", "[cli][watch]") {
  const Workbench bench;
  CHECK(bench.index({"--watch", "/nonexistent"}).exit_code == 2);
  CHECK(bench.index({"--watch"}).exit_code == 3);  // nothing is remembered yet
  CHECK(bench.index({"--watch", "--explain", "x"}).exit_code == 2);
}

TEST_CASE("a watch whose index is gone ends, and begins no other", "[cli][watch]") {
  const Workbench bench;
  bench.write("one.txt", story("bridge"));
  Watched watch(bench, {"--log", "-"});
  REQUIRE(watch.program().says("run ended"));  // the second round, after which it is idle
  fs::remove_all(bench.db());
  bench.write("two.txt", story("tunnel"));
  const auto run = watch.program().finish();
  CHECK(run.exit_code == 3);
  CHECK_THAT(run.err, Contains("no index at"));
  CHECK_FALSE(fs::exists(bench.db()));
}

TEST_CASE("the systemd units that are shipped call dateline-index as it can be called",
          "[cli][watch][docs]") {
  std::size_t commands = 0;
  for (const auto& entry : fs::directory_iterator(source_folder() / "docs" / "systemd")) {
    std::istringstream lines(read_text(entry.path()));
    const std::string start = "ExecStart=/usr/bin/dateline-index ";
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with(start)) continue;
      std::istringstream words(line.substr(start.size()));
      std::vector<std::string> arguments{std::istream_iterator<std::string>(words), {}};
      arguments.emplace_back("--help");  // which comes after the options are understood
      const auto run = dateline_index(arguments);
      INFO(line << '\n' << run.err);
      CHECK(run.exit_code == 0);
      ++commands;
    }
  }
  CHECK(commands == 2);
}

TEST_CASE("systemd has no fault to find with the units that are shipped", "[cli][watch][docs]") {
  const std::string analyse = "/usr/bin/systemd-analyze";
  if (!fs::exists(analyse)) {
    WARN("not run: there is no systemd-analyze");
    return;
  }
  const TempDir units;
  std::vector<std::string> arguments{"verify", "--man=no"};
  for (const auto& entry : fs::directory_iterator(source_folder() / "docs" / "systemd")) {
    auto text = read_text(entry.path());
    const std::string installed = "/usr/bin/dateline-index";
    if (const auto at = text.find(installed); at != std::string::npos)
      text.replace(at, installed.size(), index_program().string());
    arguments.push_back(units.write(entry.path().filename().string(), text).string());
  }
  const auto run = run_program(analyse, arguments);
  INFO(run.out << run.err);
  CHECK(run.exit_code == 0);
  CHECK(run.err.empty());
}
