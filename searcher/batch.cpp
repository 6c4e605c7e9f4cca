// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/batch.h"

#include <fmt/format.h>

#include <condition_variable>
#include <cstdio>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "common/freed_memory.h"
#include "common/index/snapshot.h"
#include "common/program.h"
#include "common/text/unicode.h"
#include "searcher/batch_line.h"
#include "searcher/engine/search.h"
#include "searcher/output/records.h"

namespace dateline {
namespace {

/// What one line became.
struct Answer {
  std::string id;
  std::string out;
  std::string problem;                 ///< for stderr
  std::optional<SearchResult> result;  ///< only if somebody takes it
  bool refused = false;
  bool found = false;
};

Answer answer_of(const BatchLine& line, SearchResult result, const BatchOptions& options) {
  Answer answer;
  answer.id = line.id;
  answer.found = result.total > 0;
  if (options.take) {
    answer.result = std::move(result);
    return answer;
  }
  auto output = options.output;
  output.count = line.count;
  answer.out = result_record(result, line.request, output, line.id);
  return answer;
}

Answer refusal(const std::string& id, const std::string& query, const Error& error,
               OutputFormat format) {
  Answer answer;
  answer.id = id;
  answer.refused = true;
  answer.problem = fmt::format("query {}: {}\n", printable(id), printable_text(error.what()));
  if (!error.remedy().empty())
    answer.problem += fmt::format("  try: {}\n", printable(error.remedy()));
  if (format == OutputFormat::jsonl) {
    auto j = versioned_json();
    j["id"] = id;
    j["query"] = query;
    j["error"] = {{"message", error.what()}, {"remedy", error.remedy()}};
    answer.out = dump_json(j) + '\n';
  }
  return answer;
}

std::shared_ptr<const IndexSnapshot> snapshot_for(const BatchOptions& options) {
  return options.generation
             ? IndexSnapshot::open_generation(options.index, *options.generation, options.jobs)
             : IndexSnapshot::open(options.index, options.jobs);
}

/// Lines in, answers out in the same order; at most a window of them under way.
class Batch {
 public:
  Batch(BatchReader& input, const BatchOptions& options, const std::atomic<bool>& stop)
      : input_(input), options_(options), stop_(stop), snapshot_(snapshot_for(options)) {}

  ExitCode run() {
    print_out(header_record(options_.output, options_.defaults, true));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < options_.jobs; ++i) {
      threads.emplace_back([this, i] { work(i); });
    }
    for (auto& thread : threads) thread.join();
    if (failure_) std::rethrow_exception(failure_);
    if (stop_) throw Error(ExitCode::interrupted, "interrupted");
    if (refused_) return ExitCode::usage;
    return found_ ? ExitCode::ok : ExitCode::nothing_found;
  }

 private:
  struct Line {
    InputLine input;
    std::size_t sequence = 0;  ///< among those that hold a query, from 0
  };

  void work(std::size_t thread) {
    try {
      Searcher searcher(snapshot_, thread);
      while (auto line = next_line()) finish(line->sequence, answer(*line, searcher));
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      failed_ = true;
      room_.notify_all();
    }
  }

  /// Waits for input without keeping others from printing what they have.
  std::optional<Line> next_line() {
    const std::lock_guard reading(input_mutex_);
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [&] { return ended() || next_sequence_ < printed_ + window(); });
    }
    auto input = input_ended_ ? std::nullopt : input_.next([this] { return ended(); });
    if (!input) {
      input_ended_ = true;
      return std::nullopt;
    }
    return Line{std::move(*input), next_sequence_++};
  }
  bool ended() const { return failed_ || stop_; }
  std::size_t window() const { return 16 * options_.jobs; }

  Answer answer(const Line& line, Searcher& searcher) const {
    const auto format = options_.output.format;
    auto id = std::to_string(line.input.number);
    auto query = line.input.too_long ? std::string() : line.input.text;
    try {
      if (line.input.too_long) {
        throw Error(ExitCode::usage,
                    fmt::format("the line is longer than {} bytes", max_batch_line_bytes),
                    "shorten it; a query may have 65,536 bytes");
      }
      auto parsed = parse_batch_line(
          line.input.text, {id, options_.defaults, options_.output.count, options_.everything});
      id = parsed.id;
      query = parsed.request.query;
      if (!parsed.everything) refuse_empty(parsed.request);
      auto output = options_.output;
      output.count = parsed.count;
      ask_only_for(output, parsed.request);
      parsed.request.advice = output.format == OutputFormat::jsonl && !output.count;
      return answer_of(parsed, searcher.search(parsed.request), options_);
    } catch (const BatchLineError& e) {
      return refusal(e.id, e.query, e.error, format);
    } catch (const Error& e) {
      if (e.code() != ExitCode::usage && e.code() != ExitCode::nothing_found) throw;
      return refusal(id, query, e, format);
    }
  }

  void finish(std::size_t sequence, Answer answer) {
    const std::lock_guard lock(mutex_);
    refused_ = refused_ || answer.refused;
    found_ = found_ || answer.found;
    const auto at = sequence - printed_;
    if (waiting_.size() <= at) waiting_.resize(at + 1);
    waiting_[at] = std::move(answer);
    while (!waiting_.empty() && waiting_.front()) {
      const auto& next = *waiting_.front();
      if (options_.take && next.result) options_.take(next.id, *next.result);
      if (!options_.take) print_out(next.out);
      fmt::print(stderr, "{}", next.problem);
      waiting_.pop_front();
      ++printed_;
    }
    room_.notify_all();
  }

  BatchReader& input_;
  const BatchOptions& options_;
  const std::atomic<bool>& stop_;
  std::shared_ptr<const IndexSnapshot> snapshot_;
  std::mutex input_mutex_;  // guards input_ and input_ended_; taken before mutex_
  bool input_ended_ = false;
  std::atomic<std::size_t> next_sequence_ = 0;  // written under input_mutex_
  std::atomic<bool> failed_ = false;            // failure_ is set
  std::mutex mutex_;                            // guards all below
  std::condition_variable room_;
  std::deque<std::optional<Answer>> waiting_;  ///< answers from sequence printed_ on
  std::size_t printed_ = 0;
  bool refused_ = false;
  bool found_ = false;
  std::exception_ptr failure_;
};

}  // namespace

ExitCode run_batch(BatchReader& input, const BatchOptions& options, const std::atomic<bool>& stop) {
  keep_freed_memory();
  return Batch(input, options, stop).run();
}

}  // namespace dateline
