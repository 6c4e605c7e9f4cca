// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;

namespace {

struct Example {
  std::string command;
  std::string output;
};

/// The commands of an indented session, each line of which begins with four spaces or is empty.
std::vector<Example> session_under(const std::string& heading, const std::string& page) {
  std::istringstream lines(page.substr(page.find(heading)));
  std::vector<Example> examples;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line) && !line.starts_with("## ")) {
    const bool indented = line.starts_with("    ");
    if (!indented && !(line.empty() && !examples.empty())) continue;
    const auto text = indented ? line.substr(4) : std::string();
    if (text.starts_with("$ ")) {
      examples.push_back({text.substr(2), {}});
    } else if (!examples.empty()) {
      examples.back().output += text + '\n';
    }
  }
  return examples;
}

std::string without_blank_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("the README's session prints what the README says", "[cli][docs]") {
  const Workbench bench;
  REQUIRE(bench.index({sample_set().string()}).exit_code == 0);
  const auto page = read_text(source_folder() / "README.md");
  std::size_t compared = 0;
  for (const auto& example : session_under("## A session", page)) {
    if (!example.command.starts_with("dateline-search")) continue;
    const auto script = fmt::format("PATH='{}':$PATH; {}", search_program().parent_path().string(),
                                    example.command);
    const auto run = run_program("/bin/sh", {"-c", script},
                                 {.environment = {{"DATELINE_DB", bench.db().string()}}});
    INFO(example.command);
    CHECK(without_blank_end(run.out + run.err) == without_blank_end(example.output));
    ++compared;
  }
  CHECK(compared >= 2);
}

TEST_CASE("the query language's page shows refusals as they are", "[cli][docs]") {
  const Workbench bench;
  REQUIRE(bench.index({sample_set().string()}).exit_code == 0);
  const auto page = read_text(source_folder() / "docs" / "query-language.md");
  const auto examples = session_under("## What is refused", page);
  REQUIRE(examples.size() == 1);
  const auto script = fmt::format("PATH='{}':$PATH; {}", search_program().parent_path().string(),
                                  examples[0].command);
  const auto run = run_program("/bin/sh", {"-c", script},
                               {.environment = {{"DATELINE_DB", bench.db().string()}}});
  CHECK(run.exit_code == 2);
  CHECK(without_blank_end(run.err) == without_blank_end(examples[0].output));
}

TEST_CASE("the exit codes' page lists every code", "[docs]") {
  const auto page = read_text(source_folder() / "docs" / "exit-codes.md");
  const auto header = read_text(source_folder() / "common" / "error.h");
  std::istringstream lines(header.substr(header.find("enum class ExitCode")));
  std::size_t codes = 0;
  for (std::string line; std::getline(lines, line) && line != "};";) {
    const auto equals = line.find(" = ");
    if (equals == std::string::npos) continue;
    const auto code = line.substr(equals + 3, line.find(',') - equals - 3);
    INFO(code);
    CHECK(page.find("\n| " + code + " |") != std::string::npos);
    ++codes;
  }
  CHECK(codes == 10);
}
