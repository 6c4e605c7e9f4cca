// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <algorithm>
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

/// --entities: reads the generation in force, as a search does.
ExitCode print_entities(const ParsedOptions& options) {
  if (!options.words.empty())
    throw Error(ExitCode::usage, "--entities takes no paths: it lists what the index holds",
                "dateline-index --entities, and --entity-type TYPE for one type");
  constexpr std::array names{"text"sv, "tsv"sv, "jsonl"sv};
  const auto format = std::ranges::find(names, options.choice("format", "text", names));
  const auto type = entity_type_named(options.value("entity-type"));
  const IndexLayout layout(index_directory(options));
  const auto entities = list_entities(*IndexSnapshot::open(layout.dir()), type);
  print_out(entity_report(entities, suggest_merges(entities, read_name_rules(layout)),
                          static_cast<EntityListFormat>(format - names.begin()), palette(options),
                          terminal_width(STDOUT_FILENO)));
  return ExitCode::ok;
}

}  // namespace dateline
