// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include <array>

#include "common/program.h"
#include "common/text/unicode.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/explain.h"
#include "indexer/commands/option_values.h"
#include "indexer/commands/tag.h"

namespace dateline {

using namespace std::string_view_literals;

/// --explain: nothing is indexed, so the index is not looked at.
ExitCode explain(const ParsedOptions& options) {
  const auto paths = named_paths(options);
  if (paths.empty())
    throw Error(ExitCode::usage, "--explain needs the files or folders to explain",
                "dateline-index --explain PATH...");
  const auto format = options.choice("format", "text", std::array{"text"sv, "jsonl"sv});
  ReadOptions reading;
  if (options.has("map")) reading.field_names = field_names(options);
  reading.date_from_file_time = options.has("date-from-file-time");
  reading.outlets = source_names(options);
  const auto counts = explain_reading(
      paths, {globs(options, "include"), globs(options, "exclude"), follow_symlinks(options)},
      reading, format == "jsonl" ? ExplainFormat::json_lines : ExplainFormat::text,
      palette(options), terminal_width(STDOUT_FILENO), print_out);
  return counts.refused == 0 ? ExitCode::ok : ExitCode::some_refused;
}

/// --tag: a filter; neither index nor article set is looked at.
ExitCode tag(const ParsedOptions& options) {
  const std::string file = options.value("tag");
  if (!options.words.empty())
    throw Error(ExitCode::usage, "--tag reads one file", "dateline-index --tag FILE");
  if (options.typed("format"))
    throw Error(ExitCode::usage, "--tag prints JSON Lines alone: --format does nothing with it",
                "dateline-index --tag FILE");
  const auto counts =
      tag_documents(file, print_out, [&](std::uint64_t line, std::string_view reason) {
        fmt::print(stderr, "dateline-index: {}:{}: refused: {}\n", printable(file), line, reason);
      });
  return counts.refused == 0 ? ExitCode::ok : ExitCode::some_refused;
}

}  // namespace dateline
