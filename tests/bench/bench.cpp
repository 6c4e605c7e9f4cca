// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the two programs as built on one article set, in one run, and prints a table.
// Usage: dateline-bench ARTICLES [WORK_DIR]
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "common/text/tokenizer.h"
#include "corpus/reader.h"
#include "tests/bench/child.h"

namespace {

namespace fs = std::filesystem;
using dateline::bench::run;
using Clock = std::chrono::steady_clock;

constexpr double megabyte = 1e6;
constexpr std::size_t query_count = 100;
constexpr int rounds = 5;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The texts of a set, and words to ask for.
class TextCounter : public dateline::ArticleSink {
 public:
  void article(dateline::Article&& article) override {
    ++articles;
    text_bytes += article.title.value.size() + article.deck.value.size() + article.body.size();
    if (articles % 7 == 0) titles.push_back(article.title.value);
  }
  void refused(const std::string&, const std::string&) override { ++refusals; }

  std::uint64_t articles = 0;
  std::uint64_t refusals = 0;
  std::uint64_t text_bytes = 0;
  std::vector<std::string> titles;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

std::uint64_t bytes_below(const fs::path& folder) {
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

/// Queries of one to three words from the set's own titles; the same for the same set.
std::vector<std::string> queries_from(const std::vector<std::string>& titles) {
  std::mt19937 random(1);
  std::vector<std::string> queries;
  for (std::size_t tries = 0; queries.size() < query_count && tries < 100 * query_count; ++tries) {
    std::vector<std::string> words;
    for (dateline::Tokenizer t(titles[random() % titles.size()]); t.next();) {
      if (t.word().size() > 3) words.emplace_back(t.word());
    }
    const auto wanted = 1 + random() % 3;
    if (words.size() < wanted) continue;
    const auto first = random() % (words.size() - wanted + 1);
    std::string query;
    for (std::size_t i = 0; i < wanted; ++i) query += words[first + i] + ' ';
    queries.push_back(query);
  }
  return queries;
}

void print_row(std::string_view what, double value, std::string_view unit, double ratio,
               std::string_view against) {
  fmt::print("| {} | {:.2f} {} | {:.2f} | {} |\n", what, value, unit, ratio, against);
}

void measure(const fs::path& articles, const fs::path& work) {
  const fs::path index_program = DATELINE_INDEX_PROGRAM;
  const fs::path search_program = DATELINE_SEARCH_PROGRAM;
  const auto db = (work / "index").string();

  TextCounter text;
  const auto read_start = Clock::now();
  const dateline::ArticleReader reader{dateline::ReadOptions{}};
  for (const auto& file : dateline::list_article_set({fs::absolute(articles)}).files) {
    reader.read(file, text);
  }
  const auto reading = seconds_since(read_start);
  if (text.titles.empty()) throw std::runtime_error("the set has too few articles to measure");
  const auto megabytes = static_cast<double>(text.text_bytes) / megabyte;

  fs::remove_all(db);
  const auto build = run(index_program, {"--db", db, articles.string()});
  const auto again = run(index_program, {"--db", db, articles.string()});
  const auto index_bytes = static_cast<double>(bytes_below(db));

  const auto queries = queries_from(text.titles);
  std::vector<double> starting;
  std::vector<double> asking;
  double peak = 0;
  for (int round = 0; round < rounds; ++round) {
    for (const auto& query : queries) {
      starting.push_back(run(search_program, {"--version"}).seconds);
      const auto asked = run(search_program, {"--db", db, "--any", query});
      asking.push_back(asked.seconds);
      peak = std::max(peak, asked.peak_megabytes);
    }
  }
  const auto batch = work / "queries.txt";
  {
    std::ofstream file(batch);
    for (int round = 0; round < rounds; ++round) {
      for (const auto& query : queries) file << query << '\n';
    }
  }
  const auto batch_of = [&](const char* jobs) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
      times.push_back(
          run(search_program, {"--db", db, "--any", "--batch", batch.string(), "-j", jobs})
              .seconds);
    }
    return median(times);
  };
  const auto one_job = batch_of("1");
  const auto two_jobs = batch_of("2");
  const auto per_query = 1000 / static_cast<double>(rounds * queries.size());

  utsname machine{};
  ::uname(&machine);
  fmt::print("{} articles, {:.1f} MB of text; {} cores, {}; {} queries, median of {} rounds\n\n",
             text.articles, megabytes, std::thread::hardware_concurrency(), machine.machine,
             queries.size(), rounds);
  fmt::print("| what | figure | ratio | against |\n|---|---:|---:|---|\n");
  print_row("reading the set", megabytes / reading, "MB/s", 1, "itself: the floor of building");
  print_row("building the index", megabytes / build.seconds, "MB/s", build.seconds / reading,
            "the time of reading");
  print_row("CPU of building", build.cpu_seconds, "s", build.cpu_seconds / build.seconds,
            "its wall time");
  print_row("memory of building", build.peak_megabytes, "MB", build.peak_megabytes / megabytes,
            "MB of text");
  print_row("a second run, nothing changed", again.seconds, "s", again.seconds / build.seconds,
            "building");
  print_row("the index", index_bytes / megabyte, "MB", index_bytes / megabyte / megabytes,
            "MB of text");
  print_row("a faceted query, process and all, p50", median(asking) * 1000, "ms",
            median(asking) / median(starting), "starting and ending the process");
  print_row("memory of a query, largest", peak, "MB", peak / megabytes, "MB of text");
  print_row("a faceted query in a batch, one thread", one_job * per_query, "ms", 1, "itself");
  print_row("the same, two threads", two_jobs * per_query, "ms", one_job / two_jobs,
            "times as many a second as one thread");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    fmt::print(stderr, "usage: dateline-bench ARTICLES [WORK_DIR]\n");
    return 2;
  }
  try {
    const fs::path work =
        argc == 3 ? fs::path(argv[2])
                  : fs::temp_directory_path() / fmt::format("dateline-bench-{}", ::getpid());
    fs::create_directories(work);
    measure(argv[1], work);
    if (argc == 2) fs::remove_all(work);
  } catch (const std::exception& e) {
    fmt::print(stderr, "dateline-bench: {}\n", e.what());
    return 1;
  }
  return 0;
}
