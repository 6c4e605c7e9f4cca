// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "common/index/generation_pin.h"
#include "common/index/snapshot.h"
#include "common/json.h"
#include "common/program.h"
#include "common/text/cells.h"
#include "common/text/unicode.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/option_values.h"
#include "indexer/commands/report.h"
#include "indexer/operations/diff.h"
#include "searcher/options.h"
#include "searcher/output/fields.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

/// Of what is printed, so much at a time.
constexpr std::size_t most_waiting_bytes = 1U << 16;

std::uint64_t generation_named(const std::string& word) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (problem == std::errc{} && end == word.data() + word.size() && number > 0) return number;
  throw Error(ExitCode::usage, fmt::format("'{}' is no generation", printable(word)),
              "dateline-index --diff A B, the numbers of two generations");
}

std::string remedy_for(const IndexLayout& layout) {
  const auto there = generations_in(layout);
  return fmt::format(
      "give two of those that are there: {}; dateline-index --keep-generations N keeps the last N "
      "from its next run on",
      fmt::join(there, ", "));
}

std::shared_ptr<const IndexSnapshot> open_kept(const IndexLayout& layout,
                                               std::uint64_t generation) {
  try {
    return IndexSnapshot::open_generation(layout.dir(), generation);
  } catch (const Error& e) {
    if (e.code() != ExitCode::no_index || !layout.current_generation()) throw;
    if (std::filesystem::exists(layout.manifest(generation))) throw;
    throw Error(e.code(), e.what(), remedy_for(layout));
  }
}

/// --query.
std::optional<SearchRequest> asked_query(const ParsedOptions& options) {
  if (!options.has("query")) return std::nullopt;
  SearchRequest request;
  request.query = options.value("query");
  request.today = local_day();
  refuse_empty(request);
  return request;
}

Json change_json(const ArticleChange& change) {
  Hit hit;
  hit.id = change.id;
  hit.article = change.article;
  Json j = {{"change", name_of(change.change)}};
  for (const auto field : {"id", "title", "source", "date", "path", "record"})
    j[field] = field_value(field, hit, 0);
  if (change.change == Change::altered) j["altered"] = change.fields;
  if (change.change == Change::moved) j["was"] = change.was;
  return j;
}

std::string change_line(const ArticleChange& change, const Palette& palette) {
  constexpr std::array signs{"+"sv, "-"sv, "~"sv, ">"sv};
  const auto json = change_json(change);
  auto line = fmt::format("{} {}  {}", signs[static_cast<std::size_t>(change.change)],
                          printable(change.id), cell_text(json["title"]));
  if (change.change == Change::altered)
    line += palette.quiet(fmt::format("  ({})", fmt::join(change.fields, ", ")));
  if (change.change == Change::moved)
    line += palette.quiet(fmt::format("  (was {})", shown_path(change.was)));
  return line + '\n';
}

std::string change_columns(const ArticleChange& change, bool raw) {
  const auto cell = [&](const std::string& text) { return raw ? text : spreadsheet_text(text); };
  const auto json = change_json(change);
  std::string line(name_of(change.change));
  for (const auto field : {"id", "title", "source", "date", "path", "record"})
    line += '\t' + cell(cell_text(json[field]));
  line += '\t';
  if (change.change == Change::altered) line += fmt::format("{}", fmt::join(change.fields, "; "));
  if (change.change == Change::moved) line += cell(printable(change.was));
  return line + '\n';
}

std::string counts_text(const DiffCounts& counts, std::uint64_t from, std::uint64_t to) {
  return fmt::format("generation {} to {}: {} entered, {} left, {} altered, {} moved\n", from, to,
                     counts.entered, counts.left, counts.altered, counts.moved);
}

/// Prints what it is given as it comes, some at a time.
class WaitingOutput {
 public:
  void add(std::string_view text) {
    waiting_ += text;
    if (waiting_.size() >= most_waiting_bytes) flush();
  }
  void flush() {
    print_out(waiting_);
    waiting_.clear();
  }

 private:
  std::string waiting_;
};

struct Comparands {
  std::shared_ptr<const IndexSnapshot> from;
  std::shared_ptr<const IndexSnapshot> to;
  std::uint64_t first() const { return from->manifest().generation; }
  std::uint64_t second() const { return to->manifest().generation; }
};

void print_object(const Comparands& sides, const std::optional<SearchRequest>& query) {
  auto changes = Json::array();
  const auto counts =
      compare_generations(sides.from, sides.to, query ? &*query : nullptr,
                          [&](const ArticleChange& c) { changes.push_back(change_json(c)); });
  const Json j = {{"from", sides.first()},
                  {"to", sides.second()},
                  {"query", query ? Json(query->query) : Json(nullptr)},
                  {"entered", counts.entered},
                  {"left", counts.left},
                  {"altered", counts.altered},
                  {"moved", counts.moved},
                  {"changes", changes}};
  print_out(dump_json(j) + '\n');
}

void print_lines(const Comparands& sides, const std::optional<SearchRequest>& query,
                 const std::string& format, bool raw_cells, const Palette& colours) {
  WaitingOutput out;
  const auto counts = compare_generations(
      sides.from, sides.to, query ? &*query : nullptr, [&](const ArticleChange& change) {
        if (format == "jsonl") {
          out.add(dump_json(change_json(change)) + '\n');
        } else {
          out.add(format == "tsv" ? change_columns(change, raw_cells)
                                  : change_line(change, colours));
        }
      });
  if (format == "text") out.add(counts_text(counts, sides.first(), sides.second()));
  out.flush();
}

}  // namespace

ExitCode diff(const ParsedOptions& options) {
  if (options.words.size() > 1 || options.has("files-from"))
    throw Error(ExitCode::usage, "--diff compares two generations, and takes no paths",
                "dateline-index --diff A B");
  const auto format =
      options.choice("format", "text", std::array{"text"sv, "json"sv, "jsonl"sv, "tsv"sv});
  const auto query = asked_query(options);
  const IndexLayout layout(index_directory(options));
  Comparands sides;
  sides.from = open_kept(layout, static_cast<std::uint64_t>(options.number("diff", 0)));
  sides.to = options.words.empty() ? IndexSnapshot::open(layout.dir())
                                   : open_kept(layout, generation_named(options.words.front()));
  if (format == "json") {
    print_object(sides, query);
  } else {
    print_lines(sides, query, format, options.has("raw-cells"), palette(options));
  }
  return ExitCode::ok;
}

}  // namespace dateline
