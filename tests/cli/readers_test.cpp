// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;

namespace {

constexpr int publishes = 50;
constexpr int readers = 8;
constexpr int stories = 60;

/// What the set holds in a generation, and so what its answers must be. Article `key` is there in
/// all generations but every fifth, shifted by its key; every third generation gives it new words.
bool is_there(int key, int generation) { return (generation + key) % 5 != 0; }
int version_of(int key, int generation) { return (generation + key) / 3; }

std::string records_of(int file, int generation) {
  std::vector<ArticleRecord> records;
  for (int key = file; key < stories; key += 4) {
    if (!is_there(key, generation)) continue;
    const auto version = version_of(key, generation);
    records.push_back({fmt::format("s{:02}", key), fmt::format("Story {}", key),
                       fmt::format("The bridge opened in wave{}.", version % 4),
                       version % 2 == 0 ? "Even Wire" : "Odd Wire", "2023-01-01"});
  }
  records.push_back({fmt::format("g{}", file), "Generation",
                     fmt::format("This is number{}.", generation), "Clock", "2023-01-02"});
  return json_lines(records);
}

using Matching = std::function<bool(int key, int generation)>;

std::vector<std::string> expected_ids(int generation, const Matching& matching) {
  std::vector<std::string> ids;
  for (int key = 0; key < stories; ++key) {
    if (is_there(key, generation) && matching(key, generation))
      ids.push_back(fmt::format("s{:02}", key));
  }
  return ids;
}

struct Question {
  std::string query;
  std::string source;
  Matching matching;
};

const std::vector<Question>& questions() {
  static const std::vector<Question> all{
      {"bridge", "", [](int, int) { return true; }},
      {"wave0", "", [](int key, int g) { return version_of(key, g) % 4 == 0; }},
      {"wave3", "", [](int key, int g) { return version_of(key, g) % 4 == 3; }},
      {"opened", "Even Wire", [](int key, int g) { return version_of(key, g) % 2 == 0; }},
      {"wave1 OR wave2", "Odd Wire", [](int key, int g) { return version_of(key, g) % 4 == 1; }},
  };
  return all;
}

/// What is wrong with an answer, against the generation that it names; "" if nothing.
std::string fault_in(const Json& answer, const Question& question) {
  if (answer.contains("error")) return answer.dump();
  const auto generation = answer["generation"].get<int>();
  auto expected = expected_ids(generation, question.matching);
  std::vector<std::string> found;
  for (const auto& hit : answer["hits"]) found.push_back(hit["id"]);
  std::ranges::sort(found);
  if (found != expected || answer["total"] != expected.size())
    return fmt::format("'{}' in generation {}: {} of {} expected\n{}", question.query, generation,
                       found.size(), expected.size(), answer.dump());
  std::size_t counted = 0;  // the facets must be of the same generation as the hits
  for (const auto& value : answer["facets"]["source"]) counted += value["count"].get<std::size_t>();
  const bool is_filtered = !question.source.empty();
  if (!is_filtered && counted != expected.size()) return "facets: " + answer.dump();
  return "";
}

/// What readers find out, together.
class Findings {
 public:
  void add(const Json& answer, const Question& question) {
    const auto fault = fault_in(answer, question);
    const std::lock_guard guard(mutex_);
    ++answers;
    if (answer.contains("generation")) generations.insert(answer["generation"].get<int>());
    if (!fault.empty()) faults.push_back(fault);
  }
  void add_fault(std::string fault) {
    const std::lock_guard guard(mutex_);
    faults.push_back(std::move(fault));
  }

  std::size_t answers = 0;
  std::set<int> generations;
  std::vector<std::string> faults;

