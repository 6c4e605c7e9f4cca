// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "tests/support/articles.h"
#include "tests/support/column_bytes.h"

using namespace dateline;
using namespace dateline::test;

namespace {

namespace fs = std::filesystem;

using Sections = std::map<std::string, std::string>;

/// The arrays of a file of the one segment that an index has, by name.
Sections sections_of(const fs::path& index, const std::string& file) {
  Sections sections;
  for (const auto& folder : fs::directory_iterator(index)) {
    if (!folder.path().filename().string().starts_with("seg-")) continue;
    const auto bytes = read_text(folder.path() / file);
    for (const auto& s : column_sections(bytes)) {
      CHECK(sections.emplace(s.name, bytes.substr(s.offset, s.bytes)).second);
    }
  }
  return sections;
}

/// Without what tells when an article came, and in which document it is stored.
Sections columns_of_articles(const fs::path& index) {
  auto columns = sections_of(index, "columns");
  for (const auto* name : {"document", "first_seen", "last_changed", "changes", "changed_in"}) {
    REQUIRE(columns.erase(name) == 1);
  }
  return columns;
}

std::string english(int number, const std::string& word) {
  return fmt::format(
      R"({{"id":"e{0}","title":"The {1} of day {0}","text":"Ann Lee of Oxfam said in Paris that the {1} fell. {1} and {1}, she said.","source":"Wire {2}","author":["Bo Ray","Cy {2}"],"topics":["{1}"],"language":"en","date":"2024-03-{3:02}"}})"
      "\n",
      number, word, number % 3, number % 5 + 1);
}

std::string french(int number) {
  return fmt::format(
      R"({{"id":"f{0}","title":"Les élections {0}","text":"Les ministres réunis à Lyon ont parlé des élections.","language":"fr"}})"
      "\n",
      number);
}

void write_sets(const Workbench& bench, int first, const std::string& word) {
  std::string articles;
  for (int n = first; n < 24; ++n) articles += english(n, word + std::to_string(n / 2));
  bench.write("english.jsonl", articles);
}

}  // namespace

TEST_CASE("a merged segment holds what a clean build holds, and nothing of dead rows",
          "[cli][update]") {
  const Workbench bench;
  write_sets(bench, 0, "bridge");
  bench.write("french.jsonl", french(1) + french(2));
  REQUIRE(bench.index().exit_code == 0);
  write_sets(bench, 9, "bridge");
  bench.write("later.jsonl", english(30, "tunnel") + english(31, "bridge5"));
  REQUIRE(bench.index().exit_code == 0);
  fs::remove(bench.articles() / "french.jsonl");
  bench.write("later.jsonl", english(30, "harbour") + english(31, "bridge5"));
  REQUIRE(bench.index().exit_code == 0);
  REQUIRE(bench.index({"--optimise"}).exit_code == 0);
  CHECK(bench.index({"--check"}).exit_code == 0);

  const auto clean = bench.db().parent_path() / "clean";
  REQUIRE(dateline_index({"--db", clean.string(), bench.articles().string()}).exit_code == 0);
  const auto columns = columns_of_articles(bench.db());
  const auto expected = columns_of_articles(clean);
  CHECK(columns.size() == expected.size());
  for (const auto& [name, bytes] : expected) {
    INFO(name);
    CHECK((columns.contains(name) && columns.at(name) == bytes));
  }
  CHECK(columns.at("words.text").find("ministres") == std::string::npos);
  CHECK(columns.at("words.text").find("tunnel") == std::string::npos);
  CHECK(sections_of(bench.db(), "lists") == sections_of(clean, "lists"));
}
