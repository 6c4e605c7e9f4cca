// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "common/completions.h"
#include "common/program.h"
#include "common/settings.h"
#include "corpus/formats/format_list.h"
#include "indexer/commands/commands.h"
#include "indexer/options.h"
#include "indexer/segments/memory_budget.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

/// What is asked about the program itself; false where nothing is.
bool print_about(const ParsedOptions& options) {
  if (options.has("help")) {
    print_out(help_text(index_options(), index_program(), terminal_width(STDOUT_FILENO)));
  } else if (options.has("version")) {
    print_out(version_text(index_program().name));
  } else if (options.has("list-formats")) {
    print_out(format_list());
  } else if (options.has("man-options")) {
    print_out(man_options(index_options()));
  } else if (options.has("completions")) {
    print_out(completions(options.value("completions"), index_options(), index_program()));
  } else {
    return false;
  }
  return true;
}

/// An option that asks for something else than bringing the index up to date.
struct Command {
  std::string_view option;
  ExitCode (*run)(const ParsedOptions& options);
};

constexpr std::array commands{
    Command{"explain", explain},
    Command{"tag", tag},
    Command{"entities", print_entities},
    Command{"status", status},
    Command{"check", check},
    Command{"repair", repair},
    Command{"optimise", optimise},
    Command{"backup", backup},
    Command{"watch", watch},
    Command{"export", export_articles},
    Command{"diff", diff},
};

/// Options of a run over the article sets do nothing for commands that make none.
void refuse_idle_options(const ParsedOptions& options, const Command* chosen) {
  constexpr std::array runs{"watch"sv, "repair"sv};
  constexpr std::array of_runs{"forget"sv,         "keep-generations"sv, "rebuild"sv,
                               "check-contents"sv, "no-entities"sv,      "allow-mass-removal"sv,
                               "alerts"sv};
  if (chosen == nullptr || std::ranges::find(runs, chosen->option) != runs.end()) return;
  for (const auto option : of_runs) {
    if (!options.typed(option)) continue;
    throw Error(ExitCode::usage, fmt::format("--{} does nothing with --{}", option, chosen->option),
                "give it to a run over the article sets");
  }
}

ExitCode run(int argc, const char* const* argv) {
  auto options = parse_options(index_options(), index_program(), argc, argv);
  if (print_about(options)) return ExitCode::ok;
  add_settings(options, index_options(), "index");
  ::umask(077);  // an index may hold what not everybody may read
  if (options.has("memory")) limit_memory(memory_size(options.value("memory")));
  const Command* chosen = nullptr;
  for (const auto& command : commands) {
    if (!options.has(command.option)) continue;
    if (chosen != nullptr)
      throw Error(ExitCode::usage,
                  fmt::format("--{} and --{} are two things to do", chosen->option, command.option),
                  "ask for one at a time");
    chosen = &command;
  }
  refuse_idle_options(options, chosen);
  return chosen == nullptr ? update(options) : chosen->run(options);
}

}  // namespace
}  // namespace dateline

int main(int argc, char** argv) {
  return dateline::run_program(dateline::index_program().name,
                               [&] { return static_cast<int>(dateline::run(argc, argv)); });
}
