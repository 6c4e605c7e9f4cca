// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <optional>
#include <random>
#include <thread>

#include "common/index/snapshot.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

Json synchronise(const Workbench& bench, std::vector<std::string> options = {}) {
  options.insert(options.end(), {"--format", "json", bench.articles().string()});
  const auto run = bench.index(options);
  INFO(run.err);
  REQUIRE((run.exit_code == 0 || run.exit_code == 4));
  return Json::parse(run.out);
}

void write_articles(const Workbench& bench, int count) {
  for (int i = 0; i < count; ++i) {
    bench.write(fmt::format("{:03}.txt", i),
                fmt::format("Story {}\n\nThe bridge number {} opened in Kyiv.\n", i, i));
  }
}

/// The history of the one article whose id ends in `end`.
ArticleHistory history_of(const Workbench& bench, std::string_view end) {
  const auto snapshot = IndexSnapshot::open(bench.db());
  std::vector<ArticleHistory> found;
  for (std::size_t s = 0; s < snapshot->segment_count(); ++s) {
    const auto& segment = snapshot->segment(s);
    for (std::uint32_t row = 0; row < segment.rows(); ++row) {
      if (!snapshot->tables().dead(s).test(row) && segment.id[row].ends_with(end)) {
        found.push_back(segment.history(row));
      }
    }
  }
  REQUIRE(found.size() == 1);
  return found.front();
}

/// Waits until the clock that histories are told by shows another second.
void let_a_second_pass() {
  const auto now = [] {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  };
  const auto before = now();
  while (now() == before) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

}  // namespace

TEST_CASE("a file whose size and times are as they were is not opened, unless asked to",
          "[cli][sync]") {
  const Workbench bench;
  write_articles(bench, 4);
  CHECK(synchronise(bench)["files_compared"] == 4);
  // A file that changed a moment ago is not trusted yet.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  auto report = synchronise(bench);
  while (report["files_compared"] != 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    report = synchronise(bench);
  }
  CHECK(report["files_compared"] == 0);
  CHECK(report["unchanged"] == 4);
  CHECK(report["generation"] == 1);
  CHECK(synchronise(bench, {"--check-contents"})["files_compared"] == 4);
  CHECK(synchronise(bench)["files_compared"] == 0);

  std::ofstream(bench.db() / "stamps") << "no stamps";
  CHECK(synchronise(bench)["unchanged"] == 4);
}

TEST_CASE("a moved article is not analysed again", "[cli][sync]") {
  const Workbench bench;
  write_articles(bench, 10);
  bench.write("wire.jsonl", json_lines({{"w1", "Storm", "The fleet sailed.", "Wire", "2023-01-01"},
                                        {"w2", "Calm", "Xi Jinping spoke.", "Wire", ""}}));
  synchronise(bench);
  fs::create_directories(bench.articles() / "2023");
  fs::rename(bench.articles() / "003.txt", bench.articles() / "2023/003.txt");
  fs::rename(bench.articles() / "004.txt", bench.articles() / "renamed.txt");
  fs::rename(bench.articles() / "wire.jsonl", bench.articles() / "2023/wire.jsonl");
  const auto report = synchronise(bench);
  CHECK(report["moved"] == 4);
  CHECK(report["analysed"] == 0);
  CHECK(report["added"] == 0);
  CHECK(report["removed"] == 0);
  CHECK(report["unchanged"] == 8);
  CHECK(bench.ids({"\"number 3\""}) == std::vector<std::string>{"2023/003.txt"});
  CHECK(bench.ids({"\"number 4\""}) == std::vector<std::string>{"renamed.txt"});
  CHECK(bench.ids({"--person", "Xi Jinping"}) == std::vector<std::string>{"w2"});
  CHECK(bench.answer({"kyiv"})["total"] == 10);
}

TEST_CASE("a copy is a new article that costs no analysis", "[cli][sync]") {
  const Workbench bench;
  write_articles(bench, 3);
  synchronise(bench);
  fs::copy_file(bench.articles() / "001.txt", bench.articles() / "copy.txt");
  const auto report = synchronise(bench);
  CHECK(report["added"] == 1);
  CHECK(report["analysed"] == 0);
  CHECK(bench.answer({"\"number 1\""})["total"] == 2);
}

