// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/asking.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace dateline::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t times_each = 3;

/// One engine's answers to the questions of a kind, as far as it came.
struct Answers {
  std::vector<double> milliseconds;
  std::vector<std::uint64_t> matches;
};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// As many of the questions as there is time for, but one at least.
Answers ask(Engine& engine, const QuestionKind& kind, double seconds) {
  Answers answers;
  const auto start = Clock::now();
  for (const auto& question : kind.questions) {
    auto reply = engine.ask(question, 1);
    if (!reply) break;
    if (seconds_since(start) < seconds) reply = engine.ask(question, times_each);
    answers.milliseconds.push_back(median(reply->microseconds) / 1'000);
    answers.matches.push_back(reply->matches);
    if (seconds_since(start) > seconds) break;
  }
  return answers;
}

/// Until caches are filled and Java has compiled what it runs.
void warm_up(Engine& engine, const QuestionKind& kind, double seconds) {
  const auto start = Clock::now();
  while (seconds_since(start) < seconds) {
    if (ask(engine, kind, seconds).matches.empty()) return;
  }
}

std::vector<double> first_of(const std::vector<double>& values, std::size_t count) {
  return {values.begin(),
          values.begin() + static_cast<std::ptrdiff_t>(std::min(count, values.size()))};
}

double sum_of_first(const std::vector<std::uint64_t>& values, std::size_t count) {
  double sum = 0;
  for (std::size_t i = 0; i < std::min(count, values.size()); ++i)
    sum += static_cast<double>(values[i]);
  return sum;
}

/// An engine's rounds beside those of the first.
AskedTimes compared(const std::string& name, const std::vector<Answers>& own,
                    const std::vector<Answers>& other) {
  AskedTimes times{.engine = name};
  std::vector<double> all;
  std::vector<double> all_ours;
  std::vector<double> p50;
  std::vector<double> p95;
  for (std::size_t round = 0; round < own.size(); ++round) {
    const auto count = std::min(own[round].milliseconds.size(), other[round].milliseconds.size());
    if (count == 0) return times;
    const auto ours = first_of(own[round].milliseconds, count);
    const auto theirs = first_of(other[round].milliseconds, count);
    all.insert(all.end(), theirs.begin(), theirs.end());
    all_ours.insert(all_ours.end(), ours.begin(), ours.end());
    p50.push_back(median(ours) / median(theirs));
    p95.push_back(quantile(ours, 0.95) / quantile(theirs, 0.95));
    times.questions = count;
    times.matches_ratio =
        sum_of_first(own[round].matches, count) / sum_of_first(other[round].matches, count);
  }
  times.p50 = median(all);
  times.first_p50 = median(all_ours);
  times.p95 = quantile(all, 0.95);
  times.p50_ratio = spread_of(p50);
  times.p95_ratio = spread_of(p95);
  return times;
}

AskedKind ask_kind(std::vector<Engine>& engines, const QuestionKind& kind, const AskingPlan& plan) {
  std::vector<std::vector<Answers>> rounds_of(engines.size());
  for (auto& engine : engines) warm_up(engine, kind, plan.seconds_each);
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    for (std::size_t i = 0; i < engines.size(); ++i) {
      const auto turn = (i + round) % engines.size();
      rounds_of[turn].push_back(ask(engines[turn], kind, plan.seconds_each));
    }
  }
  AskedKind asked{kind.name, {}};
  for (std::size_t i = 0; i < engines.size(); ++i) {
    asked.times.push_back(compared(engines[i].name(), rounds_of[0], rounds_of[i]));
  }
  return asked;
}

}  // namespace

std::size_t leave_out_refused(Engine& engine, std::vector<QuestionKind>& kinds) {
  std::size_t left_out = 0;
  for (auto& kind : kinds) {
    std::vector<Question> answered;
    for (const auto& question : kind.questions) {
      if (engine.ask(question, 1)) answered.push_back(question);
    }
    if (answered.empty()) continue;
    left_out += kind.questions.size() - answered.size();
    kind.questions = std::move(answered);
  }
  return left_out;
}

std::vector<AskedKind> ask_all(std::vector<Engine>& engines, const std::vector<QuestionKind>& kinds,
                               const AskingPlan& plan,
                               const std::function<void(const std::string&)>& progress) {
  std::vector<AskedKind> asked;
  for (const auto& kind : kinds) {
    if (kind.questions.empty()) continue;
    progress(fmt::format("asking: {}", kind.name));
    asked.push_back(ask_kind(engines, kind, plan));
  }
  return asked;
}

}  // namespace dateline::bench
