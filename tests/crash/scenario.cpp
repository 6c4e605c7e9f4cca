// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <stdexcept>

namespace dateline::test {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

constexpr const char* queries =
    "bridge\nthe\nmayor OR ferry\n\"the bridge\"\ntitle:story\n-bridge\n"
    "{\"query\":\"\",\"source\":\"Wire\"}\n{\"query\":\"said\",\"sort\":\"newest\"}\n"
    "{\"query\":\"kyiv tunnel\",\"any\":true,\"n\":100}\n"
    "{\"query\":\"\",\"date\":[\"2023..\",\"undated\"]}\n";

void require_success(const Run& run) {
  if (run.exit_code != 0) throw std::runtime_error("the run failed: " + run.err);
}

/// The first place where two texts differ, and what stands there.
std::string difference(const std::string& one, const std::string& other) {
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
  const auto from = at > 60 ? at - 60 : 0;
  return fmt::format("from {}: '{}' against '{}'", from, one.substr(from, 160),
                     from < other.size() ? other.substr(from, 160) : "");
}

/// Every file below, but for what tells of the run alone: the lock's holder and the run's record.
std::map<fs::path, std::string> content_of(const fs::path& folder) {
  std::map<fs::path, std::string> content;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto name = entry.path().filename();
    if (name == "last-run.json") continue;
    const bool is_read = entry.is_regular_file() && name != "writer.lock";
    content[fs::relative(entry.path(), folder)] = is_read ? read_text(entry.path()) : "";
  }
  return content;
}

void write_aliases(const fs::path& db) {
  fs::create_directories(db);
  std::ofstream file(db / "aliases.tsv");
  file << "rename\tperson\tXi Jinping\tPresident Xi\n";
}

}  // namespace

Scenario::Scenario(Kind kind) : kind_(kind) {
  fs::create_directories(place());
  write_first_articles();
  if (kind == Kind::update) {
    index_quickly();
    change_articles();
  } else if (kind == Kind::merge) {
    for (int segment = 0; segment < 8; ++segment) {
      bench_.write("wave.txt", fmt::format("Wave {0}\n\nThe mayor saw wave {0}.\n", segment));
      bench_.write(fmt::format("s{}.txt", segment),
                   fmt::format("Story s{0}\n\nBridge.\n", segment));
      index_quickly();
    }
    change_articles();
  } else if (kind != Kind::first_build) {
    index_quickly();
  }
  if (kind == Kind::aliases) write_aliases(db());
  fs::copy(place(), saved(), fs::copy_options::recursive);
  before_ = answers();

  const auto clean = place() / "clean";
  if (kind == Kind::aliases) write_aliases(clean);
  require_success(dateline_index({"--db", clean.string(), "--quiet", articles().string()}));
  after_ = answers(clean);
  const bool differs = kind != Kind::rebuild;
  if ((before_ != after_) != differs) throw std::runtime_error("the run is about nothing");

  reset();
  changes_ = run({}).calls.size();
}

std::string Scenario::name() const {
  switch (kind_) {
    case Kind::first_build:
      return "first build";
    case Kind::update:
      return "update";
    case Kind::merge:
      return "update with a merge";
    case Kind::rebuild:
      return "rebuild";
    default:
      return "changed aliases";
  }
}

std::vector<std::string> Scenario::arguments() const {
  std::vector<std::string> arguments{"--db",
                                     db().string(),
                                     "--format",
                                     "json",
                                     "--quiet",
                                     "--threads",
                                     kind_ == Kind::merge ? "2" : "1"};
  if (kind_ == Kind::rebuild) arguments.emplace_back("--rebuild");
  arguments.push_back(articles().string());
  return arguments;
}

void Scenario::write_first_articles() const {
  for (int i = 0; i < 5; ++i) {
    bench_.write(fmt::format("{}.txt", i),
                 fmt::format("Story {0}\n\nThe bridge number {0} opened in Kyiv, Xi Jinping said.\n"
                             "Mr Xi met the mayor. Harry Potter was there.\n",
                             i));
  }
  std::vector<ArticleRecord> records;
  for (int i = 0; i < 7; ++i) {
    records.push_back({std::to_string(i), fmt::format("Record {}", i),
                       "The ferry sailed, the mayor said.", i % 2 == 0 ? "Wire" : "Gazette",
                       fmt::format("2023-01-{:02}", i + 1)});
  }
  bench_.write("records.jsonl", json_lines(records));
}

