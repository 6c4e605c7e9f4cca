// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/support/articles.h"
#include "tests/support/damage.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

void write_article(const Workbench& bench, int number, const std::string& what) {
  bench.write(fmt::format("{:02}.txt", number),
              fmt::format("Story {}\n\nMaria Novak said in Kyiv that the {} number {} fell.\n",
                          number, what, number));
}

/// An index of two segments with tombstones: twelve articles, two of them changed, one removed.
void make_index(const Workbench& bench) {
  for (int i = 0; i < 13; ++i) write_article(bench, i, "bridge");
  REQUIRE(bench.index().exit_code == 0);
  write_article(bench, 3, "tunnel");
  write_article(bench, 4, "tunnel");
  fs::remove(bench.articles() / "12.txt");
  REQUIRE(bench.index().exit_code == 0);
}

/// Every answer, without the generation's number.
std::string answers(const Workbench& bench) {
  const std::string queries =
      "bridge\ntunnel\nstory\n\"maria novak\"\nfall\n-bridge\n{\"query\":\"kyiv\"}\n";
  const auto run =
      bench.search({"--batch", "-", "-n", "50", "--facet-values", "50"}, {.input = queries});
  INFO(run.err);
  CHECK(run.exit_code == 0);
  std::string text;
  for (auto record : json_records(run.out)) {
    record.erase("generation");
    text += record.dump() + '\n';
  }
  return text;
}

std::string answers_of_clean_build(const Workbench& bench) {
  const Workbench clean;
  REQUIRE(clean.index({bench.articles().string()}).exit_code == 0);
  return answers(clean);
}

Json repair(const Workbench& bench, int exit_code = 0) {
  const auto run = bench.index({"--repair", "--quiet", "--format", "json"});
  INFO(run.out << run.err);
  REQUIRE(run.exit_code == exit_code);
  return Json::parse(run.out);
}

void damage(const fs::path& file) { flip(file, fs::file_size(file) / 2, 0x10); }

}  // namespace

TEST_CASE("a whole index is not repaired", "[cli][repair]") {
  const Workbench bench;
  make_index(bench);
  const auto before = files_of_index(bench.db());
  const auto report = repair(bench);
  CHECK(report["whole_before"] == true);
  CHECK(report["done"].empty());
  CHECK(report["generation"] == 2);
  CHECK(files_of_index(bench.db()) == before);
}

TEST_CASE("after any one file is damaged or lost, a repaired index answers as a clean build",
          "[cli][repair]") {
  const Workbench bench;
  make_index(bench);
  const TempDir kept;
  copy_folder(bench.db(), kept / "index");
  const auto expected = answers_of_clean_build(bench);
  for (const auto* name : {"CURRENT", "tables-000002", "catalogue-000002", "seg-000001/columns",
                           "seg-000001/lists", "seg-000001/postings.glass", "seg-000002/columns",
                           "seg-000002/lists", "seg-000002/postings.glass"}) {
    for (const auto* how : {"flip", "cut", "remove"}) {
      INFO(name << ' ' << how);
      const auto file = bench.db() / name;
      if (std::string_view(how) == "remove") {
        fs::remove(file);
      } else if (std::string_view(how) == "cut") {
        fs::resize_file(file, fs::file_size(file) / 3);
      } else {
        damage(file);
      }
      REQUIRE(bench.index({"--check"}).exit_code == 6);
      const auto report = repair(bench);
      CHECK(report["whole_before"] == false);
      CHECK(report["lost"] == 0);
      CHECK(answers(bench) == expected);
      CHECK(bench.index({"--check"}).exit_code == 0);
      copy_folder(kept / "index", bench.db());
    }
  }
}

TEST_CASE("where only the catalogue is damaged, nothing is analysed again", "[cli][repair]") {
  const Workbench bench;
  make_index(bench);
  damage(bench.db() / "catalogue-000002");
  const auto report = repair(bench);
  CHECK(report["read_again"]["unchanged"] == 12);
  CHECK(report["read_again"]["added"] == 0);
  CHECK(report["read_again"]["changed"] == 0);
}

TEST_CASE("what was removed stays removed when the tables are made anew", "[cli][repair]") {
  const Workbench bench;
  make_index(bench);
  fs::remove(bench.db() / "tables-000002");
  repair(bench);
  CHECK(bench.ids({"story", "-n", "20"}).size() == 12);
  CHECK(bench.answer({"\"number 12\""})["total"] == 0);
  CHECK(bench.answer({"tunnel"})["total"] == 2);
}

