// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <random>

#include "tests/support/articles.h"
#include "tests/support/damage.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

/// An index of two segments, tombstones and two generations.
void make_index(const Workbench& bench) {
  std::vector<ArticleRecord> records;
  for (int i = 0; i < 30; ++i)
    records.push_back({fmt::format("a{}", i), fmt::format("Storm {}", i),
                       fmt::format("Maria Novak met Tomas Kern in Kyiv. The bridge {} fell.", i),
                       i % 2 == 0 ? "Wire" : "Gazette", fmt::format("2023-01-{:02}", 1 + i % 28)});
  bench.write("a.jsonl", json_lines(records));
  REQUIRE(bench.index({"--keep-generations", "2", bench.articles().string()}).exit_code == 0);
  records[3].text = "The tunnel under Kyiv opened.";
  records.pop_back();
  bench.write("a.jsonl", json_lines(records));
  REQUIRE(bench.index().exit_code == 0);
}

Run check(const Workbench& bench) { return bench.index({"--check"}); }

/// What a reader is told, whichever generation it asks for.
Run ask(const Workbench& bench, const std::vector<std::string>& options = {}) {
  const std::string queries =
      "bridge\nstorm\ntunnel\n\"maria novak\"\nfall\n{\"query\":\"\",\"source\":\"Wire\"}\n"
      "{\"query\":\"kyiv\",\"date\":[\"2023-01-05..\"],\"sort\":\"newest\"}\n";
  std::vector<std::string> arguments{"--batch", "-", "-n", "50", "--facet-values", "50"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return bench.search(arguments, {.input = queries});
}

/// Whether a reader of a damaged index was refused, or told what it was told before.
bool is_refused_or_same(const Run& now, const Run& before) {
  if (now.exit_code == before.exit_code && now.out == before.out) return true;
  return now.exit_code == 6 || now.exit_code == 3;
}

}  // namespace

TEST_CASE("a whole index is said to be whole, and how much of it was read", "[cli][check]") {
  const Workbench bench;
  make_index(bench);
  const auto run = bench.index({"--check", "--format", "json"});
  REQUIRE(run.exit_code == 0);
  const auto report = Json::parse(run.out);
  CHECK(report["whole"] == true);
  CHECK(report["generation"] == 2);
  CHECK(report["generations"] == Json::array({1, 2}));
  CHECK(report["segments"] == 2);
  CHECK(report["rows"] == 31);
  CHECK(report["problems"].empty());
  CHECK(report["files"] == files_of_index(bench.db()).size());
  CHECK_THAT(check(bench).out, Contains("the index is whole"));
}

TEST_CASE("an index is checked where nothing may be written, and nothing is changed",
          "[cli][check]") {
  const Workbench bench;
  make_index(bench);
  fs::remove(bench.db() / "writer.lock");
  std::vector<fs::file_time_type> before;
  for (const auto& file : files_of_index(bench.db())) before.push_back(fs::last_write_time(file));
  fs::permissions(bench.db(), fs::perms::owner_read | fs::perms::owner_exec);
  const auto run = check(bench);
  const auto status = bench.index({"--status"});
  fs::permissions(bench.db(), fs::perms::owner_all);
  CHECK(run.exit_code == 0);
  CHECK(status.exit_code == 0);
  std::vector<fs::file_time_type> after;
  for (const auto& file : files_of_index(bench.db())) after.push_back(fs::last_write_time(file));
  CHECK(before == after);
  CHECK_FALSE(fs::exists(bench.db() / "writer.lock"));
}

TEST_CASE("a check finds every changed byte of every file", "[cli][check]") {
  const Workbench bench;
  make_index(bench);
  std::mt19937 random(1);
  std::size_t found = 0;
  for (const auto& file : files_of_index(bench.db())) {
    const auto bytes = fs::file_size(file);
    for (int i = 0; i < 20; ++i) {
      const auto offset = random() % bytes;
      const auto bits = static_cast<std::uint8_t>(1U << random() % 8);
      flip(file, offset, bits);
      const auto run = check(bench);
      INFO(file << " byte " << offset << ": " << run.out << run.err);
      CHECK(run.exit_code == 6);
      CHECK_THAT(run.out, Contains(file.string()));
      found += run.exit_code == 6 ? 1 : 0;
      flip(file, offset, bits);
    }
  }
  CHECK(found == 20 * files_of_index(bench.db()).size());
  CHECK(check(bench).exit_code == 0);
}

