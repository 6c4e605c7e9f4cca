// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/alerts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "common/file_io.h"
#include "common/hash.h"
#include "common/index/snapshot.h"
#include "common/json.h"
#include "common/program.h"
#include "common/text/unicode.h"
#include "searcher/engine/filters.h"
#include "searcher/engine/search.h"
#include "searcher/options.h"
#include "searcher/output/fields.h"

namespace dateline {
namespace {

constexpr std::uint64_t max_memory_bytes = 1U << 20;

/// The index directory has one for each file of standing queries.
std::filesystem::path memory_of(const IndexLayout& layout, const std::string& queries) {
  return layout.dir() / fmt::format("alerted-{:016x}.json", hash64(queries));
}

struct Place {
  std::uint32_t segment = 0;
  std::uint32_t row = 0;
};

/// The live articles whose content came after a generation.
std::vector<Bitset> rows_after(const IndexSnapshot& snapshot, std::uint64_t generation) {
  std::vector<Bitset> fresh;
  for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
    const auto& columns = snapshot.segment(s);
    auto& rows = fresh.emplace_back(columns.rows());
    for (std::uint32_t row = 0; row < columns.rows(); ++row) {
      if (columns.changed_in[row] > generation) rows.set(row);
    }
    rows.subtract(snapshot.tables().dead(s));
  }
  return fresh;
}

/// In order of the articles' ids.
std::vector<Place> places_of(const IndexSnapshot& snapshot, const std::vector<Bitset>& matching) {
  std::vector<Place> places;
  for (std::uint32_t s = 0; s < matching.size(); ++s) {
    matching[s].for_each([&](std::size_t row) {
      places.push_back({s, static_cast<std::uint32_t>(row)});
    });
  }
  std::ranges::sort(places, {}, [&](const Place& p) {
    const auto& columns = snapshot.segment(p.segment);
    return std::pair(columns.id[p.row], columns.key_hash[p.row]);
  });
  return places;
}

std::string alert_line(const IndexSnapshot& snapshot, const Place& place, const BatchLine& query) {
  const auto& columns = snapshot.segment(place.segment);
  Hit hit;
  hit.id = columns.id[place.row];
  hit.history = columns.history(place.row);
  hit.article = snapshot.article(0, place.segment, place.row);
  Json j = {{"alert", query.id},
            {"query", query.request.query},
            {"change", hit.history.changes == 0 ? "new" : "changed"},
            {"generation", hit.history.changed_in}};
  for (const auto field : {"id", "title", "source", "date", "path", "record", "first_seen"}) {
    j[field] = field_value(field, hit, hit.history.changed_in);
  }
  return dump_json(j) + '\n';
}

}  // namespace

Alerts::Alerts(const std::filesystem::path& index, const std::filesystem::path& file)
    : layout_(index),
      file_(file),
      stamp_(stamp_of(file)),
      queries_(file),
      memory_(memory_of(layout_, queries_.path())) {}

void Alerts::refresh() {
  const auto now = stamp_of(file_);
  if (now == stamp_) return;
  stamp_ = now;
  queries_ = StandingQueries(file_);
  memory_ = memory_of(layout_, queries_.path());
}

void Alerts::remember_beginning() const {
  if (answered().memory == Memory::none) remember(layout_.current_generation().value_or(0));
}

ExitCode Alerts::print() const {
  const auto snapshot = IndexSnapshot::open(layout_.dir());
  const auto generation = snapshot->manifest().generation;
  const auto before = answered();
  auto told = before.memory == Memory::none ? generation : before.generation;
  if (told == generation) return ExitCode::ok;
  if (before.memory == Memory::damaged) {
    fmt::print(stderr,
               "'{}' does not say any more up to where alerts were printed: all that match are "
               "printed again\n",
               printable(memory_.string()));
  }
  if (told > generation) told = 0;  // the index was made anew, and counts from 1 again
  const auto fresh = rows_after(*snapshot, told);
  auto code = ExitCode::ok;
  if (std::ranges::any_of(fresh, [](const Bitset& rows) { return rows.count() > 0; })) {
    Searcher searcher(snapshot);
    const auto queries = queries_.on(local_day());
    for (std::size_t q = 0; q < queries.size(); ++q) {
      try {
        std::string lines;
        const auto matching = searcher.match(queries[q].request, fresh);
        for (const auto& place : places_of(*snapshot, matching)) {
          lines += alert_line(*snapshot, place, queries[q]);
        }
        print_out(lines);
      } catch (const Error& e) {
        if (e.code() != ExitCode::usage) throw;
        const auto problem = queries_.problem_of(q, e);
        fmt::print(stderr, "{}\n  try: {}\n", printable_text(problem.what()),
                   printable(problem.remedy()));
        code = ExitCode::usage;
      }
    }
  }
  remember(generation);
  return code;
}

Alerts::Answered Alerts::answered() const {
  if (!is_there(memory_)) return {};
  try {
    const auto j = Json::parse(read_file(memory_, max_memory_bytes), nullptr, false);
    if (j.is_object() && j.contains("generation") && j["generation"].is_number_unsigned())
      return {Memory::whole, j["generation"].get<std::uint64_t>()};
  } catch (const Error&) {
    // What cannot be read says as little as what is damaged.
  }
  return {Memory::damaged, 0};
}

void Alerts::remember(std::uint64_t generation) const {
  const Json j = {{"file", queries_.path()}, {"generation", generation}};
  replace_file(memory_, dump_json(j) + '\n');
}

}  // namespace dateline
