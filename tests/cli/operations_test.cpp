// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <thread>

#include "common/index/generation_pin.h"
#include "tests/support/articles.h"
#include "tests/support/damage.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

void write_article(const Workbench& bench, int number, const std::string& what) {
  bench.write(fmt::format("{:03}.txt", number),
              fmt::format("Story {}\n\nThe {} number {} fell.\n", number, what, number));
}

void publish_round(const Workbench& bench, int round) {
  write_article(bench, round, "bridge");
  REQUIRE(bench.index({"--quiet", bench.articles().string()}).exit_code == 0);
}

Json status(const Workbench& bench) {
  const auto run = bench.index({"--status", "--format", "json"});
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  return Json::parse(run.out);
}

std::string answers_at(const fs::path& db) {
  const auto run = dateline_search({"--db", db.string(), "--batch", "-", "-n", "100"},
                                   {.input = "bridge\nstory\ntunnel\nfall\n"});
  CHECK(run.exit_code == 0);
  std::string text;
  for (auto record : json_records(run.out)) {
    record.erase("generation");
    text += record.dump() + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("as many generations stay whole as were asked for, and each still answers",
          "[cli][operations]") {
  const Workbench bench;
  write_article(bench, 0, "bridge");
  REQUIRE(bench.index({"--keep-generations", "3", bench.articles().string()}).exit_code == 0);
  for (int round = 1; round < 12; ++round) publish_round(bench, round);
  CHECK(generations_in(IndexLayout(bench.db())) == std::vector<std::uint64_t>{10, 11, 12});
  for (int generation = 10; generation <= 12; ++generation) {
    const auto answer = bench.answer({"bridge", "--snapshot", std::to_string(generation)});
    CHECK(answer["total"] == generation);
    CHECK(answer["generation"] == generation);
  }
  CHECK(bench.search({"bridge", "--snapshot", "9"}).exit_code == 3);
  CHECK(bench.index({"--check"}).exit_code == 0);
}

TEST_CASE("generations that are no longer wanted give their space back at once",
          "[cli][operations]") {
  const Workbench bench;
  write_article(bench, 0, "bridge");
  REQUIRE(bench.index({"--keep-generations", "5", bench.articles().string()}).exit_code == 0);
  for (int round = 1; round < 4; ++round) publish_round(bench, round);
  CHECK(status(bench)["kept_generations"].size() == 3);
  REQUIRE(bench.index({"--keep-generations", "1"}).exit_code == 0);
  CHECK(status(bench)["kept_generations"].empty());
  CHECK(status(bench)["bytes"]["older_generations"] == 0);
  CHECK(generations_in(IndexLayout(bench.db())).size() == 1);
}

TEST_CASE("a generation that a reader has pinned stays until it is let go", "[cli][operations]") {
  const Workbench bench;
  publish_round(bench, 0);
  {
    const auto pin = GenerationPin::of_current(IndexLayout(bench.db()));
    CHECK(pin.generation() == 1);
    publish_round(bench, 1);
    publish_round(bench, 2);
    CHECK(generations_in(IndexLayout(bench.db())) == std::vector<std::uint64_t>{1, 3});
    CHECK(bench.answer({"bridge", "--snapshot", "1"})["total"] == 1);
  }
  publish_round(bench, 3);
  CHECK(generations_in(IndexLayout(bench.db())) == std::vector<std::uint64_t>{4});
}

TEST_CASE("the status tells articles, sets, segments, bytes and what was refused",
          "[cli][operations]") {
  const Workbench bench;
  publish_round(bench, 0);
  publish_round(bench, 1);
  bench.write("bad.jsonl", "{\"title\":\n");
  REQUIRE(bench.index({"--exclude", "*.bak", bench.articles().string()}).exit_code == 4);
  const auto s = status(bench);
  CHECK(s["articles"] == 2);
  CHECK(s["undated"] == 2);
  CHECK(s["sets"].size() == 1);
  CHECK(s["sets"][0]["root"] == bench.articles().string());
  CHECK(s["sets"][0]["files"] == 3);
  CHECK(s["sets"][0]["articles"] == 2);
  CHECK(s["sets"][0]["exclude"] == Json::array({"*.bak"}));
  CHECK(s["refused"] == 1);
  CHECK(s["refusals"][0]["path"] == (bench.articles() / "bad.jsonl").string());
  CHECK(s["segments"].size() == 2);
  CHECK(s["writer"].is_null());
  CHECK(s["last_run"]["exit_code"] == 4);
  CHECK(s["last_run"]["refused"] == 1);
  CHECK(s["last_run"]["generation"] == 3);
  std::uint64_t on_disk = 0;
  for (const auto& file : files_of_index(bench.db()))
    if (file.filename() != "CURRENT") on_disk += fs::file_size(file);
  CHECK(s["bytes"]["total"] == on_disk);
  const auto text = bench.index({"--status"}).out;
  CHECK_THAT(text, Contains("articles    2") && Contains("bad.jsonl") && Contains("not *.bak"));
}

TEST_CASE("the last run is remembered also when it published nothing, and when it failed",
          "[cli][operations]") {
  const Workbench bench;
  publish_round(bench, 0);
  publish_round(bench, 0);
  auto last = status(bench)["last_run"];
  CHECK(last["published"] == false);
  CHECK(last["unchanged"] == 1);
  CHECK(last["exit_code"] == 0);
  fs::remove_all(bench.articles());
  REQUIRE(bench.index({"--quiet", "--rebuild"}).exit_code == 2);
  last = status(bench)["last_run"];
  CHECK(last["exit_code"] == 2);
  CHECK_THAT(last["problem"].get<std::string>(), Contains("is not there"));
}

TEST_CASE("the status tells who is writing", "[cli][operations]") {
  const Workbench bench;
  publish_round(bench, 0);
  const auto fifo = bench.articles() / "list";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const auto lock = bench.db() / "writer.lock";
  const auto child = ::fork();
  if (child == 0) {
    ::execl("/usr/bin/flock", "flock", lock.c_str(), "cat", fifo.c_str(), nullptr);
    ::_exit(127);
  }
  // Opening the pipe for writing returns as soon as the child, which has the lock, reads it.
  const int writing = ::open(fifo.c_str(), O_WRONLY);
  REQUIRE(writing >= 0);
  CHECK_FALSE(status(bench)["writer"].is_null());
  ::close(writing);
  REQUIRE(::waitpid(child, nullptr, 0) == child);
  CHECK(status(bench)["writer"].is_null());
}

TEST_CASE("optimising leaves one segment without dead rows and the same answers",
          "[cli][operations]") {
  const Workbench bench;
  for (int round = 0; round < 6; ++round) publish_round(bench, round);
  write_article(bench, 2, "tunnel");
  REQUIRE(bench.index({"--quiet", bench.articles().string()}).exit_code == 0);
  const auto before = answers_at(bench.db());
  const auto segments = status(bench)["segments"].size();
  REQUIRE(segments > 1);
  const auto run = bench.index({"--optimise", "--format", "json"});
  REQUIRE(run.exit_code == 0);
  const auto report = Json::parse(run.out);
  CHECK(report["published"] == true);
  CHECK(report["segments_before"] == segments);
  CHECK(report["segments"] == 1);
  CHECK(report["bytes"] < report["bytes_before"]);
  CHECK(answers_at(bench.db()) == before);
  CHECK(status(bench)["segments"][0]["dead"] == 0);
  CHECK(status(bench)["last_run"]["command"] == "optimise");
  CHECK(bench.index({"--check"}).exit_code == 0);
  CHECK(Json::parse(bench.index({"--optimise", "--format", "json"}).out)["published"] == false);
  CHECK(Json::parse(bench.index({"--format", "json"}).out)["published"] == false);
}

TEST_CASE("a backup is an index that survives its original", "[cli][operations]") {
  const Workbench bench;
  for (int round = 0; round < 3; ++round) publish_round(bench, round);
  const auto copy = bench.articles().parent_path() / "copy";
  const auto before = answers_at(bench.db());
  const auto run = bench.index({"--backup", copy.string(), "--format", "json"});
  REQUIRE(run.exit_code == 0);
  CHECK(Json::parse(run.out)["generation"] == 3);
  CHECK((fs::status(copy).permissions() & fs::perms::all) == fs::perms::owner_all);
  for (const auto& file : files_of_index(copy)) {
    INFO(file);
    CHECK((fs::status(file).permissions() & fs::perms::all) ==
          (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(fs::hard_link_count(file) == 1);
  }
  for (const auto& file : files_of_index(bench.db())) fs::resize_file(file, 0);
  CHECK(answers_at(copy) == before);
  CHECK(dateline_index({"--db", copy.string(), "--check"}).exit_code == 0);
}

TEST_CASE("a later backup copies only what is new and removes what is obsolete",
          "[cli][operations]") {
  const Workbench bench;
  for (int round = 0; round < 3; ++round) publish_round(bench, round);
  const auto copy = bench.articles().parent_path() / "copy";
  REQUIRE(bench.index({"--backup", copy.string()}).exit_code == 0);
  publish_round(bench, 3);
  const auto second = Json::parse(bench.index({"--backup", copy.string(), "--format", "json"}).out);
  CHECK(second["files_kept"] == 9);
  CHECK(second["files_copied"] == 6);
  CHECK(answers_at(copy) == answers_at(bench.db()));
  REQUIRE(bench.index({"--optimise"}).exit_code == 0);
  REQUIRE(bench.index({"--backup", copy.string()}).exit_code == 0);
  CHECK(files_of_index(copy).size() == files_of_index(bench.db()).size());
  CHECK(answers_at(copy) == answers_at(bench.db()));
}

TEST_CASE("what the disk did to a backup, the next one puts right", "[cli][operations]") {
  const Workbench bench;
  publish_round(bench, 0);
  const auto copy = bench.articles().parent_path() / "copy";
  REQUIRE(bench.index({"--backup", copy.string()}).exit_code == 0);
  for (const auto& file : files_of_index(copy)) {
    INFO(file);
    flip(file, fs::file_size(file) / 2, 1);
    CHECK(bench.index({"--backup", copy.string()}).exit_code == 0);
    CHECK(dateline_index({"--db", copy.string(), "--check"}).exit_code == 0);
    CHECK(answers_at(copy) == answers_at(bench.db()));
  }
}

TEST_CASE("a damaged index does not replace a good backup", "[cli][operations]") {
  const Workbench bench;
  publish_round(bench, 0);
  const auto copy = bench.articles().parent_path() / "copy";
  REQUIRE(bench.index({"--backup", copy.string()}).exit_code == 0);
  const auto before = answers_at(copy);
  for (const auto* name : {"seg-000001/columns", "tables-000001", "catalogue-000001"}) {
    INFO(name);
    const auto file = bench.db() / name;
    flip(file, fs::file_size(file) / 2, 1);
    CHECK(bench.index({"--backup", copy.string()}).exit_code == 6);
    CHECK(answers_at(copy) == before);
    flip(file, fs::file_size(file) / 2, 1);
  }
}

TEST_CASE("a backup goes into no folder of anything else", "[cli][operations]") {
  const Workbench bench;
  publish_round(bench, 0);
  const Workbench other;
  publish_round(other, 7);
  publish_round(other, 8);
  const auto refused = [&](const fs::path& folder) {
    const auto run = bench.index({"--backup", folder.string()});
    return run.exit_code == 2 && run.out.empty();
  };
  CHECK(refused(bench.articles()));
  CHECK(refused(bench.db()));
  CHECK(refused(other.db()));
  const auto copy = bench.articles().parent_path() / "copy";
  REQUIRE(bench.index({"--backup", copy.string()}).exit_code == 0);
  write_article(bench, 1, "bridge");
  fs::remove_all(bench.db());
  REQUIRE(bench.index().exit_code == 0);
  CHECK(refused(copy));
  CHECK(answers_at(copy).find("001.txt") == std::string::npos);
}

TEST_CASE("a backup that fails leaves no folder behind, and says what to do", "[cli][operations]") {
  const Workbench bench;
  publish_round(bench, 0);
  const auto columns = bench.db() / "seg-000001" / "columns";
  flip(columns, fs::file_size(columns) / 2, 1);
  const auto above = bench.articles().parent_path() / "copies";
  for (const std::string name : {"copy", "copy/"}) {
    const auto run = bench.index({"--backup", (above / name).string()});
    CHECK(run.exit_code == 6);
    CHECK_FALSE(fs::exists(above / "copy"));
  }
  flip(columns, fs::file_size(columns) / 2, 1);

  const auto file = bench.write("../file", "mine\n");
  for (const auto& folder : {file, file / "copy"}) {
    const auto run = bench.index({"--backup", folder.string()});
    INFO(run.err);
    CHECK((run.exit_code == 2 || run.exit_code == 7));
    CHECK_THAT(run.err, Contains("  try: "));
  }
  CHECK(read_text(file) == "mine\n");
}

TEST_CASE("a backup goes into no index, and one that stands in an article set is no article",
          "[cli][operations]") {
  const Workbench bench;
  publish_round(bench, 0);
  fs::create_directory_symlink(bench.db(), bench.articles().parent_path() / "link");
  for (const auto& folder : {bench.db() / "copy", bench.db() / "." / "copies" / "copy",
                             bench.articles().parent_path() / "link" / "copy"}) {
    const auto run = bench.index({"--backup", folder.string()});
    INFO(run.err);
    CHECK(run.exit_code == 2);
    CHECK_FALSE(fs::exists(bench.db() / "copy"));
    CHECK_FALSE(fs::exists(bench.db() / "copies"));
  }
  bench.write("../index/aliases.tsv", "");  // which the backup copies
  REQUIRE(bench.index({"--backup", (bench.articles() / "copy").string()}).exit_code == 0);
  bench.write("cut-off/BACKUP", "");
  bench.write("cut-off/aliases.tsv.new", "merge\tperson\tA\tB\n");
  const auto report = Json::parse(bench.index({"--format", "json"}).out);
  CHECK(report["added"] == 0);
  CHECK(report["refused"] == 0);
}

TEST_CASE("a backup does not replace that of an index of other sets", "[cli][operations]") {
  const Workbench one;
  const Workbench other;
  one.write("1.txt", "One\n\nThe bridge opened.\n");
  other.write("2.txt", "Two\n\nThe bridge closed.\n");
  REQUIRE(one.index().exit_code == 0);
  REQUIRE(other.index().exit_code == 0);
  other.write("3.txt", "Three\n\nThe bridge fell.\n");
  REQUIRE(other.index().exit_code == 0);
  const auto folder = (one.articles() / "backup").string();
  REQUIRE(one.index({"--backup", folder}).exit_code == 0);
  const auto run = other.index({"--backup", folder});
  CHECK(run.exit_code == 2);
  CHECK_THAT(run.err, Contains("another index"));
  CHECK(dateline_search({"--db", folder, "bridge", "--count"}).out == "1\n");
}

TEST_CASE("backups made while a writer publishes are whole, each of one generation",
          "[cli][operations]") {
  const Workbench bench;
  publish_round(bench, 0);
  const auto copy = bench.articles().parent_path() / "copy";
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int round = 1; round < 15; ++round) {
      write_article(bench, round, "bridge");
      bench.index({"--quiet", bench.articles().string()});
    }
    done = true;
  });
  std::size_t made = 0;
  while (!done) {
    const auto run = bench.index({"--backup", copy.string(), "--format", "json"});
    INFO(run.err);
    CHECK(run.exit_code == 0);
    const auto answer =
        Json::parse(dateline_search({"--db", copy.string(), "bridge", "--format", "json"}).out);
    CHECK(answer["total"] == answer["generation"]);
    CHECK(dateline_index({"--db", copy.string(), "--check"}).exit_code == 0);
    ++made;
  }
  writer.join();
  CHECK(made > 0);
}

TEST_CASE("a backup that is killed leaves the earlier one answering, or none",
          "[cli][operations]") {
  const Workbench bench;
  for (int i = 0; i < 50; ++i) write_article(bench, i, "bridge");
  publish_round(bench, 50);
  const auto copy = bench.articles().parent_path() / "copy";
  std::size_t killed = 0;
  std::string earlier;
  for (int round = 0; round < 20; ++round) {
    const auto child = ::fork();
    if (child == 0) {
      ::execl(index_program().c_str(), "dateline-index", "--db", bench.db().c_str(), "--backup",
              copy.c_str(), "--format", "json", nullptr);
      ::_exit(127);
    }
    // Not a wait for something to happen: the moments at which the backup is cut off.
    std::this_thread::sleep_for(std::chrono::milliseconds(2 + 3 * (round % 10)));
    ::kill(child, SIGKILL);
    int ended = 0;
    REQUIRE(::waitpid(child, &ended, 0) == child);
    killed += WIFSIGNALED(ended) ? 1U : 0U;
    const auto run = dateline_search({"--db", copy.string(), "bridge", "-n", "0"});
    if (round < 10 && earlier.empty()) {
      CHECK((run.exit_code == 3 || run.exit_code == 0));
    } else {
      CHECK(run.exit_code == 0);
    }
    if (run.exit_code == 0) {
      CHECK(dateline_index({"--db", copy.string(), "--check"}).exit_code == 0);
      earlier = answers_at(copy);
    }
    if (round == 9) {
      REQUIRE(bench.index({"--backup", copy.string()}).exit_code == 0);
      earlier = answers_at(copy);
      publish_round(bench, 51);
    }
  }
  CHECK(killed > 0);
  REQUIRE(bench.index({"--backup", copy.string()}).exit_code == 0);
  CHECK(answers_at(copy) == answers_at(bench.db()));
}
