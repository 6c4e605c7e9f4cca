// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/repair.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "common/error.h"
#include "common/file_io.h"
#include "common/index/generation_pin.h"
#include "common/shell.h"
#include "indexer/names/name_rules.h"
#include "indexer/operations/salvage.h"
#include "indexer/update/publish.h"
#include "indexer/update/writer_run.h"

namespace dateline {
namespace {

class Repair {
 public:
  explicit Repair(const IndexLayout& layout) : layout_(layout) {}

  LastRun run() {
    report_.found = check_index(layout_);
    if (report_.found.whole()) {
      report_.generation = *report_.found.generation;
    } else {
      put_right();
    }
    LastRun run;
    run.generation = report_.generation;
    run.published = needs_update_;
    return run;
  }

  bool needs_update() const { return needs_update_; }
  const Salvage& salvaged() const { return salvaged_; }
  RepairReport take_report() { return std::move(report_); }

 private:
  void put_right() {
    clear_places();
    const auto base = generation_to_build_on();
    if (!base) {
      auto manifest = manifest_of_segments(layout_, report_.found);
      did("made a manifest of the whole segments that are there: the article sets are not known "
          "any more");
      publish_what_is_whole(manifest);
    } else if (is_whole(*base)) {
      put_in_force(*base);
    } else {
      publish_what_is_whole(report_.found.manifests.at(*base));
    }
    drop_damaged_generations();
  }

  /// Where a folder stands, no file can be put.
  void clear_places() {
    std::vector places{layout_.current()};
    for (const auto generation : generations_in(layout_)) {
      places.insert(places.end(), {layout_.manifest(generation), layout_.tables(generation),
                                   layout_.catalogue(generation)});
    }
    for (const auto& place : places) {
      if (!std::filesystem::is_directory(place)) continue;
      std::filesystem::remove_all(place);
      did(fmt::format("removed a folder in the place of {}", place.filename().string()));
    }
  }

  /// The one in force, if its manifest can be read; else the newest that is whole, else the newest.
  std::optional<std::uint64_t> generation_to_build_on() const {
    const auto& manifests = report_.found.manifests;
    const auto in_force = report_.found.generation;
    if (in_force && manifests.contains(*in_force)) return in_force;
    for (auto it = manifests.rbegin(); it != manifests.rend(); ++it) {
      if (is_whole(it->first)) return it->first;
    }
    if (manifests.empty()) return std::nullopt;
    return manifests.rbegin()->first;
  }

  bool is_whole(std::uint64_t generation) const {
    const auto manifest = report_.found.manifests.find(generation);
    const auto& damage = report_.found.damage;
    return manifest != report_.found.manifests.end() &&
           std::ranges::none_of(
               std::array{"manifest", "tables", "catalogue"},
               [&](const char* kind) { return damage.concerns(numbered(kind, generation)); }) &&
           std::ranges::none_of(manifest->second.segments, [&](const SegmentEntry& segment) {
             return damage.concerns(segment.name);
           });
  }

  void did(std::string what) { report_.done.push_back(std::move(what)); }

  void put_in_force(std::uint64_t generation) {
    report_.generation = generation;
    if (report_.found.generation == generation) return;
    replace_file(layout_.current(), fmt::format("{}\n", generation));
    did(fmt::format("put generation {} in force, the newest that is whole", generation));
    needs_update_ = true;
  }

  void publish_what_is_whole(const Manifest& manifest) {
    salvaged_ = salvage(layout_, manifest, report_.found);
    for (const auto& segment : salvaged_.dropped)
      did(fmt::format("dropped {}, which is damaged", segment));
    auto next = salvaged_.generation;
    next.manifest.generation = std::max(newest_number(), manifest.generation) + 1;
    report_.generation = publish(layout_, std::move(next), read_name_rules(layout_)).generation;
    did(fmt::format("published what is whole as generation {}", report_.generation));
    needs_update_ = true;
  }

  /// Also of generations whose manifests cannot be read.
  std::uint64_t newest_number() const {
    const auto there = generations_in(layout_);
    const auto newest = there.empty() ? 0 : there.back();
    return std::max(newest, report_.found.generation.value_or(0));
  }

  void drop_damaged_generations() {
    for (const auto generation : generations_in(layout_)) {
      if (generation == report_.generation || is_whole(generation)) continue;
      if (retire_generation(layout_, generation))
        did(fmt::format("dropped generation {}, which is not whole", generation));
    }
  }

  const IndexLayout& layout_;
  RepairReport report_;
  Salvage salvaged_;
  bool needs_update_ = false;
};

/// Of the articles that stood in dropped segments, those whose files are gone.
void count_lost(const Salvage& salvaged, RepairReport& report) {
  if (!salvaged.missing_known) {
    report.lost_known = false;
    report.lost = salvaged.dropped_articles;
    return;
  }
  for (const auto& [path, articles] : salvaged.missing) {
    std::error_code problem;
    if (std::filesystem::exists(path, problem)) continue;
    report.lost += articles;
    const auto ids = salvaged.missing_ids.find(path);
    if (ids == salvaged.missing_ids.end()) continue;
    report.lost_ids.insert(report.lost_ids.end(), ids->second.begin(), ids->second.end());
  }
  std::ranges::sort(report.lost_ids);
}

/// Where nothing of an index is left, there is nothing to repair, and none is to be begun.
void refuse_no_index(const IndexLayout& layout) {
  std::error_code problem;
  if (std::filesystem::exists(layout.lock(), problem) ||
      std::filesystem::exists(layout.current(), problem))
    return;
  throw Error(ExitCode::no_index, fmt::format("no index at '{}'", layout.dir().string()),
              fmt::format("dateline-index --db {} ARTICLES...", shell_word(layout.dir().string())));
}

}  // namespace

RepairReport repair_index(const UpdateRequest& request, UpdateObserver& observer,
                          const std::atomic<bool>& stop) {
  const IndexLayout layout(request.index);
  refuse_no_index(layout);
  Repair repair(layout);
  const LockWait wait{request.lock_wait, &stop, {}};
  run_as_writer(layout, "repair", wait, [&] { return repair.run(); });
  auto report = repair.take_report();
  if (!repair.needs_update()) return report;
  try {
    report.update = update_index(request, observer, stop);
    report.generation = report.update->manifest.generation;
  } catch (const Error& e) {
    if (e.code() == ExitCode::interrupted || e.code() == ExitCode::internal) throw;
    report.not_updated = e.what();
    const auto remedy = remedy_at(e.remedy(), request.index.string());
    if (!remedy.empty()) report.not_updated += fmt::format(" (try: {})", remedy);
  }
  count_lost(repair.salvaged(), report);
  return report;
}

}  // namespace dateline
