// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <chrono>

#include "common/program.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/option_values.h"
#include "indexer/commands/progress.h"
#include "indexer/commands/report.h"
#include "indexer/update/run_log.h"

namespace dateline {

using namespace std::string_view_literals;

ExitCode update(const ParsedOptions& options) {
  if (options.has("entity-type"))
    throw Error(ExitCode::usage, "--entity-type says which entities to list",
                "dateline-index --entities --entity-type TYPE");
  const auto format = options.choice("format", "text", std::array{"text"sv, "json"sv});
  const auto start = std::chrono::steady_clock::now();
  auto log = event_log(options);
  UpdateReport report;
  {
    ProgressDisplay progress(progress_style(options));
    report =
        logged_update(update_request(options), progress, log ? &*log : nullptr, stop_on_signals());
  }
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  try {
    print_out(format == "json" ? report_json(report, elapsed)
                               : report_text(report, elapsed, palette(options)));
  } catch (const Error& e) {
    throw Error(e.code(), e.what(),
                fmt::format("send the report elsewhere; the index is up to date, at generation {}",
                            report.manifest.generation));
  }
  return report.refused == 0 ? ExitCode::ok : ExitCode::some_refused;
}

}  // namespace dateline