TEST_CASE("a log that is rotated moves its articles, and the new one is read", "[cli][sync]") {
  const Workbench bench;
  bench.write("wire.jsonl", json_lines({{"a", "Storm", "The fleet sailed.", "", ""},
                                        {"b", "Calm", "The fleet came back.", "", ""}}));
  synchronise(bench);
  fs::rename(bench.articles() / "wire.jsonl", bench.articles() / "wire-1.jsonl");
  bench.write("wire.jsonl", json_line({"c", "Fog", "The fleet waits.", "", ""}));
  const auto report = synchronise(bench);
  CHECK(report["moved"] == 2);
  CHECK(report["added"] == 1);
  CHECK(report["removed"] == 0);
  CHECK(report["analysed"] == 1);
  CHECK(bench.answer({"fleet"})["total"] == 3);
}

TEST_CASE("a metadata table that moves to another folder speaks of other files", "[cli][sync]") {
  const Workbench bench;
  bench.write("1.txt", "One\n\nThe bridge opened.\n");
  bench.write("north/1.txt", "Two\n\nThe bridge closed.\n");
  bench.write("metadata.csv", "path,source\n1.txt,Wire\n");
  synchronise(bench);
  CHECK(bench.ids({"--source", "Wire"}) == std::vector<std::string>{"1.txt"});
  fs::copy_file(bench.articles() / "metadata.csv", bench.articles() / "north/metadata.csv");
  CHECK(synchronise(bench)["changed"] == 1);
  CHECK(bench.answer({"--source", "Wire"})["total"] == 2);
}

TEST_CASE("an article's history outlives changes, moves, merges and rebuilds", "[cli][sync]") {
  const Workbench bench;
  write_articles(bench, 6);
  synchronise(bench);
  const auto first = history_of(bench, "002.txt");
  CHECK(first.changes == 0);
  CHECK(first.changed_in == 1);
  CHECK(first.last_changed == first.first_seen);

  let_a_second_pass();
  bench.write("002.txt", "Story 2\n\nThe bridge number 2 closed in Kyiv.\n");
  synchronise(bench);
  const auto changed = history_of(bench, "002.txt");
  CHECK(changed.first_seen == first.first_seen);
  CHECK(changed.last_changed > first.last_changed);
  CHECK(changed.changes == 1);
  CHECK(changed.changed_in == 2);
  CHECK(history_of(bench, "003.txt") == first);

  fs::rename(bench.articles() / "002.txt", bench.articles() / "elsewhere.txt");
  synchronise(bench);
  CHECK(history_of(bench, "elsewhere.txt") == changed);

  for (int i = 10; i < 24; ++i) {  // enough segments for a merge
    bench.write(fmt::format("{:03}.txt", i), fmt::format("Story\n\nTunnel {}.\n", i));
    synchronise(bench);
  }
  CHECK(history_of(bench, "elsewhere.txt") == changed);
  CHECK(history_of(bench, "003.txt") == first);

  synchronise(bench, {"--rebuild"});
  CHECK(history_of(bench, "elsewhere.txt") == changed);
  CHECK(history_of(bench, "003.txt") == first);
}

TEST_CASE("a set that would lose most of its articles keeps them until that is allowed",
          "[cli][sync]") {
  const Workbench bench;
  for (const auto* name : {"a/1.txt", "a/2.txt", "a/3.txt", "a/4.txt", "b/5.txt"}) {
    bench.write(name, fmt::format("{}\n\nThe bridge opened.\n", name));
  }
  const auto a = (bench.articles() / "a").string();
  const auto b = (bench.articles() / "b").string();
  REQUIRE(bench.index({a, b}).exit_code == 0);
  for (const auto* name : {"a/1.txt", "a/2.txt", "a/3.txt"}) fs::remove(bench.articles() / name);

  for (const auto* how : {"--quiet", "--rebuild"}) {
    const auto run = bench.index({how});
    CHECK(run.exit_code == 8);
    CHECK_THAT(run.err, Contains("from 4 articles to 1") && Contains("--allow-mass-removal"));
    CHECK(bench.answer({"bridge"})["total"] == 5);
  }
  // Half of them may go: and what comes in makes up for what leaves.
  bench.write("a/6.txt", "6\n\nThe bridge opened.\n");
  CHECK(bench.index({"--quiet"}).exit_code == 0);
  CHECK(bench.answer({"bridge"})["total"] == 3);

  fs::remove_all(bench.articles() / "a");
  fs::create_directories(bench.articles() / "a");  // where a folder would be mounted
  CHECK(bench.index({"--quiet"}).exit_code == 8);
  CHECK(bench.index({"--quiet", "--allow-mass-removal"}).exit_code == 0);
  CHECK(bench.answer({"bridge"})["total"] == 1);
}

