// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

void publish(const Workbench& bench) {
  const auto run = bench.index(
      {"--quiet", "--allow-mass-removal", "--keep-generations", "50", bench.articles().string()});
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
}

/// Generation 1 has old, same, stays and goes; in 2 one is altered, one moved, one gone, one new.
class ComparedGenerations {
 public:
  ComparedGenerations() {
    bench.write("stays.txt",
                "Harbour opens\n\nThe harbour of the old town was opened to ships on Monday.\n");
    bench.write("old.txt", "Bridge falls\n\nThe bridge fell.\n");
    bench.write("same.txt", "Tunnel built\n\nThe tunnel was built.\n");
    bench.write("goes.txt", "Tram stops\n\nThe tram stopped.\n");
    publish(bench);
    bench.write(
        "stays.txt",
        "Harbour opens again\n\nThe harbour of the old town was opened again on Tuesday.\n");
    fs::rename(bench.articles() / "old.txt", bench.articles() / "new.txt");
    fs::remove(bench.articles() / "goes.txt");
    bench.write("comes.txt", "Harbour crane\n\nThe crane is new.\n");
    publish(bench);
  }
  Workbench bench;
};

/// What the test knows of an article.
struct Known {
  int number = 0;
  int version = 0;
  std::string word;
  friend bool operator==(const Known&, const Known&) = default;
};
using Generation = std::map<std::string, Known>;  ///< by file name
using Lines = std::set<std::string>;

/// By comparing each with each.
Lines naive_difference(const Generation& before, const Generation& after, const std::string& word) {
  Lines lines;
  const auto asked = [&](const Known& k) { return word.empty() || k.word == word; };
  std::set<std::string> moved_from;
  for (const auto& [path, now] : after) {
    if (!asked(now)) continue;
    const auto then = before.find(path);
    if (then != before.end()) {
      if (!asked(then->second)) {
        lines.insert("entered " + path);
      } else if (then->second != now) {
        lines.insert("altered " + path);
      }
      continue;
    }
    std::string origin;
    for (const auto& [old_path, known] : before) {
      if (known == now && !after.contains(old_path)) origin = old_path;
    }
    lines.insert((origin.empty() ? "entered " : "moved ") + path);
    if (!origin.empty()) moved_from.insert(origin);
  }
  for (const auto& [path, then] : before) {
    if (!asked(then) || moved_from.contains(path)) continue;
    const auto now = after.find(path);
    if (now == after.end() || !asked(now->second)) lines.insert("left " + path);
  }
  return lines;
}

Lines told_difference(const Workbench& bench, std::size_t from, std::size_t to,
                      const std::string& word) {
  std::vector<std::string> arguments{"--diff", std::to_string(from), std::to_string(to), "--format",
                                     "jsonl"};
  if (!word.empty()) arguments.insert(arguments.end(), {"-q", word});
  const auto run = bench.index(arguments);
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  Lines lines;
  for (const auto& record : json_records(run.out)) {
    const auto line = record["change"].get<std::string>() + ' ' + record["id"].get<std::string>();
    CHECK(lines.insert(line).second);
  }
  return lines;
}

/// Files that are added, rewritten, moved and removed at random.
class RandomFiles {
 public:
  RandomFiles(const Workbench& bench, std::uint32_t seed) : bench_(bench), random_(seed) {}

  void change() {
    const auto kind = files_.size() < 4 ? 0 : below(4);
    if (kind == 0) {
      put(new_path(), {next_++, 0, word()});
      return;
    }
    const auto chosen = std::next(files_.begin(), below(static_cast<int>(files_.size())));
    const auto [path, known] = *chosen;
    if (kind == 1) {
      put(path, {known.number, known.version + 1, word()});
      return;
    }
    files_.erase(chosen);
    if (kind == 2) {
      fs::remove(bench_.articles() / path);
    } else {
      const auto to = new_path();
      fs::rename(bench_.articles() / path, bench_.articles() / to);
      files_[to] = known;
    }
  }
  const Generation& files() const { return files_; }
  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }

 private:
  std::string word() { return below(2) == 0 ? "harbour" : "tunnel"; }
  std::string new_path() { return fmt::format("{:04}.txt", path_++); }
  void put(const std::string& path, const Known& known) {
    bench_.write(path, fmt::format("Story {0} of {1}\n\nThe {2} of story {0}, told {1} times.\n",
                                   known.number, known.version, known.word));
    files_[path] = known;
  }

  const Workbench& bench_;
  std::mt19937 random_;
  Generation files_;
  int next_ = 0;
  int path_ = 0;
};

}  // namespace

