// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

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

/// An option that asks for something else than bringing the index up to date, and which of the
/// others mean something beside it.
struct Command {
  std::string_view option;
  ExitCode (*run)(const ParsedOptions& options);
  bool reads_sets = false;    ///< the options that say which files are read, and how
  bool is_run = false;        ///< the options of a run over the article sets
  std::string_view others{};  ///< with spaces in between
};

constexpr std::array commands{
    Command{"explain", explain, true},
    Command{"tag", tag},
    Command{"entities", print_entities, false, false, "entity-type raw-cells"},
    Command{"status", status},
    Command{"check", check},
    Command{"repair", repair, true, true},
    Command{"optimise", optimise, false, false, "lock-wait"},
    Command{"backup", backup},
    Command{"watch", watch, true, true, "alerts log"},
    Command{"export", export_articles},
    Command{"diff", diff, false, false, "query raw-cells"},
};
constexpr Command bring_up_to_date{"", update, true, true, "alerts log"};

bool is_one_of(std::string_view word, std::string_view list) {
  const auto at = list.find(word);
  return at != std::string_view::npos && (at == 0 || list[at - 1] == ' ') &&
         (at + word.size() == list.size() || list[at + word.size()] == ' ');
}

bool heeds(const Command& command, std::string_view option) {
  constexpr auto general = "db memory format color quiet no-config"sv;
  constexpr auto of_sets =
      "files-from null include exclude follow-symlinks map date-from-file-time source-names"sv;
  constexpr auto of_runs =
      "rebuild check-contents no-entities allow-mass-removal forget threads lock-wait keep-generations"sv;
  return option == command.option || is_one_of(option, general) ||
         (command.reads_sets && is_one_of(option, of_sets)) ||
         (command.is_run && is_one_of(option, of_runs)) || is_one_of(option, command.others);
}

/// An option that would do nothing was meant to do something.
void refuse_idle_options(const ParsedOptions& options, const Command& chosen) {
  for (const auto& row : index_options()) {
    if (!options.typed(row.name) || heeds(chosen, row.name)) continue;
    throw Error(ExitCode::usage,
                chosen.option.empty()
                    ? fmt::format("--{} does nothing in a run over the article sets", row.name)
                    : fmt::format("--{} does nothing with --{}", row.name, chosen.option),
                "leave it out");
  }
}

ExitCode run(int argc, const char* const* argv) {
  auto options = parse_options(index_options(), index_program(), argc, argv);
  if (print_about(options)) return ExitCode::ok;
  add_settings(options, index_options(), "index");
  ::umask(077);  // an index may hold what not everybody may read
  if (options.has("memory")) limit_memory(memory_size(options.value("memory")));
  const Command* chosen = &bring_up_to_date;
  for (const auto& command : commands) {
    if (!options.has(command.option)) continue;
    if (chosen != &bring_up_to_date)
      throw Error(ExitCode::usage,
                  fmt::format("--{} and --{} are two things to do", chosen->option, command.option),
                  "ask for one at a time");
    chosen = &command;
  }
  refuse_idle_options(options, *chosen);
  return with_remedies_at(options.typed("db") ? options.value("db") : "",
                          [&] { return chosen->run(options); });
}

}  // namespace
}  // namespace dateline

int main(int argc, char** argv) {
  return dateline::run_program(dateline::index_program().name,
                               [&] { return static_cast<int>(dateline::run(argc, argv)); });
}
