// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>

#include "common/json.h"
#include "common/program.h"
#include "common/text/counted.h"
#include "common/text/unicode.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/damage_report.h"
#include "indexer/commands/option_values.h"
#include "indexer/operations/check.h"

namespace dateline {

using namespace std::string_view_literals;

namespace {

std::string check_text(const CheckReport& report, const Palette& palette) {
  auto out = damage_text(report.damage, palette);
  out += fmt::format("checked {}, {}, {}, {}, {}, {}\n", counted(report.generations, "generation"),
                     counted(report.segments, "segment"), counted(report.files, "file"),
                     counted(report.bytes, "byte"), counted(report.rows, "article"),
                     counted(report.terms, "term"));
  out += report.whole() ? "the index is whole\n"
                        : fmt::format("the index is damaged: {} found\n",
                                      counted(report.damage.count(), "problem"));
  return out;
}

std::string check_json(const CheckReport& report) {
  auto generations = Json::array();
  for (const auto& [generation, manifest] : report.manifests) generations.push_back(generation);
  return dump_json({{"whole", report.whole()},
                    {"generation", report.generation ? Json(*report.generation) : Json(nullptr)},
                    {"generations", generations},
                    {"segments", report.segments},
                    {"files", report.files},
                    {"bytes", report.bytes},
                    {"rows", report.rows},
                    {"terms", report.terms},
                    {"problems_found", report.damage.count()},
                    {"problems", damage_json(report.damage)}}) +
         "\n";
}

}  // namespace

/// --check: reads the index, as a search does.
ExitCode check(const ParsedOptions& options) {
  refuse_paths(options, "check");
  const auto format = options.choice("format", "text", std::array{"text"sv, "json"sv});
  const auto report = check_index(IndexLayout(index_directory(options)));
  print_out(format == "json" ? check_json(report) : check_text(report, palette(options)));
  return report.whole() ? ExitCode::ok : ExitCode::damaged_index;
}

}  // namespace dateline
