// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/commands.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <thread>
#include <utility>

#include "common/file_io.h"
#include "common/index/layout.h"
#include "common/index/snapshot.h"
#include "common/program.h"
#include "common/text/unicode.h"
#include "searcher/batch.h"
#include "searcher/console/open_article.h"
#include "searcher/console/pager.h"
#include "searcher/engine/profile.h"
#include "searcher/engine/search.h"
#include "searcher/evaluation.h"
#include "searcher/interactive/interactive.h"
#include "searcher/options.h"
#include "searcher/output/article_page.h"
#include "searcher/output/page.h"
#include "searcher/output/profile_output.h"
#include "searcher/output/records.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;
using enum OutputFormat;

constexpr std::string_view standard_input = "-";

Palette palette_for(const ParsedOptions& options) {
  return Palette(use_colour(colour_choice(options.value("color", "auto")), STDOUT_FILENO));
}

bool pager_allowed(const ParsedOptions& options) { return !options.has("no-pager"); }

PageOptions page_options(const ParsedOptions& options, const OutputOptions& output) {
  const auto choice = link_choice(options.value("links", "auto"));
  const bool broken = choice == LinkChoice::automatic && pager_breaks_links(pager_allowed(options));
  return {output.fields, output.full, use_links(choice, STDOUT_FILENO) && !broken, utf8_locale()};
}

void print_notes(const std::vector<std::string>& notes) {
  for (const auto& note : notes) fmt::print(stderr, "note: {}\n", printable(note));
}

std::optional<std::uint64_t> wanted_generation(const ParsedOptions& options) {
  if (!options.has("snapshot")) return std::nullopt;
  return static_cast<std::uint64_t>(options.number("snapshot", 0));
}

std::shared_ptr<const IndexSnapshot> open_index(const ParsedOptions& options) {
  const auto folder = index_directory(options.value("db"));
  const auto generation = wanted_generation(options);
  return generation ? IndexSnapshot::open_generation(folder, *generation)
                    : IndexSnapshot::open(folder);
}

std::string text_on_standard_input() {
  constexpr std::size_t most = 1U << 20;  // as much as tells what a text is about, and more
  std::string text(most, '\0');
  std::cin.read(text.data(), static_cast<std::streamsize>(most));
  text.resize(static_cast<std::size_t>(std::cin.gcount()));
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    throw Error(ExitCode::usage, "there is no text on standard input to find articles like",
                "dateline-search --like - < FILE");
  }
  return text;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

/// The query, or what stands in its place.
void take_question(const ParsedOptions& options, SearchRequest& request) {
  request.query = fmt::format("{}", fmt::join(options.words, " "));
  if (options.has("all") && !is_blank(request.query)) {
    throw Error(ExitCode::usage, "--all stands beside a query", "leave one of them out");
  }
  if (!options.has("like")) return;
  if (!is_blank(request.query)) {
    throw Error(ExitCode::usage, "--like stands in place of a query, not beside it",
                "leave one of them out, or narrow with filters");
  }
  const auto like = options.value("like");
  if (is_blank(like)) {
    throw Error(ExitCode::usage, "--like names no article", "--like ID, or --like - < FILE");
  }
  if (like == standard_input) {
    request.like_text = text_on_standard_input();
  } else {
    request.like_id = like;
  }
}

bool asks_for_everything(const ParsedOptions& options) {
  return options.has("all") || options.has("facets-only") || options.has("count");
}

void refuse_batch_options(const ParsedOptions& options) {
  if (options.typed("jobs")) {
    throw Error(ExitCode::usage, "--jobs does nothing here", "--batch FILE --jobs N");
  }
  if (options.has("qrels")) {
    throw Error(ExitCode::usage, "--qrels rates the answers to a batch",
                "--batch FILE --qrels FILE");
  }
}

std::string rendered(const SearchResult& result, const SearchRequest& request,
                     const OutputOptions& output, const ParsedOptions& options, std::size_t width) {
  if (output.format == text && !output.count) {
    return result_page(result, request, palette_for(options), width, page_options(options, output));
  }
  return header_record(output, request, false) + result_record(result, request, output);
}

}  // namespace

ExitCode search_once(const ParsedOptions& options) {
  refuse_batch_options(options);
  const auto format = output_format(options, std::array{text, json, jsonl, tsv, csv, trec, ids});
  const auto output = output_options_from(options, format);
  auto request = request_from(options, format);
  take_question(options, request);
  if (!asks_for_everything(options)) {
    if (asks_nothing(request) && !options.has("format") && can_interact()) {
      return interact(index_directory(options.value("db")), request, palette_for(options),
                      !options.has("no-history"));
    }
    refuse_empty(request);
  }
  const auto width = terminal_width(STDOUT_FILENO);
  if (format == text) request.snippet_columns = page_snippet_columns(width);
  ask_only_for(output, request);

  const auto result = Searcher(open_index(options)).search(request);
  print_notes(result.notes);
  const auto out = rendered(result, request, output, options, width);
  if (format == text) {
    show_page(out, pager_allowed(options));
  } else {
    print_out(out);
  }
  return result.total > 0 ? ExitCode::ok : ExitCode::nothing_found;
}