TEST_CASE("a damaged manifest gives way to the newest generation that is whole", "[cli][repair]") {
  const Workbench bench;
  for (int i = 0; i < 5; ++i) write_article(bench, i, "bridge");
  REQUIRE(bench.index({"--keep-generations", "2", bench.articles().string()}).exit_code == 0);
  write_article(bench, 5, "tunnel");
  REQUIRE(bench.index().exit_code == 0);
  fs::resize_file(bench.db() / "manifest-000002", 100);
  const auto report = repair(bench);
  CHECK_THAT(report["done"][0].get<std::string>(), Contains("generation 1 in force"));
  CHECK(answers(bench) == answers_of_clean_build(bench));
  CHECK(bench.index({"--check"}).exit_code == 0);
}

TEST_CASE("without any manifest the segments answer, and the sets are to be named again",
          "[cli][repair]") {
  const Workbench bench;
  make_index(bench);
  fs::remove(bench.db() / "manifest-000002");
  const auto report = repair(bench, 6);
  CHECK_FALSE(report["not_updated"].is_null());
  CHECK(bench.answer({"tunnel"})["total"] == 2);
  CHECK(bench.answer({"\"bridge number 3\""})["total"] == 0);
  REQUIRE(bench.index({bench.articles().string()}).exit_code == 0);
  CHECK(answers(bench) == answers_of_clean_build(bench));
  CHECK(bench.index({"--check"}).exit_code == 0);
}

TEST_CASE("articles of a damaged segment whose files are gone are named, the rest stays",
          "[cli][repair]") {
  const Workbench bench;
  make_index(bench);
  damage(bench.db() / "seg-000002" / "columns");
  fs::remove(bench.articles() / "03.txt");
  const auto report = repair(bench, 6);
  CHECK(report["lost"] == 1);
  CHECK(report["lost_ids"] == Json::array({"03.txt"}));
  CHECK(bench.ids({"tunnel"}) == std::vector<std::string>{"04.txt"});
  CHECK(bench.answer({"bridge"})["total"] == 10);
  CHECK(bench.index({"--check"}).exit_code == 0);
}

TEST_CASE("a damaged segment is dropped also where the article sets are not there",
          "[cli][repair]") {
  const Workbench bench;
  make_index(bench);
  fs::remove(bench.db() / "seg-000002" / "postings.glass");
  fs::rename(bench.articles(), bench.articles().string() + ".away");
  const auto run = bench.index({"--repair", "--quiet"});
  CHECK(run.exit_code == 6);
  CHECK_THAT(run.out, Contains("lost 2 articles") && Contains("03.txt") && Contains("04.txt") &&
                          Contains("not up to date"));
  CHECK(bench.answer({"bridge"})["total"] == 10);
  fs::rename(bench.articles().string() + ".away", bench.articles());
  REQUIRE(bench.index().exit_code == 0);
  CHECK(answers(bench) == answers_of_clean_build(bench));
}

TEST_CASE("a folder in a file's place, or a file without measure, is damage that is repaired",
          "[cli][repair]") {
  const Workbench original;
  make_index(original);
  const auto expected = answers_of_clean_build(original);
  const auto kept = original.articles().parent_path() / "kept";
  copy_folder(original.db(), kept);
  constexpr std::uintmax_t beyond_measure = 65U << 20;
  auto places = files_of_index(original.db());
  places.push_back(original.db() / "seg-000002");
  for (const auto& damaged : places) {
    const bool was_folder = fs::is_directory(kept / fs::relative(damaged, original.db()));
    for (const bool is_other_kind : {true, false}) {
      if (was_folder && !is_other_kind) continue;
      INFO(damaged << (is_other_kind ? ": folder or file" : ": overlong"));
      copy_folder(kept, original.db());
      if (!is_other_kind) {
        fs::resize_file(damaged, beyond_measure);
      } else {
        fs::remove_all(damaged);
        if (was_folder) {
          original.write("../index/seg-000002", "a file");
        } else {
          fs::create_directory(damaged);
        }
      }
      const auto check = original.index({"--check"});
      CHECK(check.exit_code == 6);
      CHECK_THAT(check.out, Contains(damaged.filename().string()));
      CHECK(original.search({"bridge", "--snapshot", "2"}).exit_code != 70);
      // Where the manifest is gone, the sets are known no more.
      const auto repair = original.index({"--repair", original.articles().string()});
      INFO(repair.err << repair.out);
      CHECK(repair.exit_code == 0);
      CHECK(answers(original) == expected);
      CHECK(original.index({"--check"}).exit_code == 0);
    }
  }
}