TEST_CASE("a lost CURRENT costs nothing: no run sweeps what it named, the next one goes on from it",
          "[cli][sync]") {
  const Workbench bench;
  write_articles(bench, 3);
  synchronise(bench);
  bench.write("001.txt", "Story 1\n\nThe tunnel opened.\n");
  synchronise(bench);
  const auto history = history_of(bench, "001.txt");
  fs::remove(bench.db() / "CURRENT");

  const auto search = bench.search({"bridge"});
  CHECK(search.exit_code == 3);
  CHECK_THAT(search.err, Contains("CURRENT is missing") && Contains("--repair"));
  CHECK(bench.index({"--quiet", "no-such-folder"}).exit_code == 2);  // a run that fails
  fs::remove(bench.db() / "CURRENT");
  CHECK(bench.index({"--optimise"}).exit_code == 3);
  const auto report = synchronise(bench);
  CHECK(report["unchanged"] == 3);
  CHECK(report["generation"] == 2);
  CHECK(history_of(bench, "001.txt") == history);
}

TEST_CASE("an index whose CURRENT is beyond reading is rebuilt as a later generation, and says so",
          "[cli][sync]") {
  const Workbench bench;
  write_articles(bench, 3);
  synchronise(bench);
  bench.write("001.txt", "Story 1\n\nThe tunnel opened.\n");
  synchronise(bench);
  for (const auto& content : {std::string("bad"), std::string(100, 'x')}) {
    std::ofstream(bench.db() / "CURRENT", std::ios::trunc) << content;
    const auto run = bench.search({"bridge"});
    CHECK(run.exit_code == 6);
    CHECK_THAT(run.err, Contains("--repair"));
  }
  const auto report = synchronise(bench, {"--rebuild"});
  CHECK(report["generation"] == 3);
  CHECK(report["history_lost"] == true);
}

TEST_CASE("the log of a run is no article, though it stands in the set", "[cli][sync][log]") {
  const Workbench bench;
  write_articles(bench, 2);
  const auto log = (bench.articles() / "log.jsonl").string();
  for (int run = 0; run < 3; ++run) {
    const auto report = synchronise(bench, {"--log", log});
    CHECK(report["articles"] == 2);
    CHECK(report["refused"] == 0);
  }
  CHECK(read_text(log).size() > 100);
}

TEST_CASE("options of a run are refused beside what makes none", "[cli][sync]") {
  const Workbench bench;
  write_articles(bench, 2);
  synchronise(bench);
  for (const auto* command : {"--status", "--check", "--optimise"}) {
    for (const std::vector<std::string>& idle :
         {std::vector<std::string>{"--forget", "x"}, {"--keep-generations", "3"}, {"--rebuild"}}) {
      auto arguments = idle;
      arguments.emplace_back(command);
      const auto run = bench.index(arguments);
      INFO(command << ' ' << idle.front());
      CHECK(run.exit_code == 2);
      CHECK_THAT(run.err, Contains("does nothing with"));
    }
  }
}

TEST_CASE("an option that would do nothing is refused, whatever it stands beside", "[cli][sync]") {
  const Workbench bench;
  write_articles(bench, 2);
  synchronise(bench);
  const std::vector<std::vector<std::string>> idle{
      {"-q", "x", "--status"},       {"--include", "x", "--status"},
      {"--threads", "2", "--check"}, {"--entity-type", "org"},
      {"--raw-cells", "--check"},    {"--log", "x", "--export"},
      {"--alerts", "x", "--repair"}, {"--map", "title=x", "--optimise"}};
  for (const auto& arguments : idle) {
    const auto run = bench.index(arguments);
    INFO(arguments.front() << run.err);
    CHECK(run.exit_code == 2);
    CHECK_THAT(run.err, Contains("does nothing"));
  }
}

TEST_CASE("a remedy names the index that it is about, and can be run as it is printed",
          "[cli][sync]") {
  const Workbench bench;
  write_articles(bench, 2);
  synchronise(bench);
  const auto here = fmt::format("dateline-index --db {} ", bench.db().string());
  const auto moved = bench.articles().parent_path() / "it's moved";
  fs::rename(bench.articles(), moved);
  CHECK_THAT(bench.index({"--quiet"}).err,
             Contains(here + "--forget " + bench.articles().string()));
  fs::resize_file(bench.db() / "seg-000001" / "columns", 10);
  CHECK_THAT(bench.search({"x"}).err, Contains(here + "--repair"));
  CHECK_THAT(bench.index({"--export"}).err, Contains(here + "--repair"));
}