ExitCode open_one(const ParsedOptions& options) {
  refuse_batch_options(options);
  constexpr std::array beside{"limit"sv,          "offset"sv,       "format"sv, "fields"sv,
                              "full"sv,           "count"sv,        "null"sv,   "facets-only"sv,
                              "facet"sv,          "facet-values"sv, "header"sv, "explain"sv,
                              "format-version"sv, "facet-sizes"sv};
  refuse_beside(options, "--open", beside);
  auto request = request_from(options, text);
  take_question(options, request);
  if (!options.has("all")) refuse_empty(request);
  const auto wanted = static_cast<std::size_t>(options.number("open", 1));
  request.offset = wanted - 1;
  request.limit = 1;
  request.facets.clear();
  const auto result = Searcher(open_index(options)).search(request);
  print_notes(result.notes);
  if (result.hits.empty()) {
    throw Error(ExitCode::nothing_found,
                fmt::format("there is no article {} to open: {} found", wanted, result.total),
                result.total > 0 ? "--open 1" : "");
  }
  const auto& hit = result.hits.front();
  if (open_in_browser(hit.article)) return ExitCode::ok;
  if (has_web_address(hit.article)) {
    fmt::print(stderr, "note: no browser opened {}\n", article_address(hit.article));
  }
  show_page(article_page(hit, palette_for(options), terminal_width(STDOUT_FILENO)),
            pager_allowed(options));
  return ExitCode::ok;
}

ExitCode describe_entity(const ParsedOptions& options) {
  refuse_batch_options(options);
  constexpr std::array beside{"limit"sv,      "offset"sv,       "sort"sv,       "facet"sv,
                              "facet-sort"sv, "count"sv,        "fields"sv,     "facets-only"sv,
                              "full"sv,       "facet-values"sv, "expand"sv,     "recency"sv,
                              "explain"sv,    "like"sv,         "open"sv,       "header"sv,
                              "null"sv,       "all"sv,          "facet-sizes"sv};
  refuse_beside(options, "--profile", beside);
  const auto format = output_format(options, std::array{text, json});
  output_options_from(options, format);
  auto request = request_from(options, format);
  request.query = fmt::format("{}", fmt::join(options.words, " "));
  const auto profile = profile_entity(*open_index(options), request);
  print_notes(profile.notes);
  if (format == json) {
    print_out(dump_json(profile_json(profile, request)) + '\n');
  } else {
    show_page(profile_page(profile, request, palette_for(options), terminal_width(STDOUT_FILENO)),
              pager_allowed(options));
  }
  return profile.total > 0 ? ExitCode::ok : ExitCode::nothing_found;
}

namespace {

/// The descriptor of the batch; `file` owns it where it is no standard input.
int open_batch(const std::string& name, FileDescriptor& file) {
  if (name == standard_input) return STDIN_FILENO;
  file = FileDescriptor(::open(name.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file || std::filesystem::is_directory(name)) {
    throw Error(ExitCode::usage, fmt::format("cannot read the batch file '{}'", name),
                "name a file with a query a line, or - for stdin");
  }
  return file.get();
}

BatchOptions batch_options(const ParsedOptions& options, OutputFormat format) {
  BatchOptions batch;
  batch.index = index_directory(options.value("db"));
  batch.generation = wanted_generation(options);
  batch.output = output_options_from(options, format);
  batch.defaults = request_from(options, format);
  batch.everything = asks_for_everything(options);
  const auto cores = static_cast<long>(std::max(1U, std::thread::hardware_concurrency()));
  batch.jobs = static_cast<std::size_t>(options.number("jobs", std::min(cores, 256L)));
  return batch;
}

ExitCode run(const ParsedOptions& options, const BatchOptions& batch) {
  FileDescriptor file;
  const int input = open_batch(options.value("batch"), file);
  const auto& stop = stop_on_signals();
  BatchReader reader(input, stop_descriptor());
  return run_batch(reader, batch, stop);
}

/// --qrels
ExitCode evaluate_batch(const ParsedOptions& options) {
  constexpr std::array beside{"count"sv, "fields"sv, "facets-only"sv, "facet"sv,
                              "full"sv,  "header"sv, "explain"sv,     "facet-sizes"sv};
  refuse_beside(options, "--qrels", beside);
  const auto format = output_format(options, std::array{text, json});
  auto batch = batch_options(options, trec);
  Evaluation evaluation(read_judgements(std::filesystem::path(options.value("qrels"))));
  batch.take = [&](const std::string& id, const SearchResult& result) {
    std::vector<RatedAnswer> ranking;
    for (const auto& hit : result.hits) {
      ranking.push_back({static_cast<double>(hit.score), hit.rank, trec_word(hit.id)});
    }
    evaluation.add(trec_word(id), std::move(ranking));
  };
  const auto code = run(options, batch);
  print_out(format == json ? dump_json(evaluation_json(evaluation)) + '\n'
                           : evaluation_text(evaluation));
  return code;
}

}  // namespace

ExitCode search_batch(const ParsedOptions& options) {
  constexpr std::array beside{"open"sv, "profile"sv, "like"sv, "null"sv};
  refuse_beside(options, "--batch", beside);
  if (!options.words.empty()) {
    throw Error(ExitCode::usage, "a query stands beside --batch", "put it into the batch");
  }
  if (options.has("qrels")) return evaluate_batch(options);
  return run(options,
             batch_options(options, output_format(options, std::array{jsonl, tsv, csv, trec})));
}

}  // namespace dateline
