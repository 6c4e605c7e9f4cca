// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>

#include "common/json.h"
#include "common/program.h"
#include "common/text/counted.h"
#include "common/text/unicode.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/option_values.h"
#include "indexer/operations/backup.h"

namespace dateline {

using namespace std::string_view_literals;

namespace {

std::string backup_text(const BackupReport& report) {
  return fmt::format(
      "generation {} ({}) is backed up in {}\n{} copied, {} bytes; {} {} there already, {} bytes\n",
      report.generation, counted(report.articles, "article"), printable(report.folder.string()),
      counted(report.files_copied, "file"), report.bytes_copied, counted(report.files_kept, "file"),
      report.files_kept == 1 ? "was" : "were", report.bytes_kept);
}

std::string backup_json(const BackupReport& report) {
  return dump_json({{"folder", report.folder.string()},
                    {"generation", report.generation},
                    {"articles", report.articles},
                    {"files_copied", report.files_copied},
                    {"bytes_copied", report.bytes_copied},
                    {"files_kept", report.files_kept},
                    {"bytes_kept", report.bytes_kept}}) +
         "\n";
}

}  // namespace

/// --backup: reads the index, as a search does.
ExitCode backup(const ParsedOptions& options) {
  refuse_paths(options, "backup DIR");
  const auto format = options.choice("format", "text", std::array{"text"sv, "json"sv});
  const auto folder = options.value("backup");
  if (folder.empty())
    throw Error(ExitCode::usage, "--backup needs a folder", "dateline-index --backup DIR");
  const auto report = back_up(IndexLayout(index_directory(options)), folder, stop_on_signals());
  print_out(format == "json" ? backup_json(report) : backup_text(report));
  return ExitCode::ok;
}

}  // namespace dateline
