// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/json.h"
#include "common/program.h"
#include "common/text/unicode.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/damage_report.h"
#include "indexer/commands/option_values.h"
#include "indexer/commands/report.h"
#include "indexer/operations/repair.h"

namespace dateline {

using namespace std::string_view_literals;

namespace {

std::string lost_text(const RepairReport& report, const Palette& palette) {
  if (report.lost == 0) return {};
  auto out = fmt::format("{} {}{} of damaged segments cannot be read again: {}\n",
                         palette.problem("lost"), report.lost_known ? "" : "up to ",
                         report.lost == 1 ? "1 article" : fmt::format("{} articles", report.lost),
                         report.lost_known ? "their files are gone" : "their paths are not known");
  for (std::size_t i = 0; i < std::min(report.lost_ids.size(), max_listed_refusals); ++i)
    out += fmt::format("{} {}\n", palette.problem("lost"), printable(report.lost_ids[i]));
  if (report.lost_ids.size() > max_listed_refusals)
    out += fmt::format("{} … and {} more: --format json lists them\n", palette.problem("lost"),
                       report.lost_ids.size() - max_listed_refusals);
  return out;
}

std::string repair_text(const RepairReport& report, const Palette& palette) {
  if (report.found.whole()) return "the index is whole: nothing to repair\n";
  auto out = damage_text(report.found.damage, palette);
  for (const auto& what : report.done) out += fmt::format("{}\n", what);
  if (report.update)
    out += fmt::format("read again: {} added, {} changed, {} removed, {} unchanged, {} refused\n",
                       report.update->added, report.update->changed, report.update->removed,
                       report.update->unchanged, report.update->refused);
  out += lost_text(report, palette);
  if (!report.not_updated.empty())
    out += fmt::format("{} the article sets could not be gone over: {}\n",
                       palette.problem("not up to date:"), printable(report.not_updated));
  return out + fmt::format("generation {} is in force\n", report.generation);
}

std::string repair_json(const RepairReport& report) {
  Json update;
  if (report.update)
    update = {{"added", report.update->added},
              {"changed", report.update->changed},
              {"removed", report.update->removed},
              {"unchanged", report.update->unchanged},
              {"refused", report.update->refused}};
  return dump_json({{"whole_before", report.found.whole()},
                    {"problems_found", report.found.damage.count()},
                    {"problems", damage_json(report.found.damage)},
                    {"done", report.done},
                    {"generation", report.generation},
                    {"read_again", update},
                    {"not_updated",
                     report.not_updated.empty() ? Json(nullptr) : Json(report.not_updated)},
                    {"lost", report.lost},
                    {"lost_known", report.lost_known},
                    {"lost_ids", report.lost_ids}}) +
         "\n";
}

}  // namespace

/// --repair
ExitCode repair(const ParsedOptions& options) {
  const auto format = options.choice("format", "text", std::array{"text"sv, "json"sv});
  RepairReport report;
  {
    ProgressDisplay progress(progress_style(options));
    report = repair_index(update_request(options), progress, stop_on_signals());
  }
  print_out(format == "json" ? repair_json(report) : repair_text(report, palette(options)));
  const bool is_complete = report.lost == 0 && report.not_updated.empty();
  return is_complete ? ExitCode::ok : ExitCode::damaged_index;
}

}  // namespace dateline
