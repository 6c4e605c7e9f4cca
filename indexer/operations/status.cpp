// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/status.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>

#include "common/error.h"
#include "common/file_io.h"
#include "common/index/generation_pin.h"
#include "common/index/snapshot.h"
#include "indexer/update/catalogue.h"
#include "indexer/update/lock.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

std::uint64_t bytes_of(const fs::path& file) {
  std::error_code missing;
  const auto bytes = fs::file_size(file, missing);
  return missing ? 0 : bytes;
}

std::uint64_t bytes_below(const fs::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code problem;
  for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    std::error_code gone;
    if (at->is_regular_file(gone)) bytes += bytes_of(at->path());
  }
  return bytes;
}

/// The set whose root the path is, or is below: the innermost.
SetStatus* set_of(std::vector<SetStatus>& sets, std::string_view path) {
  SetStatus* found = nullptr;
  for (auto& s : sets) {
    const auto& root = s.set.root;
    const bool is_inside = path.starts_with(root) &&
                           (path.size() == root.size() || root == "/" || path[root.size()] == '/');
    if (is_inside && (found == nullptr || root.size() > found->set.root.size())) found = &s;
  }
  return found;
}

void add_files(const Catalogue& catalogue, StatusReport& report) {
  for (const auto& set : report.manifest.sets) report.sets.push_back({set, 0, 0, 0});
  for (const auto& [path, entry] : catalogue) {
    ++report.files;
    report.refused += entry.refused;
    for (const auto& r : entry.refusals) report.refusals.push_back({path, r.record, r.reason});
    if (auto* set = set_of(report.sets, path)) {
      ++set->files;
      set->articles += entry.articles;
      set->refused += entry.refused;
    }
  }
}

void add_segments(const IndexLayout& layout, StatusReport& report) {
  for (const auto& entry : report.manifest.segments) {
    const auto folder = layout.segment(entry.name);
    report.segments.push_back({entry, bytes_of(postings_of(folder)),
                               bytes_of(word_lists_of(folder)), bytes_of(columns_of(folder))});
    report.bytes.postings += report.segments.back().postings_bytes;
    report.bytes.lists += report.segments.back().lists_bytes;
    report.bytes.columns += report.segments.back().columns_bytes;
  }
  const auto generation = report.manifest.generation;
  report.bytes.tables = bytes_of(layout.tables(generation));
  report.bytes.catalogue = bytes_of(layout.catalogue(generation));
  report.bytes.manifest = bytes_of(layout.manifest(generation));
  report.bytes.unfinished = bytes_below(layout.work());
}

/// Generations that are older than the one in force, and what they alone have.
void add_kept(const IndexLayout& layout, StatusReport& report) {
  std::set<std::string> counted;
  for (const auto& segment : report.manifest.segments) counted.insert(segment.name);
  auto generations = generations_in(layout);
  std::ranges::reverse(generations);
  for (const auto generation : generations) {
    if (generation >= report.manifest.generation) continue;
    const auto path = layout.manifest(generation);
    KeptGeneration kept{generation, 0, 0, bytes_of(path)};
    kept.own_bytes += bytes_of(layout.tables(generation)) + bytes_of(layout.catalogue(generation));
    try {
      const auto manifest = read_manifest(path);
      kept.published = manifest.published;
      kept.articles = manifest.articles;
      for (const auto& segment : manifest.segments) {
        if (counted.insert(segment.name).second)
          kept.own_bytes += bytes_below(layout.segment(segment.name));
      }
    } catch (const Error&) {
      continue;  // gone since, or damaged: for --check to say
    }
    report.bytes.older_generations += kept.own_bytes;
    report.kept.push_back(kept);
  }
}

}  // namespace

StatusReport index_status(const IndexLayout& layout) {
  const auto pin = GenerationPin::of_current(layout);
  const auto path = layout.manifest(pin.generation());
  StatusReport report;
  report.index = fs::absolute(layout.dir()).lexically_normal().string();
  report.manifest = read_manifest(path);
  add_files(read_catalogue(layout.catalogue(pin.generation()), pin.generation()), report);
  add_segments(layout, report);
  add_kept(layout, report);
  report.last_run = read_last_run(layout);
  report.writer = writer_at(layout);
  return report;
}

}  // namespace dateline