void Scenario::change_articles() const {
  bench_.write("1.txt", "Story 1\n\nThe tunnel number 1 opened in Kyiv.\n");
  fs::remove(articles() / "2.txt");
  bench_.write("new/6.txt", "Story 6\n\nThe bridge number 6 fell, the mayor said.\n");
}

void Scenario::index_quickly() const {
  require_success(run_with({}, place(), index_program(),
                           {"--db", db().string(), "--quiet", articles().string()})
                      .run);
}

void Scenario::reset() const {
  for (const auto& entry : fs::directory_iterator(place())) fs::remove_all(entry.path());
  fs::copy(saved(), place(), fs::copy_options::recursive);
}

std::string Scenario::answers(const fs::path& db) {
  const auto run =
      dateline_search({"--db", db.string(), "--batch", "-", "-n", "50", "--facet-values", "100"},
                      {.input = queries});
  if (run.exit_code == 3) return "no index";  // whatever is said of what an unfinished run left
  if (run.exit_code > 1) return fmt::format("{}: {}", run.exit_code, run.err);
  std::string text = run.err;
  for (auto& record : json_records(run.out)) {
    record.erase("generation");
    text += record.dump() + "\n";
  }
  return text;
}

std::vector<std::string> Scenario::strays() const {
  const auto generation = read_text(db() / "CURRENT");
  const auto number = fmt::format("{:06}", std::stoul(generation));
  const auto manifest = Json::parse(read_text(db() / ("manifest-" + number)));
  std::set<fs::path> expected{"CURRENT", "writer.lock", "manifest-" + number, "tables-" + number,
                              "catalogue-" + number};
  for (const auto* optional : {"stamps", "last-run.json"}) {
    if (fs::exists(db() / optional)) expected.insert(optional);
  }
  if (kind_ == Kind::aliases) expected.insert("aliases.tsv");
  for (const auto& segment : manifest["segments"]) {
    const fs::path folder(segment["name"].get<std::string>());
    expected.insert({folder, folder / "columns", folder / "lists", folder / "postings.glass"});
  }
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(db())) {
    const auto path = fs::relative(entry.path(), db());
    if (expected.erase(path) == 0) found.push_back(path.string());
  }
  for (const auto& missing : expected) found.push_back("missing: " + missing.string());
  return found;
}

void Scenario::check_said_truly(const Run& run) const {
  if (run.exit_code == 0) {
    CHECK(answers_as_after());
    return;
  }
  CHECK(run.exit_code == 7);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, Contains("dateline-index: ") && Contains("\n  try: "));
  const bool published = run.err.find("is in force already") != std::string::npos;
  CHECK((published ? answers_as_after() : answers_as_before()));
}

void Scenario::check_whole() const {
  const auto now = answers();
  INFO(difference(now, after_));
  CHECK((now == before_ || now == after_));
  check_proven_whole();
  check_next_run_converges();
}

bool Scenario::is_as_saved() const { return content_of(place()) == content_of(saved()); }

void Scenario::check_proven_whole() const {
  if (!fs::exists(db() / "CURRENT")) return;
  const auto run = dateline_index({"--db", db().string(), "--check"});
  INFO(run.out << run.err);
  CHECK(run.exit_code == 0);
}

void Scenario::check_next_run_converges() const {
  if (is_as_saved()) return;
  const auto next = run_with({}, place(), index_program(),
                             {"--db", db().string(), "--quiet", articles().string()})
                        .run;
  CHECK(next.exit_code == 0);
  CHECK(next.err.empty());
  const auto now = answers();
  INFO(difference(now, after_));
  CHECK((now == after_));
  CHECK(strays() == std::vector<std::string>());
  check_proven_whole();
}

std::vector<std::size_t> sample(std::size_t count, std::size_t most) {
  std::vector<std::size_t> numbers(most);
  std::iota(numbers.begin(), numbers.end(), std::size_t{1});
  std::vector<std::size_t> chosen;
  std::mt19937 random(11);
  std::ranges::sample(numbers, std::back_inserter(chosen), static_cast<std::ptrdiff_t>(count),
                      random);
  return chosen;
}

}  // namespace dateline::test
