// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/option_values.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <thread>

#include "common/error.h"
#include "common/index/layout.h"
#include "common/program.h"
#include "indexer/commands/path_list.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

constexpr std::array known_fields{"title"sv,    "deck"sv,     "text"sv,    "source"sv,
                                  "date"sv,     "modified"sv, "authors"sv, "topics"sv,
                                  "language"sv, "url"sv,      "id"sv};

/// What is indexed must be there to be read again.
void refuse_standard_input(const std::vector<std::filesystem::path>& paths) {
  if (std::ranges::find(paths, std::filesystem::path(standard_input)) == paths.end()) return;
  throw Error(ExitCode::usage, "standard input cannot be indexed: it cannot be read again",
              "save it to a file and name that, or look at it with --explain -");
}

}  // namespace

std::map<std::string, std::string> field_names(const ParsedOptions& options) {
  std::map<std::string, std::string> names;
  for (const auto& mapping : options.values("map")) {
    const auto equals = mapping.find('=');
    const auto field = mapping.substr(0, equals);
    if (equals == std::string::npos || equals + 1 == mapping.size() ||
        std::ranges::find(known_fields, field) == known_fields.end()) {
      throw Error(
          ExitCode::usage, fmt::format("--map does not understand '{}'", mapping),
          fmt::format("--map FIELD=NAME with FIELD one of: {}", fmt::join(known_fields, ", ")));
    }
    names[field] = mapping.substr(equals + 1);
  }
  return names;
}

std::vector<std::string> globs(const ParsedOptions& options, std::string_view name) {
  auto given = options.values(name);
  std::erase(given, "");
  return given;
}

std::vector<std::filesystem::path> named_paths(const ParsedOptions& options) {
  std::vector<std::filesystem::path> paths(options.words.begin(), options.words.end());
  if (options.has("null") && !options.has("files-from"))
    throw Error(ExitCode::usage, "--null says how --files-from is written", "--files-from LIST");
  if (!options.has("files-from")) return paths;
  const auto list = options.value("files-from");
  if (list == standard_input && std::ranges::find(options.words, list) != options.words.end())
    throw Error(ExitCode::usage, "standard input cannot be both the list and an article",
                "write the list to a file");
  const auto listed =
      read_path_list(list, options.has("null") ? PathSeparator::nul : PathSeparator::line);
  paths.insert(paths.end(), listed.begin(), listed.end());
  return paths;
}

void refuse_paths(const ParsedOptions& options, std::string_view option) {
  if (options.words.empty() && !options.has("files-from")) return;
  throw Error(ExitCode::usage,
              fmt::format("--{} takes no paths: it is about the index as a whole", option),
              fmt::format("dateline-index --db DIR --{}", option));
}

std::string source_names(const ParsedOptions& options) {
  const std::string file = options.value("source-names");
  return file.empty() ? file : std::filesystem::absolute(file).lexically_normal().string();
}

LockWait lock_wait(const ParsedOptions& options) {
  return {std::chrono::seconds(options.number("lock-wait", 0)), &stop_on_signals(), {}};
}

bool follow_symlinks(const ParsedOptions& options) {
  return options.choice("follow-symlinks", "no", std::array{"yes"sv, "no"sv}) == "yes";
}

UpdateRequest update_request(const ParsedOptions& options) {
  UpdateRequest request;
  request.index = index_directory(options);
  request.sets.paths = named_paths(options);
  refuse_standard_input(request.sets.paths);
  const auto forgotten = options.values("forget");
  request.sets.forgotten.assign(forgotten.begin(), forgotten.end());
  if (options.has("map")) request.settings.field_names = field_names(options);
  if (options.has("date-from-file-time")) request.settings.date_from_file_time = true;
  if (options.has("include")) request.settings.include = globs(options, "include");
  if (options.has("exclude")) request.settings.exclude = globs(options, "exclude");
  if (options.has("source-names")) request.settings.source_names = source_names(options);
  if (options.has("follow-symlinks")) request.settings.follow_symlinks = follow_symlinks(options);
  request.rebuild = options.has("rebuild");
  request.check_contents = options.has("check-contents");
  request.no_entities = options.has("no-entities");
  request.allow_mass_removal = options.has("allow-mass-removal");
  if (options.has("keep-generations"))
    request.keep_generations = static_cast<std::uint32_t>(options.number("keep-generations", 1));
  const auto cores = static_cast<long>(std::max(1U, std::thread::hardware_concurrency()));
  request.threads = static_cast<unsigned>(options.number("threads", cores));
  if (options.has("memory")) {
    request.memory = budget_of(memory_size(options.value("memory")), request.threads);
  }
  const auto log = options.value("log");
  if (!log.empty() && log != "-") {
    request.log = std::filesystem::absolute(log).lexically_normal();
  }
  request.lock_wait = lock_wait(options).at_most;
  return request;
}

std::optional<EventLog> event_log(const ParsedOptions& options) {
  const auto path = options.value("log");
  return path.empty() ? std::nullopt : std::optional<EventLog>(std::in_place, path);
}

std::filesystem::path index_directory(const ParsedOptions& options) {
  return index_directory(options.value("db"));
}

Palette palette(const ParsedOptions& options) {
  const auto choice = colour_choice(options.value("color", "auto"));
  return Palette(use_colour(choice, STDOUT_FILENO));
}

ProgressDisplay::Style progress_style(const ParsedOptions& options) {
  if (options.has("quiet")) return ProgressDisplay::Style::silent;
  return is_terminal(STDERR_FILENO) ? ProgressDisplay::Style::bar : ProgressDisplay::Style::lines;
}

}  // namespace dateline
