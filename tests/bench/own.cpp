// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/own.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <stdexcept>

#include "common/index/column_file.h"
#include "common/index/schema.h"
#include "common/index/snapshot.h"
#include "tests/bench/child.h"

namespace dateline::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Operator = Question::Operator;

constexpr std::size_t times_each = 5;
constexpr std::size_t batch_queries = 1'000;

const fs::path search_program = DATELINE_SEARCH_PROGRAM;
const fs::path index_program = DATELINE_INDEX_PROGRAM;

template <class T>
std::uint64_t sum_of(const ColumnFile& file, std::string_view column) {
  std::uint64_t sum = 0;
  for (const auto value : file.column<T>(column)) sum += static_cast<std::uint64_t>(value);
  return sum;
}

/// Adds up every value of the columns that source, month and entities are counted from.
std::uint64_t scan_columns(const ColumnFile& file) {
  return sum_of<std::uint32_t>(file, schema::source) + sum_of<std::int32_t>(file, schema::day) +
         sum_of<std::uint32_t>(file, schema::entity_at) +
         sum_of<std::uint32_t>(file, schema::entity_ordinal) +
         sum_of<std::uint8_t>(file, schema::entity_weight);
}

/// Milliseconds of reading them one after the other.
double scan_time(const std::vector<ColumnFile>& files) {
  std::vector<double> times;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < times_each; ++i) {
    const auto start = Clock::now();
    for (const auto& file : files) sum += scan_columns(file);
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  if (sum == 0) throw std::runtime_error("the columns are empty");  // so that it must be summed up
  return median(times);
}

std::vector<ColumnFile> column_files(const fs::path& index) {
  const auto snapshot = IndexSnapshot::open(index);
  const IndexLayout layout(index);
  std::vector<ColumnFile> files;
  for (std::size_t i = 0; i < snapshot->segment_count(); ++i) {
    const auto& name = snapshot->segment(i).name();
    files.emplace_back(columns_of(layout.segment(name)), name);
  }
  return files;
}

