// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/engines/protocol.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <chrono>
#include <exception>
#include <iostream>

namespace dateline::bench {
namespace {

using Operator = Question::Operator;
using Clock = std::chrono::steady_clock;

constexpr std::array<std::string_view, 5> operator_names{"any", "all", "phrase", "prefix", "every"};

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return parts;
}

Operator operator_named(std::string_view name) {
  for (std::size_t i = 0; i < operator_names.size(); ++i) {
    if (operator_names[i] == name) return static_cast<Operator>(i);
  }
  throw std::invalid_argument("no such operator: " + std::string(name));
}

std::string answer_line(const Answer& answer, std::string_view line) {
  const auto tab = line.find('\t');
  const auto times = std::stoul(std::string(line.substr(0, tab)));
  const auto question = read_question(line.substr(tab + 1));
  std::uint64_t matches = 0;
  std::vector<double> microseconds;
  for (std::size_t i = 0; i < times; ++i) {
    const auto start = Clock::now();
    matches = answer(question);
    microseconds.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  return fmt::format("{}\t{:.1f}", matches, fmt::join(microseconds, " "));
}

}  // namespace

std::string write_question(const Question& question) {
  auto line = fmt::format("{}\t{}", operator_names[static_cast<std::size_t>(question.op)],
                          fmt::join(question.words, " "));
  if (!question.month.empty()) line += "\tmonth=" + question.month;
  if (!question.source.empty()) line += "\tsource=" + question.source;
  if (question.total) line += "\ttotal";
  if (question.facets) line += "\tfacets";
  if (question.newest) line += "\tnewest";
  if (question.text) line += "\ttext";
  return line;
}

Question read_question(std::string_view line) {
  const auto parts = split(line, '\t');
  Question question;
  question.op = operator_named(parts.at(0));
  if (parts.size() > 1) question.words = split(parts[1], ' ');
  for (std::size_t i = 2; i < parts.size(); ++i) {
    const std::string_view part = parts[i];
    if (part.starts_with("month=")) question.month = part.substr(6);
    if (part.starts_with("source=")) question.source = part.substr(7);
    question.total |= part == "total";
    question.facets |= part == "facets";
    question.newest |= part == "newest";
    question.text |= part == "text";
  }
  return question;
}

void serve(const Answer& answer) {
  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    try {
      std::cout << answer_line(answer, line) << std::endl;
    } catch (const std::exception& e) {
      const std::string_view reason = e.what();
      std::cout << "!\t" << reason.substr(0, reason.find('\n')) << std::endl;
    }
  }
}

int run_engine(int argc, char** argv,
               const std::function<void(const std::string&, const std::string&)>& build,
               const std::function<void(const std::string&)>& serve_index) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  try {
    if (arguments.size() == 3 && arguments[0] == "build") {
      build(arguments[1], arguments[2]);
    } else if (arguments.size() == 2 && arguments[0] == "serve") {
      serve_index(arguments[1]);
    } else {
      fmt::print(stderr, "Usage: {0} build DOCUMENTS INDEX\n       {0} serve INDEX\n", argv[0]);
      return 2;
    }
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}: {}\n", argv[0], e.what());
    return 1;
  }
  return 0;
}

}  // namespace dateline::bench
