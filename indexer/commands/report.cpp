// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "common/json.h"
#include "common/text/counted.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

Json refusals_json(const std::vector<RefusedArticle>& refusals, std::string_view what) {
  auto list = Json::array();
  for (const auto& r : refusals) {
    list.push_back({{"path", r.path}, {"record", r.record}, {std::string(what), r.reason}});
  }
  return list;
}

std::string place_of(const RefusedArticle& r) {
  return r.record.empty() ? shown_path(r.path)
                          : fmt::format("{} ({})", shown_path(r.path), printable(r.record));
}

/// `all`: how many there are, of which the list may hold fewer.
void append_list(std::string& out, const std::vector<RefusedArticle>& list, std::uint64_t all,
                 std::string_view what, const Palette& palette) {
  for (std::size_t i = 0; i < std::min(list.size(), max_listed_refusals); ++i) {
    out += fmt::format("{} {}: {}\n", palette.problem(what), place_of(list[i]),
                       printable(list[i].reason));
  }
  if (all > max_listed_refusals) {
    out += fmt::format("{} … and {} more: --format json lists them\n", palette.problem(what),
                       all - max_listed_refusals);
  }
}

std::string guesses(const Manifest& m) {
  std::string text;
  if (m.undated > 0) text += fmt::format(", {} undated", m.undated);
  if (m.without_source > 0) text += fmt::format(", {} of unknown source", m.without_source);
  if (m.repeated_ids > 0) text += fmt::format(", {} share an id with another", m.repeated_ids);
  return text;
}

}  // namespace

std::string shown_path(const std::string& path) {
  std::error_code gone;
  auto folder = std::filesystem::current_path(gone).string();
  if (folder.empty() || folder.back() != '/') folder += '/';
  return printable(!gone && path.starts_with(folder) ? path.substr(folder.size()) : path);
}

std::string report_text(const UpdateReport& report, std::chrono::milliseconds elapsed,
                        const Palette& palette) {
  std::string out;
  append_list(out, report.notes, report.noted, "note   ", palette);
  append_list(out, report.refusals, report.refused, "refused", palette);
  if (!report.rebuilt_because.empty()) {
    out += fmt::format("rebuilt in full: {}; {} {} analysed anew\n", report.rebuilt_because,
                       report.manifest.articles,
                       report.manifest.articles == 1 ? "article" : "articles");
  }
  if (report.history_lost) {
    out += "the articles count as first seen now: what was known of their past could not be read\n";
  }
  const auto moved = report.moved == 0 ? "" : fmt::format("{} moved, ", report.moved);
  out += fmt::format("{} added, {} changed, {}{} removed, {} unchanged, {} refused\n", report.added,
                     report.changed, moved, report.removed, report.unchanged, report.refused);
  out +=
      fmt::format("generation {}{}: {} {}{}\n", report.manifest.generation,
                  report.published ? "" : " (as before)", report.manifest.articles,
                  report.manifest.articles == 1 ? "article" : "articles", guesses(report.manifest));
  const auto seconds = std::max(0.001, std::chrono::duration<double>(elapsed).count());
  out += palette.quiet(fmt::format("{} of {} read, {:.1f} s", report.files_read,
                                   counted(report.files, "file"), seconds)) +
         "\n";
  return out;
}

std::string report_json(const UpdateReport& report, std::chrono::milliseconds elapsed) {
  const auto& m = report.manifest;
  const Json j = {
      {"generation", m.generation},
      {"published", report.published},
      {"rebuilt_because",
       report.rebuilt_because.empty() ? Json(nullptr) : Json(report.rebuilt_because)},
      {"history_lost", report.history_lost},
      {"articles", m.articles},
      {"undated", m.undated},
      {"without_source", m.without_source},
      {"repeated_ids", m.repeated_ids},
      {"added", report.added},
      {"changed", report.changed},
      {"moved", report.moved},
      {"removed", report.removed},
      {"unchanged", report.unchanged},
      {"untouched", report.untouched},
      {"refused", report.refused},
      {"analysed", report.analysed},
      {"files", report.files},
      {"files_compared", report.files_compared},
      {"files_read", report.files_read},
      {"bytes_read", report.bytes_read},
      {"milliseconds", elapsed.count()},
      {"peak_memory", peak_memory()},
      {"noted", report.noted},
      {"refusals", refusals_json(report.refusals, "reason")},
      {"notes", refusals_json(report.notes, "note")},
  };
  return dump_json(j) + "\n";
}

}  // namespace dateline