TEST_CASE("a check finds files that are cut short, missing or in another's place", "[cli][check]") {
  const Workbench bench;
  make_index(bench);
  const TempDir kept;
  copy_folder(bench.db(), kept / "index");
  const auto whole = ask(bench);
  const auto expect_damage = [&](const std::string& what) {
    INFO(what);
    const auto run = check(bench);
    CHECK(run.exit_code == 6);
    CHECK_FALSE(run.out.empty());
    CHECK(is_refused_or_same(ask(bench), whole));
    copy_folder(kept / "index", bench.db());
  };
  for (const auto& file : files_of_index(bench.db())) {
    for (const auto part : {0, 3, 9}) {
      fs::resize_file(file, fs::file_size(file) * static_cast<unsigned>(part) / 10);
      expect_damage(fmt::format("{} cut to {} tenths", file.string(), part));
    }
    if (file.filename() == "manifest-000001") continue;  // without it, generation 1 is not kept
    fs::remove(file);
    expect_damage("without " + file.string());
  }
  for (const auto* name : {"columns", "lists", "postings.glass"}) {
    const auto one = bench.db() / "seg-000001" / name;
    const auto other = bench.db() / "seg-000002" / name;
    fs::rename(one, bench.db() / "aside");
    fs::rename(other, one);
    fs::rename(bench.db() / "aside", other);
    expect_damage(fmt::format("{} of two segments exchanged", name));
  }
  for (const auto* number : {"7\n", "02\n", "2", "2x", "two\n", "-2\n", "0\n"}) {
    fs::remove(bench.db() / "CURRENT");
    REQUIRE(run_program("/bin/sh", {"-c", "cat > \"$0\"", (bench.db() / "CURRENT").string()},
                        {.input = number})
                .exit_code == 0);
    expect_damage(fmt::format("CURRENT of '{}'", number));
  }
}

TEST_CASE("a damage is told with the file, what is wrong and who is affected", "[cli][check]") {
  const Workbench bench;
  make_index(bench);
  const auto file = bench.db() / "seg-000001" / "columns";
  constexpr std::size_t header = 64;
  flip(file, header, 0x10);  // the first section's first byte
  const auto run = check(bench);
  CHECK_THAT(run.out, Contains("seg-000001/columns") && Contains("does not match its checksum") &&
                          Contains("the 30 articles of seg-000001 cannot be relied on") &&
                          Contains("the index is damaged: 1 problem found"));
  const auto report = Json::parse(bench.index({"--check", "--format", "json"}).out);
  CHECK(report["whole"] == false);
  CHECK(report["problems"][0]["part"] == "seg-000001");
  CHECK(report["problems"][0]["file"] == file.string());
}

TEST_CASE("a search over damaged postings ends as searches do", "[cli][check]") {
  const Workbench bench;
  make_index(bench);
  const auto whole = ask(bench);
  std::mt19937 random(3);
  std::size_t unnoticed = 0;
  constexpr std::size_t flips = 100;
  for (std::size_t i = 0; i < flips; ++i) {
    const auto file = bench.db() / (i % 2 == 0 ? "seg-000001" : "seg-000002") / "postings.glass";
    const auto offset = random() % fs::file_size(file);
    const auto bits = static_cast<std::uint8_t>(1U << random() % 8);
    flip(file, offset, bits);
    const auto run = ask(bench);
    INFO(file << " byte " << offset << ": " << run.exit_code << ' ' << run.err);
    CHECK((run.exit_code == 0 || run.exit_code == 6));
    if (run.exit_code == 0 && run.out != whole.out) ++unnoticed;
    CHECK(check(bench).exit_code == 6);
    flip(file, offset, bits);
  }
  WARN(unnoticed << " of " << flips << " damages altered an answer that a search still gave");
}

TEST_CASE("a search of a damaged index is refused or answers as before", "[cli][check]") {
  const Workbench bench;
  make_index(bench);
  const auto whole = ask(bench);
  REQUIRE(whole.exit_code == 0);
  std::mt19937 random(2);
  for (const auto& file : files_of_index(bench.db())) {
    const auto name = file.filename().string();
    if (name == "postings.glass") continue;  // the next test's
    const auto bytes = fs::file_size(file);
    for (int i = 0; i < 20; ++i) {
      const auto offset = random() % bytes;
      const auto bits = static_cast<std::uint8_t>(1U << random() % 8);
      flip(file, offset, bits);
      const auto run = ask(bench);
      INFO(file << " byte " << offset << ": " << run.exit_code << ' ' << run.err);
      CHECK(is_refused_or_same(run, whole));
      flip(file, offset, bits);
    }
  }
}
