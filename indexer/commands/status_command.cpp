// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "common/json.h"
#include "common/program.h"
#include "common/text/counted.h"
#include "common/text/unicode.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/option_values.h"
#include "indexer/commands/report.h"
#include "indexer/operations/status.h"

namespace dateline {

using namespace std::string_view_literals;

namespace {

std::string utc_time(std::int64_t seconds) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array units{"kB"sv, "MB"sv, "GB"sv};
  if (bytes < 1000) return fmt::format("{} B", bytes);
  auto amount = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; amount >= 999.95 && unit + 1 < units.size(); ++unit) amount /= 1000;
  return fmt::format("{:.1f} {}", amount, units[unit]);
}

/// How the files of a set are read, where it is not the usual way: "title=hed, *.txt".
std::string reading_text(const SetEntry& set) {
  std::vector<std::string> parts;
  for (const auto& [field, name] : set.field_names)
    parts.push_back(fmt::format("{}={}", field, name));
  if (set.date_from_file_time) parts.emplace_back("dates from file times");
  for (const auto& glob : set.include) parts.push_back("only " + glob);
  for (const auto& glob : set.exclude) parts.push_back("not " + glob);
  if (!set.source_names.empty()) parts.push_back("outlets of " + set.source_names);
  return printable(fmt::format("{}", fmt::join(parts, ", ")));
}

std::string sets_text(const StatusReport& report) {
  std::string out;
  for (const auto& s : report.sets) {
    out += fmt::format("set         {}: {}, {}", shown_path(s.set.root), counted(s.files, "file"),
                       counted(s.articles, "article"));
    if (s.refused > 0) out += fmt::format(", {} refused", s.refused);
    const auto reading = reading_text(s.set);
    out += reading.empty() ? "\n" : fmt::format(" ({})\n", reading);
  }
  return out;
}

std::string segments_text(const StatusReport& report) {
  std::string out;
  for (const auto& s : report.segments) {
    out += fmt::format(
        "segment     {}: {}, {} of them dead, postings {}, lists {}, columns "
        "{}\n",
        s.entry.name, counted(s.entry.rows, "row"), s.entry.rows - s.entry.live,
        size_text(s.postings_bytes), size_text(s.lists_bytes), size_text(s.columns_bytes));
  }
  return out;
}

std::string bytes_text(const IndexBytes& bytes) {
  auto out =
      fmt::format("size        {}: postings {}, lists {}, columns {}, tables {}, catalogue {}",
                  size_text(bytes.total()), size_text(bytes.postings), size_text(bytes.lists),
                  size_text(bytes.columns), size_text(bytes.tables), size_text(bytes.catalogue));
  if (bytes.older_generations > 0)
    out += fmt::format(", older generations {}", size_text(bytes.older_generations));
  if (bytes.unfinished > 0) out += fmt::format(", unfinished {}", size_text(bytes.unfinished));
  return out + "\n";
}

std::string last_run_text(const LastRun& run) {
  auto out = fmt::format("last run    {}: {}, {:.1f} s, ", utc_time(run.started), run.command,
                         static_cast<double>(run.milliseconds) / 1000);
  if (!run.problem.empty())
    return out +
           fmt::format("failed with exit code {}: {}\n", run.exit_code, printable(run.problem));
  return out + fmt::format("{} added, {} changed, {} moved, {} removed, {} refused{}\n", run.added,
                           run.changed, run.moved, run.removed, run.refused,
                           run.published ? "" : ", nothing to publish");
}

/// Of the last run alone: what can be read again is no refusal any more.
std::string unreadable_text(const LastRun& run, const Palette& palette) {
  std::string out;
  const auto& paths = run.unreadable_paths;
  for (std::size_t i = 0; i < std::min(paths.size(), max_listed_refusals); ++i) {
    out += fmt::format("{} {}: {}\n", palette.problem("unreadable "), shown_path(paths[i].first),
                       printable(paths[i].second));
  }
  if (run.unreadable > max_listed_refusals)
    out += fmt::format("{} … and {} more\n", palette.problem("unreadable "),
                       run.unreadable - max_listed_refusals);
  return out;
}

std::string refusals_text(const StatusReport& report, const Palette& palette) {
  std::string out;
  for (std::size_t i = 0; i < std::min(report.refusals.size(), max_listed_refusals); ++i) {
    const auto& r = report.refusals[i];
    const auto record = r.record.empty() ? "" : fmt::format(" ({})", printable(r.record));
    out += fmt::format("{} {}{}: {}\n", palette.problem("refused    "), shown_path(r.path), record,
                       printable(r.reason));
  }
  if (report.refused > max_listed_refusals)
    out += fmt::format("{} … and {} more: --format json lists them\n",
                       palette.problem("refused    "), report.refused - max_listed_refusals);
  return out;
}