TEST_CASE("what the system did not let be read stands in the status until it is read",
          "[cli][sync]") {
  const Workbench bench;
  write_articles(bench, 3);
  synchronise(bench);
  fs::create_directory_symlink("loop", bench.articles() / "loop");
  const auto nested = bench.articles() / "deep";
  auto folder = nested;
  for (int i = 0; i < 110; ++i) folder /= "d";
  fs::create_directories(folder);
  CHECK(bench.index({"--quiet"}).exit_code == 4);
  const auto status = Json::parse(bench.index({"--status", "--format", "json"}).out);
  const auto& run = status["last_run"];
  CHECK(run["unreadable"] == 1);
  REQUIRE(run["unreadable_paths"].size() == 1);
  CHECK_THAT(run["unreadable_paths"][0]["path"].get<std::string>(), Contains("deep"));
  CHECK_THAT(bench.index({"--status"}).out, Contains("unreadable  "));
  fs::remove_all(nested);
  synchronise(bench);
  CHECK_THAT(bench.index({"--status"}).out, !Contains("unreadable"));
}

TEST_CASE("what is counted once is told in the singular", "[cli][sync]") {
  const Workbench bench;
  bench.write("a.txt", "Bridge\n\nThe bridge opened.\n");
  CHECK_THAT(bench.index().out, Contains("1 of 1 file read"));
  write_articles(bench, 30);
  REQUIRE(bench.index({"--rebuild"}).exit_code == 0);
  fs::remove(bench.articles() / "a.txt");
  REQUIRE(bench.index({"--quiet"}).exit_code == 0);
  CHECK_THAT(bench.index({"--optimise"}).out, Contains(", 1 dead row left out"));
  CHECK_THAT(bench.index({"--check"}).out, Contains("checked 1 generation, 1 segment, "));
}

// --- any changes whatever ----------------------------------------------------------------------

namespace {

/// Articles that change at random, and what is asked of them.
class ChangingSet {
 public:
  explicit ChangingSet(unsigned seed) : random_(seed) {}

  void change(const fs::path& folder) {
    switch (random_() % 12) {
      case 0:
        return remove_one(folder);
      case 1:
      case 2:
        return move_one(folder);
      case 3:
        return copy_one(folder);
      case 4:
        return write(folder / "metadata.csv",
                     fmt::format("path,source\n{}.txt,{}\n", random_() % 12, any(sources_)));
      case 5:
        return write(folder / "broken.json", random_() % 2 == 0 ? "{\"title\": " : "");
      case 6:
      case 7:
      case 8:
        return write(folder / fmt::format("{}.jsonl", random_() % 3), records());
      default:
        return write(folder / any(folders_) / fmt::format("{}.txt", random_() % 12), story());
    }
  }

 private:
  const std::string& any(const std::vector<std::string>& list) {
    return list[random_() % list.size()];
  }

  void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::trunc) << text;
  }

  std::string sentence() {
    return fmt::format("The mayor said {} met {} in {}. The bridge and the fleet, {}.",
                       any(people_), any(people_), any(places_), random_() % 1000);
  }

  std::string story() {
    const auto source = any(sources_);
    return fmt::format("Story {} of the storm\n\n{}\n\n{}\n{}", random_() % 9, sentence(),
                       sentence(), source.empty() ? "" : fmt::format("\nSource: {}\n", source));
  }

  std::string records() {
    std::vector<ArticleRecord> list;
    for (std::size_t i = random_() % 6; i > 0; --i) {
      list.push_back({random_() % 4 == 0 ? "" : fmt::format("r{}", random_() % 20),
                      fmt::format("Record {}", random_() % 9), sentence(), any(sources_),
                      random_() % 3 == 0
                          ? ""
                          : fmt::format("202{}-0{}-11", random_() % 4, 1 + random_() % 9)});
    }
    return json_lines(list);
  }

  std::optional<fs::path> any_file(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    if (files.empty()) return std::nullopt;
    std::ranges::sort(files);
    return files[random_() % files.size()];
  }

  void remove_one(const fs::path& folder) {
    if (const auto file = any_file(folder)) fs::remove(*file);
  }
  fs::path new_place(const fs::path& folder, const fs::path& file) {
    const auto to = folder / any(folders_) / fmt::format("m{}", random_() % 6);
    fs::create_directories(to.parent_path());
    return to.string() + file.extension().string();
  }
  void move_one(const fs::path& folder) {
    if (const auto file = any_file(folder)) fs::rename(*file, new_place(folder, *file));
  }
  void copy_one(const fs::path& folder) {
    const auto file = any_file(folder);
    if (!file) return;
    const auto to = new_place(folder, *file);
    if (to != *file) fs::copy_file(*file, to, fs::copy_options::overwrite_existing);
  }

  std::mt19937 random_;
  const std::vector<std::string> folders_{".", "north", "south/2023"};
  const std::vector<std::string> places_{"Kyiv", "Kiev", "Moscow"};
  const std::vector<std::string> sources_{"Wire", "Harbour Gazette", ""};
  const std::vector<std::string> people_{
      "Dmytro Kuleba", "Xi Jinping",          "Kuleba",
      "Mr Xi",         "Volodymyr Zelenskyy", "Volodymyr Zelensky"};
};

