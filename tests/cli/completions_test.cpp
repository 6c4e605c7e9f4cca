// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "indexer/options.h"
#include "searcher/options.h"
#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

std::string script_for(const std::filesystem::path& program, const char* shell) {
  const auto run = test::run_program(program, {"--completions", shell});
  REQUIRE(run.exit_code == 0);
  return run.out;
}

/// What bash offers for a command line whose last word is being typed.
std::string offered(const std::vector<std::string>& words) {
  std::string line;
  for (const auto& word : words) line += fmt::format(" '{}'", word);
  const auto command = script_for(test::search_program(), "bash") +
                       fmt::format(
                           "compopt() {{ :; }}\nCOMP_WORDS=(dateline-search{})\n"
                           "COMP_CWORD={}\n_dateline_search\n"
                           "printf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
                           line, words.size());
  return test::run_program("/bin/bash", {"-c", command}).out;
}

}  // namespace

TEST_CASE("every option of both programs is completed in every shell", "[cli][completions]") {
  const std::vector<std::pair<std::filesystem::path, std::span<const OptionRow>>> programs{
      {test::index_program(), index_options()}, {test::search_program(), search_options()}};
  for (const auto& [program, rows] : programs) {
    for (const auto* shell : {"bash", "zsh", "fish"}) {
      const auto script = script_for(program, shell);
      for (const auto& row : rows) CHECK_THAT(script, Contains(std::string(row.name)));
    }
  }
}

TEST_CASE("the shells accept the completions", "[cli][completions]") {
  const std::vector<std::pair<std::string, std::string>> shells{
      {"bash", "/bin/bash"}, {"zsh", "/usr/bin/zsh"}, {"fish", "/usr/bin/fish"}};
  for (const auto& [name, shell] : shells) {
    if (!std::filesystem::exists(shell)) {
      WARN(name << " is not installed: its completions are not checked");
      continue;
    }
    for (const auto& program : {test::index_program(), test::search_program()}) {
      const auto check =
          test::run_program(shell, {"-n"}, {.input = script_for(program, name.c_str())});
      INFO(check.err);
      CHECK(check.exit_code == 0);
    }
  }
}

TEST_CASE("bash completes options, values and files", "[cli][completions]") {
  CHECK(offered({"--form"}) == "--format\n--format-version\n");
  CHECK(offered({"--format", "js"}) == "json\njsonl\n");
  CHECK(offered({"--format", "=", "ts"}) == "tsv\n");
  CHECK(offered({"-f", "te"}) == "text\n");
  CHECK(offered({"--sort", "new"}) == "newest\n");
  CHECK(offered({"--batch", "/etc/passw"}).find("/etc/passwd\n") != std::string::npos);
}

TEST_CASE("a shell that is unknown is refused", "[cli][completions]") {
  const auto run = dateline_search({"--completions", "csh"});
  CHECK(run.exit_code == 2);
  CHECK_THAT(run.err, Contains("bash, zsh, fish"));
}
