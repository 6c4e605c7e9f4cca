// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
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

/// The names of tests in the last columns of a page's tables, and behind "Kept by: ".
std::set<std::string> test_names_in(std::string page) {
  std::ranges::replace(page, '\n', ' ');
  std::set<std::string> names;
  const std::string mark = "language: ";
  for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at + 1)) {
    auto end = page.find(" | ", at);
    if (page.substr(0, at).ends_with("Kept by: ")) end = page.find(". ", at);
    names.insert(page.substr(at, end - at));
  }
  return names;
}

/// Without the breaks inside string literals.
std::string joined_literals(const std::string& source) {
  std::string joined;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const auto next = source.find_first_not_of(" \n", i + 1);
    const bool is_break = source[i] == '"' && next != std::string::npos && source[next] == '"' &&
                          source.substr(i, next - i).find('\n') != std::string::npos;
    if (is_break) {
      i = next;
    } else {
      joined += source[i];
    }
  }
  return joined;
}

std::string test_sources() {
  std::string sources;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(source_folder() / "tests")) {
    if (file.path().extension() == ".cpp") sources += joined_literals(read_text(file.path()));
  }
  return sources;
}

}  // namespace

TEST_CASE("every test that the query language's page names exists", "[docs]") {
  const auto sources = test_sources();
  const auto names = test_names_in(read_text(source_folder() / "docs" / "query-language.md") + ' ');
  CHECK(names.size() > 40);
  for (const auto& name : names) {
    INFO(name);
    CHECK(sources.find("TEST_CASE(\"" + name + '"') != std::string::npos);
  }
}

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
  CHECK(codes == 11);
}

TEST_CASE("each test that the page on reliability names is there", "[docs]") {
  const auto sources = test_sources();
  std::istringstream page(read_text(source_folder() / "docs" / "reliability.md"));
  std::size_t named = 0;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| ")) continue;
    for (auto begin = line.find('*'); begin != std::string::npos; begin = line.find('*', begin)) {
      const auto end = line.find('*', begin + 1);
      REQUIRE(end != std::string::npos);
      const auto name = line.substr(begin + 1, end - begin - 1);
      INFO(name);
      CHECK(sources.find('"' + name + '"') != std::string::npos);
      ++named;
      begin = end + 1;
    }
  }
  CHECK(named > 100);
}