 private:
  std::mutex mutex_;
};

/// One of the readers, which are many: they leave the writer its share of the processors.
Run search(const Workbench& bench, std::vector<std::string> arguments,
           const RunOptions& options = {}) {
  arguments.insert(arguments.begin(),
                   {"-n", "19", search_program().string(), "--db", bench.db().string()});
  return run_program("/usr/bin/nice", arguments, options);
}

/// A process a question.
void ask_one(const Workbench& bench, const Question& question, Findings& findings) {
  std::vector<std::string> arguments{"-n", "100", "--format", "json"};
  if (!question.source.empty()) arguments.insert(arguments.end(), {"--source", question.source});
  arguments.push_back(question.query);
  const auto run = search(bench, arguments);
  if (run.exit_code > 1 || !run.err.empty()) {
    findings.add_fault(fmt::format("exit code {}: {}", run.exit_code, run.err));
    return;
  }
  findings.add(Json::parse(run.out), question);
}

/// A process for many questions, which are all to be answered from one generation.
void ask_batch(const Workbench& bench, Findings& findings) {
  std::string lines;
  const auto& all = questions();
  for (int i = 0; i < 40; ++i) {
    const auto& question = all[static_cast<std::size_t>(i) % all.size()];
    Json line = {{"query", question.query}, {"n", 100}};
    if (!question.source.empty()) line["source"] = question.source;
    lines += line.dump() + "\n";
  }
  const auto run = search(bench, {"--batch", "-", "--format", "jsonl"}, {.input = lines});
  if (run.exit_code > 1 || !run.err.empty()) {
    findings.add_fault(fmt::format("exit code {}: {}", run.exit_code, run.err));
    return;
  }
  const auto answers = json_records(run.out);
  std::set<int> generations;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    findings.add(answers[i], all[i % all.size()]);
    generations.insert(answers[i]["generation"].get<int>());
  }
  if (answers.size() != 40 || generations.size() != 1)
    findings.add_fault(
        fmt::format("{} answers of {} generations", answers.size(), generations.size()));
}

void publish(const Workbench& bench, int generation) {
  for (int file = 0; file < 4; ++file)
    bench.write(fmt::format("{}.jsonl", file), records_of(file, generation));
}

}  // namespace

TEST_CASE(
    "8 readers through 50 publishes and merges never fail, and each answer is that of the "
    "generation it names",
    "[cli][readers]") {
  const Workbench bench;
  const TempDir logs;
  const auto log = (logs / "log").string();
  publish(bench, 1);
  REQUIRE(bench.index({"--log", log, bench.articles().string()}).exit_code == 0);

  std::atomic<bool> done = false;
  Findings findings;
  std::vector<std::thread> threads;
  for (int r = 0; r < readers; ++r) {
    threads.emplace_back([&, r] {
      for (auto next = static_cast<std::size_t>(r); !done; ++next) {
        if (r % 2 == 0) {
          ask_batch(bench, findings);
        } else {
          ask_one(bench, questions()[next % questions().size()], findings);
        }
      }
    });
  }
  std::vector<std::string> failures;
  for (int generation = 2; generation <= 1 + publishes; ++generation) {
    publish(bench, generation);
    const auto run = bench.index({"--quiet", "--log", log, bench.articles().string()});
    if (run.exit_code != 0) failures.push_back(run.err);
  }
  done = true;
  for (auto& thread : threads) thread.join();

  CHECK(failures.empty());
  INFO((findings.faults.empty() ? "" : findings.faults.front()));
  CHECK(findings.faults.empty());
  std::size_t published = 0;
  std::size_t merged = 0;
  for (const auto& line : json_records(read_text(log))) {
    published += line["event"] == "published";
    merged += line["event"] == "segments merged";
  }
  CHECK(published == 1 + publishes);
  CHECK(merged >= 5);
  WARN(fmt::format("{} answers of {} generations checked, through {} publishes and {} merges",
                   findings.answers, findings.generations.size(), published, merged));
  CHECK(findings.answers >= 500);
  CHECK(findings.generations.size() >= publishes / 2);
  CHECK(bench.answer({"bridge"})["generation"] == 1 + publishes);
}