/// Milliseconds of each question, asked some times.
std::vector<double> times_of(Engine& engine, const std::vector<Question>& questions) {
  std::vector<double> times;
  for (const auto& question : questions) {
    const auto reply = engine.ask(question, times_each);
    if (!reply) throw std::runtime_error(engine.name() + " refused a question");
    times.push_back(median(reply->microseconds) / 1'000);
  }
  return times;
}

std::vector<Question> changed(std::vector<Question> questions,
                              const std::function<void(Question&)>& change) {
  for (auto& question : questions) change(question);
  return questions;
}

/// The p50 of one way to ask by that of another, round by round.
Figure compare(Engine& engine, const char* what, const std::vector<Question>& one,
               const std::vector<Question>& other, double wanted, std::size_t rounds) {
  std::vector<double> ones;
  std::vector<double> others;
  for (std::size_t round = 0; round < rounds; ++round) {
    ones.push_back(median(times_of(engine, one)));
    others.push_back(median(times_of(engine, other)));
  }
  return {what, fmt::format("{:.3f} by {:.3f} ms", median(ones), median(others)),
          ratio_of(ones, others), wanted};
}

Figure facets_by_scan(const fs::path& index, Engine& engine, std::size_t rounds) {
  const auto files = column_files(index);
  const std::vector<Question> all{{.op = Operator::every, .facets = true}};
  std::vector<double> counting;
  std::vector<double> scanning;
  for (std::size_t round = 0; round < rounds; ++round) {
    counting.push_back(median(times_of(engine, all)));
    scanning.push_back(scan_time(files));
  }
  return {"facets of all articles / scan of the same columns",
          fmt::format("{:.2f} by {:.2f} ms", median(counting), median(scanning)),
          ratio_of(counting, scanning), 2.5};
}

std::vector<Figure> process_by_query(const fs::path& index, Engine& engine,
                                     const std::vector<Question>& questions, std::size_t rounds) {
  const auto asked = changed(questions, [](Question& q) { q.facets = q.text = true; });
  std::vector<double> whole;
  std::vector<double> own;
  for (std::size_t round = 0; round < rounds; ++round) {
    std::vector<double> times;
    for (const auto& q : questions) {
      times.push_back(run(search_program, {"--no-config", "--db", index.string(), "--any",
                                           fmt::format("{}", fmt::join(q.words, " "))})
                          .seconds *
                      1'000);
    }
    whole.push_back(median(times));
    own.push_back(median(times_of(engine, asked)));
  }
  return {
      {"a faceted query, process and all / the query itself",
       fmt::format("{:.1f} by {:.1f} ms", median(whole), median(own)), ratio_of(whole, own), 3.0},
      {"the same, p50 in milliseconds", fmt::format("{:.1f} ms", median(whole)), spread_of(whole),
       60.0}};
}

Figure two_threads_by_one(const fs::path& index, const std::vector<Question>& questions,
                          std::size_t rounds) {
  const auto queries = index.string() + ".queries";
  {
    std::ofstream file(queries);
    for (std::size_t i = 0; i < batch_queries; ++i) {
      file << fmt::format("{}\n", fmt::join(questions[i % questions.size()].words, " "));
    }
  }
  std::vector<double> one;
  std::vector<double> two;
  const auto seconds = [&](const char* threads) {
    return run(search_program,
               {"--no-config", "--db", index.string(), "--any", "--batch", queries, "-j", threads})
        .seconds;
  };
  for (std::size_t round = 0; round < rounds; ++round) {
    one.push_back(seconds("1"));
    two.push_back(seconds("2"));
  }
  const auto rate = [](const std::vector<double>& s) { return batch_queries / median(s); };
  return {"1,000 batch queries, two threads / one",
          fmt::format("{:.0f} by {:.0f} a second", rate(two), rate(one)), ratio_of(one, two), 1.85,
          true};
}

Figure update_by_build(const char* what, const fs::path& index, const fs::path& articles,
                       double full_seconds, std::optional<double> wanted, std::size_t rounds,
                       const std::function<void()>& change) {
  std::vector<double> seconds;
  for (std::size_t round = 0; round < rounds; ++round) {
    change();
    seconds.push_back(
        run(index_program, {"--no-config", "--quiet", "--db", index.string(), articles.string()})
            .seconds);
  }
  const std::vector<double> full(rounds, full_seconds);
  return {what, fmt::format("{:.2f} by {:.1f} s", median(seconds), full_seconds),
          ratio_of(seconds, full), wanted};
}

}  // namespace

std::vector<Figure> own_ratios(const fs::path& index, Engine& product,
                               const std::vector<Question>& questions, std::size_t rounds) {
  const auto month = changed(questions, [](Question& q) { q.month = "2016-05"; });
  const auto newest = changed(questions, [](Question& q) { q.newest = true; });
  return {facets_by_scan(index, product, rounds),
          compare(product, "OR of 3 of a month / of all", month, questions, 0.3, rounds),
          compare(product, "newest ten of OR of 3 / the ten best", newest, questions, 0.1, rounds)};
}

std::vector<Figure> program_figures(const fs::path& index, Engine& product,
                                    const std::vector<Question>& questions, std::size_t rounds) {
  auto figures = process_by_query(index, product, questions, rounds);
  figures.push_back(two_threads_by_one(index, questions, rounds));
  return figures;
}

std::vector<Figure> update_figures(const fs::path& index, const fs::path& articles,
                                   GeneratedSet& set, double full_seconds, std::size_t rounds) {
  std::vector<Figure> figures{
      update_by_build("1 % changed, in one file of a hundred / full build", index, articles,
                      full_seconds, 0.03, rounds, [&] { set.change_one_file(); }),
      update_by_build("1 % changed, in all files / full build", index, articles, full_seconds,
                      std::nullopt, rounds, [&] { set.change_scattered(); })};
  set.restore();
  return figures;
}

}  // namespace dateline::bench
