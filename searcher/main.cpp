// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "common/error.h"
#include "common/index/layout.h"
#include "common/index/snapshot.h"
#include "common/program.h"
#include "common/text/unicode.h"
#include "searcher/batch.h"
#include "searcher/engine/profile.h"
#include "searcher/engine/search.h"
#include "searcher/options.h"
#include "searcher/output/page.h"
#include "searcher/output/profile_output.h"
#include "searcher/output/records.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

std::string rendered(const SearchResult& result, const SearchRequest& request, OutputFormat format,
                     const Palette& palette, std::size_t width) {
  switch (format) {
    case OutputFormat::text:
      return result_page(result, request, palette, width);
    case OutputFormat::json:
    case OutputFormat::jsonl:
      return dump_json(result_json(result, request)) + '\n';
    case OutputFormat::tsv:
      return result_tsv(result);
    case OutputFormat::trec:
      return result_trec(result, "1");
  }
  return {};
}

Palette palette_for(const ParsedOptions& options) {
  return Palette(use_colour(
      colour_choice(options.choice("color", "auto", std::array{"auto"sv, "always"sv, "never"sv})),
      STDOUT_FILENO));
}

void print_notes(const std::vector<std::string>& notes) {
  for (const auto& note : notes) fmt::print(stderr, "note: {}\n", printable(note));
}

/// --profile
ExitCode profile_once(const ParsedOptions& options, const std::filesystem::path& index) {
  const auto format = output_format(options, OutputFormat::text);
  if (format != OutputFormat::text && format != OutputFormat::json) {
    throw Error(ExitCode::usage, "a profile is not printed in that format",
                "give --format text or json");
  }
  auto request = request_from(options, format);
  request.query = fmt::format("{}", fmt::join(options.words, " "));
  const auto profile = profile_entity(*IndexSnapshot::open(index), request);
  print_notes(profile.notes);
  print_out(format == OutputFormat::json ? dump_json(profile_json(profile, request)) + '\n'
                                         : profile_page(profile, request, palette_for(options),
                                                        terminal_width(STDOUT_FILENO)));
  return profile.total > 0 ? ExitCode::ok : ExitCode::nothing_found;
}

ExitCode search_once(const ParsedOptions& options, const std::filesystem::path& index) {
  const auto format = output_format(options, OutputFormat::text);
  auto request = request_from(options, format);
  request.query = fmt::format("{}", fmt::join(options.words, " "));
  refuse_empty(request);
  const auto palette = palette_for(options);
  const auto width = terminal_width(STDOUT_FILENO);
  if (format == OutputFormat::text) request.snippet_columns = page_snippet_columns(width);

  const auto result = Searcher(IndexSnapshot::open(index)).search(request);
  print_notes(result.notes);
  print_out(rendered(result, request, format, palette, width));
  return result.total > 0 ? ExitCode::ok : ExitCode::nothing_found;
}

ExitCode search_batch(const ParsedOptions& options, const std::filesystem::path& index) {
  if (options.has("profile")) {
    throw Error(ExitCode::usage, "--profile describes one entity, not a batch",
                "leave out --batch");
  }
  if (!options.words.empty()) {
    throw Error(ExitCode::usage, "a query stands beside --batch", "put it into the batch");
  }
  BatchOptions batch;
  batch.index = index;
  batch.format = output_format(options, OutputFormat::jsonl);
  if (batch.format == OutputFormat::text || batch.format == OutputFormat::json) {
    throw Error(ExitCode::usage, "a batch is not answered in that format",
                "give --format jsonl, tsv or trec");
  }
  batch.defaults = request_from(options, batch.format);
  const auto cores = static_cast<long>(std::max(1U, std::thread::hardware_concurrency()));
  batch.jobs = static_cast<std::size_t>(options.number("jobs", cores, 1, 256));
  const auto name = options.value("batch");
  const auto& stop = stop_on_signals();
  if (name == "-") return run_batch(std::cin, batch, stop);
  std::ifstream file(name);
  if (!file || std::filesystem::is_directory(name)) {
    throw Error(ExitCode::usage, fmt::format("cannot read the batch file '{}'", name),
                "name a file with a query a line, or - for stdin");
  }
  return run_batch(file, batch, stop);
}

int run(int argc, const char* const* argv) {
  const auto options = parse_options(search_options(), search_program(), argc, argv);
  if (options.has("help")) {
    print_out(help_text(search_options(), search_program(), terminal_width(STDOUT_FILENO)));
    return 0;
  }
  if (options.has("version")) {
    print_out(version_text(search_program().name));
    return 0;
  }
  if (options.has("man-options")) {
    print_out(man_options(search_options()));
    return 0;
  }
  const auto index = index_directory(options.value("db"));
  if (options.has("batch")) return static_cast<int>(search_batch(options, index));
  return static_cast<int>(options.has("profile") ? profile_once(options, index)
                                                 : search_once(options, index));
}

}  // namespace
}  // namespace dateline

int main(int argc, char** argv) {
  return dateline::run_program(dateline::search_program().name,
                               [&] { return dateline::run(argc, argv); });
}
