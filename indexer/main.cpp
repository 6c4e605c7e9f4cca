// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <thread>

#include "common/completions.h"
#include "common/error.h"
#include "common/index/layout.h"
#include "common/index/snapshot.h"
#include "common/program.h"
#include "common/settings.h"
#include "common/text/unicode.h"
#include "corpus/formats/format_list.h"
#include "indexer/entity_list.h"
#include "indexer/entity_report.h"
#include "indexer/explain.h"
#include "indexer/merge_suggestions.h"
#include "indexer/name_rules.h"
#include "indexer/options.h"
#include "indexer/path_list.h"
#include "indexer/progress.h"
#include "indexer/report.h"
#include "indexer/tag.h"
#include "indexer/update.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

constexpr std::array known_fields{"title"sv,    "deck"sv,     "text"sv,    "source"sv,
                                  "date"sv,     "modified"sv, "authors"sv, "topics"sv,
                                  "language"sv, "url"sv,      "id"sv};

std::map<std::string, std::string> field_names(const std::vector<std::string>& mappings) {
  std::map<std::string, std::string> names;
  for (const auto& mapping : mappings) {
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

/// The globs given with an option; an empty one stands for none.
std::vector<std::string> globs(const ParsedOptions& options, std::string_view name) {
  auto given = options.values(name);
  std::erase(given, "");
  return given;
}

/// The paths of the command line and of --files-from.
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

/// What is indexed must be there to be read again.
void refuse_standard_input(const std::vector<std::filesystem::path>& paths) {
  if (std::ranges::find(paths, std::filesystem::path(standard_input)) == paths.end()) return;
  throw Error(ExitCode::usage, "standard input cannot be indexed: it cannot be read again",
              "save it to a file and name that, or look at it with --explain -");
}

/// Absolute, for it is remembered; "" for none.
std::string source_names(const ParsedOptions& options) {
  const std::string file = options.value("source-names");
  return file.empty() ? file : std::filesystem::absolute(file).lexically_normal().string();
}

UpdateRequest request_of(const ParsedOptions& options) {
  UpdateRequest request;
  request.index = index_directory(options.value("db"));
  request.sets.paths = named_paths(options);
  refuse_standard_input(request.sets.paths);
  const auto forgotten = options.values("forget");
  request.sets.forgotten.assign(forgotten.begin(), forgotten.end());
  if (options.has("map")) request.settings.field_names = field_names(options.values("map"));
  if (options.has("date-from-file-time")) request.settings.date_from_file_time = true;
  if (options.has("include")) request.settings.include = globs(options, "include");
  if (options.has("exclude")) request.settings.exclude = globs(options, "exclude");
  if (options.has("source-names")) request.settings.source_names = source_names(options);
  request.rebuild = options.has("rebuild");
  const auto cores = static_cast<long>(std::max(1U, std::thread::hardware_concurrency()));
  request.threads = static_cast<unsigned>(options.number("threads", cores));
  return request;
}

/// --explain: nothing is indexed, so the index is not looked at.
int explain(const ParsedOptions& options, ColourChoice colour) {
  const auto paths = named_paths(options);
  if (paths.empty())
    throw Error(ExitCode::usage, "--explain needs the files or folders to explain",
                "dateline-index --explain PATH...");
  const auto format = options.choice("format", "text", std::array{"text"sv, "jsonl"sv});
  ReadOptions reading;
  if (options.has("map")) reading.field_names = field_names(options.values("map"));
  reading.date_from_file_time = options.has("date-from-file-time");
  reading.outlets = source_names(options);
  const auto counts = explain_reading(
      paths, {globs(options, "include"), globs(options, "exclude")}, reading,
      format == "jsonl" ? ExplainFormat::json_lines : ExplainFormat::text,
      Palette(use_colour(colour, STDOUT_FILENO)), terminal_width(STDOUT_FILENO), print_out);
  return static_cast<int>(counts.refused == 0 ? ExitCode::ok : ExitCode::some_refused);
}

/// --tag: a filter; neither index nor article set is looked at.
int tag(const ParsedOptions& options) {
  const std::string file = options.value("tag");
  if (!options.words.empty())
    throw Error(ExitCode::usage, "--tag reads one file", "dateline-index --tag FILE");
  for (const auto* other : {"format", "entities", "rebuild", "forget", "files-from"})
    if (options.typed(other))
      throw Error(ExitCode::usage, fmt::format("--tag does nothing with --{}", other),
                  "dateline-index --tag FILE");
  const auto counts =
      tag_documents(file, print_out, [&](std::uint64_t line, std::string_view reason) {
        fmt::print(stderr, "dateline-index: {}:{}: refused: {}\n", printable(file), line, reason);
      });
  return static_cast<int>(counts.refused == 0 ? ExitCode::ok : ExitCode::some_refused);
}

/// --entities: reads the generation in force, as a search does.
int print_entities(const ParsedOptions& options, ColourChoice colour) {
  if (!options.words.empty())
    throw Error(ExitCode::usage, "--entities takes no paths: it lists what the index holds",
                "dateline-index --entities, and --entity-type TYPE for one type");
  constexpr std::array names{"text"sv, "tsv"sv, "jsonl"sv};
  const auto format = std::ranges::find(names, options.choice("format", "text", names));
  const auto type = entity_type_named(options.value("entity-type"));
  const IndexLayout layout(index_directory(options.value("db")));
  const auto entities = list_entities(*IndexSnapshot::open(layout.dir()), type);
  print_out(entity_report(entities, suggest_merges(entities, read_name_rules(layout)),
                          static_cast<EntityListFormat>(format - names.begin()),
                          Palette(use_colour(colour, STDOUT_FILENO)),
                          terminal_width(STDOUT_FILENO)));
  return 0;
}

ProgressDisplay::Style progress_style(const ParsedOptions& options) {
  if (options.has("quiet")) return ProgressDisplay::Style::silent;
  return is_terminal(STDERR_FILENO) ? ProgressDisplay::Style::bar : ProgressDisplay::Style::lines;
}

int run(int argc, const char* const* argv) {
  auto options = parse_options(index_options(), index_program(), argc, argv);
  if (options.has("help")) {
    print_out(help_text(index_options(), index_program(), terminal_width(STDOUT_FILENO)));
    return 0;
  }
  if (options.has("version")) {
    print_out(version_text(index_program().name));
    return 0;
  }
  if (options.has("list-formats")) {
    print_out(format_list());
    return 0;
  }
  if (options.has("man-options")) {
    print_out(man_options(index_options()));
    return 0;
  }
  if (options.has("completions")) {
    print_out(completions(options.value("completions"), index_options(), index_program()));
    return 0;
  }
  add_settings(options, index_options(), "index");
  const auto colour = colour_choice(options.value("color", "auto"));
  if (options.has("explain")) return explain(options, colour);
  if (options.has("tag")) return tag(options);
  if (options.has("entities")) return print_entities(options, colour);
  if (options.has("entity-type"))
    throw Error(ExitCode::usage, "--entity-type says which entities to list",
                "dateline-index --entities --entity-type TYPE");
  const auto format = options.choice("format", "text", std::array{"text"sv, "json"sv});

  ::umask(077);  // an index may hold what not everybody may read
  const auto start = std::chrono::steady_clock::now();
  UpdateReport report;
  {
    ProgressDisplay progress(progress_style(options));
    report = update_index(request_of(options), progress, stop_on_signals());
  }
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  print_out(format == "json"
                ? report_json(report, elapsed)
                : report_text(report, elapsed, Palette(use_colour(colour, STDOUT_FILENO))));
  return static_cast<int>(report.refused == 0 ? ExitCode::ok : ExitCode::some_refused);
}

}  // namespace
}  // namespace dateline

int main(int argc, char** argv) {
  return dateline::run_program(dateline::index_program().name,
                               [&] { return dateline::run(argc, argv); });
}
