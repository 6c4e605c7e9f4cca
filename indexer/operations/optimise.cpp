// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/optimise.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "common/file_io.h"
#include "common/index/snapshot.h"
#include "indexer/names/name_rules.h"
#include "indexer/segments/merge.h"
#include "indexer/update/publish.h"
#include "indexer/update/writer_run.h"

namespace dateline {
namespace {

std::uint64_t bytes_of_generation(const IndexLayout& layout, const Manifest& manifest) {
  std::vector files{layout.manifest(manifest.generation), layout.tables(manifest.generation),
                    layout.catalogue(manifest.generation)};
  for (const auto& segment : manifest.segments) {
    files.push_back(postings_of(layout.segment(segment.name)));
    files.push_back(word_lists_of(layout.segment(segment.name)));
    files.push_back(columns_of(layout.segment(segment.name)));
  }
  std::uint64_t bytes = 0;
  for (const auto& file : files) bytes += std::filesystem::file_size(file);
  return bytes;
}

NewGeneration merged_generation(const IndexLayout& layout, const IndexSnapshot& snapshot) {
  NewGeneration next;
  next.manifest = snapshot.manifest();
  next.catalogue =
      read_catalogue(layout.catalogue(next.manifest.generation), next.manifest.generation);
  std::vector<MergeInput> inputs;
  for (std::size_t i = 0; i < snapshot.segment_count(); ++i) {
    const auto& name = snapshot.segment(i).name();
    inputs.push_back({layout.segment(name), name, snapshot.tables().dead(i),
                      next.manifest.segments[i].postings_digest});
  }
  const auto name = new_segment_name(layout, next.manifest);
  const auto merged = merge_segments(inputs, layout.segment(name), name, layout.work() / "merging");
  sync_folder(layout.dir());
  ++next.manifest.generation;
  next.manifest.segments = {merged};
  next.dead = {Bitset(merged.rows)};
  return next;
}

OptimiseReport optimise(const IndexLayout& layout) {
  const auto snapshot = IndexSnapshot::open(layout.dir());
  const auto& before = snapshot->manifest();
  OptimiseReport report;
  report.generation = before.generation;
  report.segments_before = report.segments = before.segments.size();
  report.bytes_before = report.bytes = bytes_of_generation(layout, before);
  for (const auto& segment : before.segments) report.dead_rows += segment.rows - segment.live;
  if (before.segments.empty() || (before.segments.size() == 1 && report.dead_rows == 0))
    return report;
  const auto rules = read_name_rules(layout);
  snapshot->verify();
  const auto after = publish(layout, merged_generation(layout, *snapshot), rules);
  report.generation = after.generation;
  report.published = true;
  report.segments = after.segments.size();
  report.bytes = bytes_of_generation(layout, after);
  return report;
}

}  // namespace

OptimiseReport optimise_index(const IndexLayout& layout, const LockWait& wait) {
  read_current_manifest(layout);  // where there is no index, none is begun
  OptimiseReport report;
  run_as_writer(layout, "optimise", wait, [&] {
    report = optimise(layout);
    LastRun run;
    run.published = report.published;
    run.generation = report.generation;
    return run;
  });
  return report;
}

}  // namespace dateline
