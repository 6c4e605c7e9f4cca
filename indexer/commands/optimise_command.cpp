// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>

#include "common/json.h"
#include "common/program.h"
#include "common/text/counted.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/option_values.h"
#include "indexer/operations/optimise.h"

namespace dateline {

using namespace std::string_view_literals;

namespace {

std::string optimise_text(const OptimiseReport& report) {
  if (!report.published)
    return fmt::format("generation {} (as before): nothing to merge, {} bytes\n", report.generation,
                       report.bytes);
  return fmt::format(
      "{} merged into {}, {} left out\n"
      "generation {}: {} bytes, {} before\n",
      counted(report.segments_before, "segment"), report.segments,
      counted(report.dead_rows, "dead row"), report.generation, report.bytes, report.bytes_before);
}

std::string optimise_json(const OptimiseReport& report) {
  return dump_json({{"generation", report.generation},
                    {"published", report.published},
                    {"segments_before", report.segments_before},
                    {"segments", report.segments},
                    {"dead_rows", report.dead_rows},
                    {"bytes_before", report.bytes_before},
                    {"bytes", report.bytes}}) +
         "\n";
}

}  // namespace

/// --optimise
ExitCode optimise(const ParsedOptions& options) {
  refuse_paths(options, "optimise");
  const auto format = options.choice("format", "text", std::array{"text"sv, "json"sv});
  const auto report = optimise_index(IndexLayout(index_directory(options)), lock_wait(options));
  print_out(format == "json" ? optimise_json(report) : optimise_text(report));
  return ExitCode::ok;
}

}  // namespace dateline