TEST_CASE("two generations are compared article by article: entered, left, altered, moved",
          "[cli][diff]") {
  const ComparedGenerations index;
  const auto run = index.bench.index({"--diff", "1", "2"});
  CHECK(run.exit_code == 0);
  CHECK(run.out == fmt::format("+ comes.txt  Harbour crane\n"
                               "- goes.txt  Tram stops\n"
                               "~ stays.txt  Harbour opens again  (title, text)\n"
                               "> new.txt  Bridge falls  (was {})\n"
                               "generation 1 to 2: 1 entered, 1 left, 1 altered, 1 moved\n",
                               (index.bench.articles() / "old.txt").string()));
  CHECK(index.bench.index({"--diff", "1"}).out == run.out);
  CHECK(index.bench.index({"--diff", "2", "2"}).out ==
        "generation 2 to 2: 0 entered, 0 left, 0 altered, 0 moved\n");

  const auto json = Json::parse(index.bench.index({"--diff", "1", "2", "-f", "json"}).out);
  CHECK(json["from"] == 1);
  CHECK(json["to"] == 2);
  CHECK(json["moved"] == 1);
  REQUIRE(json["changes"].size() == 4);
  CHECK(json["changes"][2]["altered"] == Json({"title", "text"}));
  CHECK(json["changes"][3]["was"] == (index.bench.articles() / "old.txt").string());
  const auto columns = index.bench.index({"--diff", "1", "2", "-f", "tsv"}).out;
  CHECK(columns.starts_with("entered\tcomes.txt\tHarbour crane\t"));
}

TEST_CASE("with a query, an article enters when it begins to match and leaves when it ceases to",
          "[cli][diff]") {
  const ComparedGenerations index;
  index.bench.write("same.txt", "Tunnel built\n\nThe tunnel reached the harbour.\n");
  index.bench.write("comes.txt", "A crane\n\nThe crane is new.\n");
  publish(index.bench);
  CHECK(index.bench.index({"--diff", "1", "3", "-q", "harbour"}).out ==
        "+ same.txt  Tunnel built\n"
        "~ stays.txt  Harbour opens again  (title, text)\n"
        "generation 1 to 3: 1 entered, 0 left, 1 altered, 0 moved\n");
  CHECK(index.bench.index({"--diff", "2", "3", "--query", "harbour"}).out ==
        "+ same.txt  Tunnel built\n"
        "- comes.txt  Harbour crane\n"
        "generation 2 to 3: 1 entered, 1 left, 0 altered, 0 moved\n");
}

TEST_CASE("a generation that is not kept, and a query that is none, are refused by name",
          "[cli][diff]") {
  const Workbench bench;
  bench.write("a.txt", "Story\n\nThe bridge fell.\n");
  REQUIRE(bench.index().exit_code == 0);
  bench.write("b.txt", "Story\n\nThe tower fell.\n");
  REQUIRE(bench.index().exit_code == 0);
  const auto gone = bench.index({"--diff", "1", "2"});
  CHECK(gone.exit_code == 3);
  CHECK(gone.out.empty());
  CHECK_THAT(gone.err, Contains("generation 1 is gone") && Contains("--keep-generations N"));
  CHECK(bench.index({"--diff", "2", "9"}).exit_code == 3);
  CHECK(bench.index({"--diff", "2", "x"}).exit_code == 2);
  CHECK(bench.index({"--diff", "2", "2", "2"}).exit_code == 2);
  const auto malformed = bench.index({"--diff", "2", "2", "-q", "(storm"});
  CHECK(malformed.exit_code == 2);
  CHECK_THAT(malformed.err, Contains("^"));
  CHECK(bench.index({"--diff", "2", "2", "-q", " "}).exit_code == 2);
  CHECK(bench.index({"-q", "storm"}).exit_code == 2);
}

TEST_CASE("any two kept generations differ as a comparison of their articles one by one says",
          "[cli][diff]") {
  const auto seed = GENERATE(1U, 2U, 3U);
  INFO("seed " << seed);
  const Workbench bench;
  RandomFiles files(bench, seed);
  std::vector<Generation> generations{{}};  // counted from 1
  constexpr int runs = 12;
  for (int run = 0; run < runs; ++run) {
    const auto changes = 1 + files.below(6);
    for (int i = 0; i < changes || files.files().empty(); ++i) files.change();
    if (files.files() == generations.back()) continue;
    publish(bench);
    generations.push_back(files.files());
  }
  for (std::size_t from = 1; from < generations.size(); ++from) {
    for (std::size_t to = 1; to < generations.size(); ++to) {
      if (to < from && files.below(4) != 0) continue;
      const std::string word = files.below(2) == 0 ? "" : "harbour";
      INFO(fmt::format("{} to {} for '{}'", from, to, word));
      CHECK(told_difference(bench, from, to, word) ==
            naive_difference(generations[from], generations[to], word));
    }
  }
}
