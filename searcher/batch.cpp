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
  std::string out;
  std::string problem;  ///< for stderr
  bool refused = false;
  bool found = false;
};

std::string record_line(const std::string& id, const Json& rest) {
  Json j = {{"id", id}};
  j.update(rest);
  return dump_json(j) + '\n';
}

Answer answer_of(const std::string& id, const SearchRequest& request, const SearchResult& result,
                 OutputFormat format) {
  Answer answer;
  answer.found = result.total > 0;
  switch (format) {
    case OutputFormat::text:
    case OutputFormat::json:
    case OutputFormat::jsonl:
      answer.out = record_line(id, result_json(result, request));
      break;
    case OutputFormat::tsv:
      answer.out = result_tsv(result, id);
      break;
    case OutputFormat::trec:
      answer.out = result_trec(result, id);
      break;
  }
  return answer;
}

Answer refusal(const std::string& id, const std::string& query, const Error& error,
               OutputFormat format) {
  Answer answer;
  answer.refused = true;
  answer.problem = fmt::format("query {}: {}\n", printable(id), printable_text(error.what()));
  if (format == OutputFormat::jsonl) {
    answer.out = record_line(
        id, {{"query", query}, {"error", {{"message", error.what()}, {"remedy", error.remedy()}}}});
  }
  return answer;
}

/// Lines in, answers out in the same order; at most a window of them under way.
class Batch {
 public:
  Batch(std::istream& input, const BatchOptions& options, const std::atomic<bool>& stop)
      : input_(input),
        options_(options),
        stop_(stop),
        snapshot_(IndexSnapshot::open(options.index, options.jobs)) {}

  ExitCode run() {
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
    std::size_t number = 0;    ///< in the input, from 1
    std::size_t sequence = 0;  ///< among those that hold a query, from 0
    std::string text;
  };

  void work(std::size_t thread) {
    try {
      Searcher searcher(snapshot_, thread);
      while (auto line = next_line()) finish(line->sequence, answer(*line, searcher));
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      room_.notify_all();
    }
  }

  std::optional<Line> next_line() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return ended() || next_sequence_ < printed_ + window(); });
    Line line;
    while (!ended()) {
      if (!std::getline(input_, line.text)) {
        if (input_.bad()) throw Error(ExitCode::system_failure, "the batch cannot be read on");
        input_ended_ = true;
        break;
      }
      constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
      if (++lines_ == 1 && line.text.starts_with(byte_order_mark)) line.text.erase(0, 3);
      if (line.text.find_first_not_of(" \t\r") == std::string::npos) continue;
      if (line.text.back() == '\r') line.text.pop_back();
      line.number = lines_;
      line.sequence = next_sequence_++;
      return line;
    }
    room_.notify_all();
    return std::nullopt;
  }
  bool ended() const { return input_ended_ || failure_ || stop_; }
  std::size_t window() const { return 16 * options_.jobs; }

  Answer answer(const Line& line, Searcher& searcher) const {
    auto id = std::to_string(line.number);
    std::string query = line.text;
    try {
      const auto parsed = parse_batch_line(line.text, id, options_.defaults);
      id = parsed.id;
      query = parsed.request.query;
      refuse_empty(parsed.request);
      return answer_of(id, parsed.request, searcher.search(parsed.request), options_.format);
    } catch (const BatchLineError& e) {
      return refusal(e.id, e.query, e.error, options_.format);
    } catch (const Error& e) {
      if (e.code() != ExitCode::usage) throw;
      return refusal(id, query, e, options_.format);
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
      print_out(waiting_.front()->out);
      fmt::print(stderr, "{}", waiting_.front()->problem);
      waiting_.pop_front();
      ++printed_;
    }
    room_.notify_all();
  }

  std::istream& input_;
  const BatchOptions& options_;
  const std::atomic<bool>& stop_;
  std::shared_ptr<const IndexSnapshot> snapshot_;
  std::mutex mutex_;  // guards all below
  std::condition_variable room_;
  std::deque<std::optional<Answer>> waiting_;  ///< answers from sequence printed_ on
  std::size_t printed_ = 0;
  std::size_t next_sequence_ = 0;
  std::size_t lines_ = 0;
  bool input_ended_ = false;
  bool refused_ = false;
  bool found_ = false;
  std::exception_ptr failure_;
};

}  // namespace

ExitCode run_batch(std::istream& input, const BatchOptions& options,
                   const std::atomic<bool>& stop) {
  return Batch(input, options, stop).run();
}

}  // namespace dateline
