// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

#include "common/program.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/option_values.h"
#include "indexer/commands/progress.h"
#include "indexer/commands/report.h"
#include "indexer/operations/alerts.h"
#include "indexer/update/run_log.h"

namespace dateline {

using namespace std::string_view_literals;

namespace {

UpdateReport run_update(const ParsedOptions& options, const std::optional<Alerts>& alerts,
                        EventLog* log) {
  ProgressDisplay progress(progress_style(options));
  const auto request = update_request(options);
  if (!alerts) return logged_update(request, progress, log, stop_on_signals());
  AlertingObserver observer(*alerts, progress);
  return logged_update(request, observer, log, stop_on_signals());
}

}  // namespace

ExitCode update(const ParsedOptions& options) {
  const auto format = options.choice("format", "text", std::array{"text"sv, "json"sv});
  const auto start = std::chrono::steady_clock::now();
  auto log = event_log(options);
  std::optional<Alerts> alerts;
  if (options.has("alerts")) alerts.emplace(index_directory(options), options.value("alerts"));
  const auto report = run_update(options, alerts, log ? &*log : nullptr);
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  const auto told = format == "json" ? report_json(report, elapsed)
                                     : report_text(report, elapsed, palette(options));
  try {
    if (alerts) {
      std::fputs(told.c_str(), stderr);  // which may fail: the alerts matter more
      if (const auto code = alerts->print(); code != ExitCode::ok) return code;
    } else {
      print_out(told);
    }
  } catch (const Error& e) {
    if (e.code() != ExitCode::system_failure) throw;
    throw Error(e.code(), e.what(),
                fmt::format("send the {} elsewhere; the index is up to date, at generation {}",
                            alerts ? "alerts" : "report", report.manifest.generation));
  }
  return report.refused == 0 ? ExitCode::ok : ExitCode::some_refused;
}

}  // namespace dateline