std::string status_text(const StatusReport& report, const Palette& palette) {
  const auto& m = report.manifest;
  auto out = fmt::format("index       {} (format {})\n", printable(report.index), m.format);
  out += fmt::format("generation  {}, published {}\n", m.generation, utc_time(m.published));
  out += fmt::format("articles    {}: {} undated, {} of unknown source, {} share an id\n",
                     m.articles, m.undated, m.without_source, m.repeated_ids);
  out += sets_text(report) + segments_text(report) + bytes_text(report.bytes);
  for (const auto& k : report.kept)
    out +=
        fmt::format("kept        generation {}, published {}: {}, {}\n", k.generation,
                    utc_time(k.published), counted(k.articles, "article"), size_text(k.own_bytes));
  if (report.last_run)
    out += last_run_text(*report.last_run) + unreadable_text(*report.last_run, palette);
  if (report.writer) out += fmt::format("writing     {}\n", printable(*report.writer));
  return out + refusals_text(report, palette);
}

Json sets_json(const StatusReport& report) {
  auto list = Json::array();
  for (const auto& s : report.sets) {
    list.push_back({{"root", s.set.root},
                    {"files", s.files},
                    {"articles", s.articles},
                    {"refused", s.refused},
                    {"field_names", s.set.field_names},
                    {"date_from_file_time", s.set.date_from_file_time},
                    {"include", s.set.include},
                    {"exclude", s.set.exclude},
                    {"source_names", s.set.source_names}});
  }
  return list;
}

Json segments_json(const StatusReport& report) {
  auto list = Json::array();
  for (const auto& s : report.segments) {
    list.push_back({{"name", s.entry.name},
                    {"rows", s.entry.rows},
                    {"live", s.entry.live},
                    {"dead", s.entry.rows - s.entry.live},
                    {"postings_bytes", s.postings_bytes},
                    {"lists_bytes", s.lists_bytes},
                    {"columns_bytes", s.columns_bytes}});
  }
  return list;
}

Json kept_json(const StatusReport& report) {
  auto list = Json::array();
  for (const auto& k : report.kept) {
    list.push_back({{"generation", k.generation},
                    {"published", utc_time(k.published)},
                    {"articles", k.articles},
                    {"own_bytes", k.own_bytes}});
  }
  return list;
}

Json bytes_json(const IndexBytes& b) {
  return {{"postings", b.postings},
          {"lists", b.lists},
          {"columns", b.columns},
          {"tables", b.tables},
          {"catalogue", b.catalogue},
          {"manifest", b.manifest},
          {"older_generations", b.older_generations},
          {"unfinished", b.unfinished},
          {"total", b.total()}};
}

Json last_run_json(const std::optional<LastRun>& run) {
  if (!run) return nullptr;
  auto unreadable = Json::array();
  for (const auto& [path, reason] : run->unreadable_paths)
    unreadable.push_back({{"path", path}, {"reason", reason}});
  return {{"started", utc_time(run->started)},
          {"milliseconds", run->milliseconds},
          {"command", run->command},
          {"exit_code", run->exit_code},
          {"problem", run->problem.empty() ? Json(nullptr) : Json(run->problem)},
          {"published", run->published},
          {"generation", run->generation},
          {"added", run->added},
          {"changed", run->changed},
          {"moved", run->moved},
          {"removed", run->removed},
          {"unchanged", run->unchanged},
          {"refused", run->refused},
          {"files", run->files},
          {"files_read", run->files_read},
          {"bytes_read", run->bytes_read},
          {"unreadable", run->unreadable},
          {"unreadable_paths", unreadable}};
}

Json writer_json(const std::optional<std::string>& writer) {
  return writer ? Json(*writer) : Json(nullptr);
}

std::string status_json(const StatusReport& report) {
  const auto& m = report.manifest;
  auto refusals = Json::array();
  for (const auto& r : report.refusals)
    refusals.push_back({{"path", r.path}, {"record", r.record}, {"reason", r.reason}});
  return dump_json({{"index", report.index},
                    {"format_version", m.format},
                    {"generation", m.generation},
                    {"published", utc_time(m.published)},
                    {"articles", m.articles},
                    {"keep_generations", m.keep_generations},
                    {"undated", m.undated},
                    {"without_source", m.without_source},
                    {"repeated_ids", m.repeated_ids},
                    {"words", m.tokens},
                    {"languages", m.languages},
                    {"files", report.files},
                    {"sets", sets_json(report)},
                    {"segments", segments_json(report)},
                    {"bytes", bytes_json(report.bytes)},
                    {"kept_generations", kept_json(report)},
                    {"last_run", last_run_json(report.last_run)},
                    {"writer", writer_json(report.writer)},
                    {"analyser", m.analyser},
                    {"reading", m.reading},
                    {"recogniser", m.recogniser},
                    {"aliases", m.aliases},
                    {"gazetteer", m.gazetteer},
                    {"refused", report.refused},
                    {"refusals", refusals}}) +
         "\n";
}

}  // namespace

/// --status: reads the index, as a search does.
ExitCode status(const ParsedOptions& options) {
  refuse_paths(options, "status");
  const auto format = options.choice("format", "text", std::array{"text"sv, "json"sv});
  const auto report = index_status(IndexLayout(index_directory(options)));
  print_out(format == "json" ? status_json(report) : status_text(report, palette(options)));
  return ExitCode::ok;
}

}  // namespace dateline
