// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/report.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>
#include <thread>

namespace dateline::bench {
namespace {

constexpr double megabyte = 1e6;

/// What a command prints, its line feeds as ", ".
std::string printed_by(const char* command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command, "r"), ::pclose);
  std::string text;
  std::array<char, 256> part{};
  while (pipe && std::fgets(part.data(), static_cast<int>(part.size()), pipe.get()) != nullptr) {
    text += part.data();
  }
  while (text.ends_with('\n')) text.pop_back();
  for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) {
    text.replace(at, 1, ", ");
  }
  return text;
}

std::string ratio_text(const Spread& spread) {
  if (spread.median == 0) return "-";
  if (spread.low == spread.high) return fmt::format("{:.3g}", spread.median);
  return fmt::format("{:.3g} ({:.3g} to {:.3g})", spread.median, spread.low, spread.high);
}

/// An engine that does not tell has none.
std::string matches_text(double ratio) {
  return std::isfinite(ratio) ? fmt::format("{:.3g}", ratio) : "-";
}

std::string wanted_text(const Figure& figure) {
  if (!figure.wanted) return "| ";
  const bool met = figure.at_least ? figure.ratio.median >= *figure.wanted
                                   : figure.ratio.median <= *figure.wanted;
  return fmt::format("{} {:.3g} | {}", figure.at_least ? "at least" : "at most", *figure.wanted,
                     met ? "yes" : "**no**");
}

}  // namespace

std::string head_of_report(const std::string& command) {
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return fmt::format(
      "# Benchmark, {:%Y-%m-%d}\n\nCommand: `{}`, a release build.\nMachine: {} cores, {}, {}; "
      "load "
      "at the start {}.\nVersions: {}.\n\nRatios are of medians, product by peer, in one run; in "
      "parentheses the lowest and the highest\nround. An engine that stops early, or is asked "
      "for no total, tells fewer matches than there are.\n",
      *std::gmtime(&now), command, std::thread::hardware_concurrency(),
      printed_by("sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1"),
      printed_by("sed -n 's/^MemTotal: *\\([0-9]*\\) kB/\\1 kB of memory/p' /proc/meminfo"),
      printed_by("cut -d ' ' -f 1 /proc/loadavg"),
      printed_by("dpkg-query -W -f '${Package} ${Version}\\n' g++ libxapian30 libsqlite3-0 "
                 "xapian-omega liblucene8-java openjdk-17-jdk-headless groonga-bin recollcmd "
                 "ripgrep 2>/dev/null"));
}

std::string setting_text(const Setting& setting) {
  return fmt::format("\n## {}\n\n{} articles, {:.1f} MB of text; {} rounds, {} of building.\n",
                     setting.set, setting.articles,
                     static_cast<double>(setting.text_bytes) / megabyte, setting.rounds,
                     setting.build_rounds);
}

std::string table_of(const std::vector<Figure>& figures) {
  std::string text = "\n| what | figure | ratio | wanted | met |\n|---|---:|---:|---:|---|\n";
  for (const auto& f : figures) {
    text += fmt::format("| {} | {} | {} | {} |\n", f.what, f.figure, ratio_text(f.ratio),
                        wanted_text(f));
  }
  return text;
}

std::string table_of(const std::vector<BuildTimes>& builds, std::uint64_t text_bytes) {
  const auto megabytes = static_cast<double>(text_bytes) / megabyte;
  std::string text =
      "\n| building | wall, s | CPU, s | MB of text a second | peak memory, MB | index / text |\n"
      "|---|---:|---:|---:|---:|---:|\n";
  for (const auto& b : builds) {
    const auto wall = spread_of(b.seconds);
    text += fmt::format("| {} | {:.1f} ({:.1f} to {:.1f}) | {:.1f} | {:.2f} | {:.0f} | {:.2f} |\n",
                        b.name, wall.median, wall.low, wall.high, median(b.cpu_seconds),
                        megabytes / wall.median, b.peak_megabytes,
                        static_cast<double>(b.index_bytes) / megabyte / megabytes);
  }
  return text;
}

std::string table_of(const std::vector<AskedKind>& kinds) {
  std::string text =
      "\n| question | engine | questions | p50, ms | p95, ms | dateline's p50 by it | p95 by it | "
      "matches by its |\n|---|---|---:|---:|---:|---:|---:|---:|\n";
  for (const auto& kind : kinds) {
    for (const auto& t : kind.times) {
      if (t.questions == 0) continue;
      text += fmt::format("| {} | {} | {} | {:.3f} | {:.3f} | {} | {} | {} |\n", kind.name,
                          t.engine, t.questions, t.p50, t.p95, ratio_text(t.p50_ratio),
                          ratio_text(t.p95_ratio), matches_text(t.matches_ratio));
    }
  }
  return text;
}

}  // namespace dateline::bench
