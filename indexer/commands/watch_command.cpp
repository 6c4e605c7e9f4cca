// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

#include "common/program.h"
#include "common/text/unicode.h"
#include "common/timestamp.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/option_values.h"
#include "indexer/commands/progress.h"
#include "indexer/commands/report.h"
#include "indexer/operations/alerts.h"
#include "indexer/update/run_log.h"
#include "indexer/watch/watch.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

std::string now() { return utc_seconds(std::chrono::system_clock::now()); }

/// Short: it shall fit a line of 80 columns for all but large numbers.
std::string publish_line(const UpdateReport& report) {
  auto line = fmt::format("{} generation {}: {} added, {} changed, {} removed", now(),
                          report.manifest.generation, report.added, report.changed, report.removed);
  if (report.moved > 0) line += fmt::format(", {} moved", report.moved);
  if (report.refused > 0) line += fmt::format(", {} refused", report.refused);
  return line + fmt::format("; {} {}\n", report.manifest.articles,
                            report.manifest.articles == 1 ? "article" : "articles");
}

/// Publishes on stdout, all else on stderr; with alerts these alone on stdout.
class WatchOutput : public WatchClient {
 public:
  WatchOutput(const ParsedOptions& options, EventLog* log, const std::atomic<bool>& stop)
      : style_(progress_style(options)),
        jsonl_(options.choice("format", "text", std::array{"text"sv, "jsonl"sv}) == "jsonl"),
        log_(log),
        stop_(stop) {
    if (options.has("alerts")) alerts_.emplace(index_directory(options), options.value("alerts"));
  }

  UpdateReport update(const UpdateRequest& request) override {
    ProgressDisplay progress(style_);
    if (!alerts_) return logged_update(request, progress, log_, stop_);
    refresh_queries();
    AlertingObserver observer(*alerts_, progress);
    auto report = logged_update(request, observer, log_, stop_);
    alerts_->print();  // also without a publish: what a run before this one could not print
    return report;
  }

  void published(const UpdateReport& report, std::chrono::milliseconds elapsed) override {
    const auto told = jsonl_ ? report_json(report, elapsed) : publish_line(report);
    if (alerts_) {
      std::fputs(told.c_str(), stderr);
    } else {
      print_out(told);
    }
  }

  void notice(EventLog::Level level, std::string_view event, const std::string& message,
              const std::string& remedy) override {
    if (log_ != nullptr) log_->write(level, event, {{"message", message}});
    if (level == EventLog::Level::info && style_ == ProgressDisplay::Style::silent) return;
    auto text = fmt::format("{} {}\n", now(), printable(message));
    if (!remedy.empty()) text += fmt::format("  try: {}\n", printable(remedy));
    std::fputs(text.c_str(), stderr);  // which may fail: no reason to end
  }

 private:
  /// Half a file, as an editor may leave it for a moment, is read again once it changed.
  void refresh_queries() {
    try {
      alerts_->refresh();
    } catch (const Error& e) {
      const std::string_view cause = e.what();
      notice(EventLog::Level::warning, "queries refused",
             fmt::format("{}; the queries read before stay in force",
                         cause.substr(0, cause.find('\n'))),
             e.remedy());
    }
  }

  ProgressDisplay::Style style_;
  bool jsonl_;
  EventLog* log_;
  std::optional<Alerts> alerts_;
  const std::atomic<bool>& stop_;
};

}  // namespace

ExitCode watch(const ParsedOptions& options) {
  const auto& stop = stop_on_signals();
  auto log = event_log(options);
  WatchOutput output(options, log ? &*log : nullptr, stop);
  watch_sets(update_request(options), log ? log->path() : "", output, stop);
  return ExitCode::ok;
}

}  // namespace dateline
