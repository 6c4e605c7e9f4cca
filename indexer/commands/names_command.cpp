// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <array>

#include "common/index/layout.h"
#include "common/index/snapshot.h"
#include "common/program.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/entity_report.h"
#include "indexer/commands/option_values.h"
#include "indexer/names/entity_list.h"
#include "indexer/names/merge_suggestions.h"
#include "indexer/names/name_rules.h"

namespace dateline {

using namespace std::string_view_literals;

namespace {

EntityListFormat list_format(const ParsedOptions& options) {
  const auto format = options.choice("format", "text", std::array{"text"sv, "tsv"sv, "jsonl"sv});
  if (options.typed("raw-cells") && format != "tsv")
    throw Error(ExitCode::usage, "--raw-cells does nothing here",
                "dateline-index --entities --format tsv --raw-cells");
  if (format == "jsonl") return EntityListFormat::json_lines;
  if (format == "text") return EntityListFormat::text;
  return options.has("raw-cells") ? EntityListFormat::raw_tsv : EntityListFormat::tsv;
}

}  // namespace

/// --entities: reads the generation in force, as a search does.
ExitCode print_entities(const ParsedOptions& options) {
  if (!options.words.empty())
    throw Error(ExitCode::usage, "--entities takes no paths: it lists what the index holds",
                "dateline-index --entities, and --entity-type TYPE for one type");
  const auto format = list_format(options);
  const auto type = entity_type_named(options.value("entity-type"));
  const IndexLayout layout(index_directory(options));
  const auto entities = list_entities(*IndexSnapshot::open(layout.dir()), type);
  print_out(entity_report(entities, suggest_merges(entities, read_name_rules(layout)), format,
                          palette(options), terminal_width(STDOUT_FILENO)));
  return ExitCode::ok;
}

}  // namespace dateline