/// What an index answers, to the byte, but for the number of the generation that says it.
std::string answers(const Workbench& bench) {
  const std::string queries =
      "{\"all\":true,\"n\":200}\nthe storm\n\"the mayor said\"\ntitle:record\n-bridge\n"
      "{\"query\":\"\",\"source\":\"Wire\"}\n{\"query\":\"said\",\"sort\":\"newest\"}\n"
      "{\"query\":\"kuleba\",\"any\":true}\n{\"query\":\"\",\"place\":\"Kyiv\"}\n"
      "{\"query\":\"fleet\",\"date\":[\"2022..\",\"undated\"]}\nmet NEAR/5 kyiv\n";
  const auto run =
      bench.search({"--batch", "-", "--format", "jsonl", "-n", "50", "--facet-values", "100"},
                   {.input = queries});
  INFO(run.err);
  REQUIRE((run.exit_code == 0 || run.exit_code == 1));  // of a set that lost all, nothing is found
  std::string text = run.out;
  const std::string_view mark = "\"generation\":";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const auto number = at + mark.size();
    text.erase(number, text.find_first_not_of("0123456789", number) - number);
  }
  return text;
}

}  // namespace

TEST_CASE("after any sequence of changes an updated index answers as one made anew, to the byte",
          "[cli][sync][long]") {
  constexpr unsigned sequences = 200;
  std::uint64_t runs = 0;
  std::uint64_t moved = 0;
  std::uint64_t merges = 0;
  std::uint64_t compared = 0;
  for (unsigned seed = 0; seed < sequences; ++seed) {
    INFO("sequence " << seed);
    const Workbench updated;
    const Workbench anew;
    ChangingSet set(seed);
    fs::create_directories(updated.articles());
    // Every tenth is long enough for its segments to be merged on the way.
    const unsigned rounds = seed % 10 == 0 ? 14 : 2 + seed % 4;
    std::uint64_t segments = 0;
    for (unsigned round = 0; round < rounds; ++round) {
      for (unsigned change = 0; change < 4 + seed % 5; ++change) set.change(updated.articles());
      if (seed % 7 == 3 && round == 1) {
        std::ofstream(updated.db() / "aliases.tsv") << "merge\tperson\tKuleba\tDmytro Kuleba\n";
      }
      const auto report = synchronise(updated, {"--allow-mass-removal"});
      moved += report["moved"].get<std::uint64_t>();
      const auto now = IndexSnapshot::open(updated.db())->segment_count();
      if (now < segments) ++merges;
      segments = now;
      ++runs;
    }
    if (fs::exists(updated.db() / "aliases.tsv")) {
      fs::create_directories(anew.db());
      fs::copy_file(updated.db() / "aliases.tsv", anew.db() / "aliases.tsv");
    }
    REQUIRE(anew.index({updated.articles().string()}).exit_code != 2);
    const auto incremental = answers(updated);
    REQUIRE(incremental == answers(anew));
    compared += incremental.size();
  }
  WARN(
      fmt::format("{} sequences of {} runs with {} moved articles and {} merges: {} bytes of "
                  "answers compared",
                  sequences, runs, moved, merges, compared));
  CHECK(moved > 100);
  CHECK(merges > 10);
  CHECK(compared > 1'000'000);
}
