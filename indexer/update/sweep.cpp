// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/sweep.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string_view>
#include <vector>

#include "common/error.h"
#include "common/file_io.h"
#include "common/index/generation_pin.h"
#include "common/index/manifest.h"

namespace dateline {
namespace {

Manifest manifest_of(const IndexLayout& layout, std::uint64_t generation) {
  return read_manifest(layout.manifest(generation));
}

/// What an older generation needs could be in any segment while its manifest cannot be read.
struct Kept {
  std::set<std::filesystem::path> files;
  bool segments_known = true;
};

void keep_generation(const IndexLayout& layout, std::uint64_t generation, Kept& kept) {
  kept.files.insert(
      {layout.manifest(generation), layout.tables(generation), layout.catalogue(generation)});
  for (const auto& segment : manifest_of(layout, generation).segments)
    kept.files.insert(layout.segment(segment.name));
}

/// Of an older format, which nothing can open any more.
bool is_outdated(const IndexLayout& layout, std::uint64_t generation) try {
  manifest_of(layout, generation);
  return false;
} catch (const Error& e) {
  return e.code() == ExitCode::no_index;
}

/// The generations that stay, once the manifests of the others are gone.
std::vector<std::uint64_t> retire_others(const IndexLayout& layout, std::uint64_t in_force) {
  const auto wanted = std::max(1U, manifest_of(layout, in_force).keep_generations);
  auto generations = generations_in(layout);
  std::ranges::reverse(generations);
  std::vector<std::uint64_t> staying;
  bool retired = false;
  for (const auto generation : generations) {
    const bool is_kept =
        generation == in_force ||
        (generation < in_force && staying.size() < wanted && !is_outdated(layout, generation));
    if (!is_kept && retire_generation(layout, generation)) {
      retired = true;
    } else {
      staying.push_back(generation);
    }
  }
  // Should the power fail, a manifest must not come back after its files are gone.
  if (retired) sync_folder(layout.dir());
  return staying;
}

Kept files_to_keep(const IndexLayout& layout) {
  Kept kept{{layout.lock(), layout.last_run(), layout.stamps()}};
  const auto in_force = layout.current_generation();
  if (!in_force) return kept;
  kept.files.insert(layout.current());
  for (const auto generation : retire_others(layout, *in_force)) {
    try {
      keep_generation(layout, generation, kept);
    } catch (const Error&) {
      if (generation == *in_force) throw;
      kept.segments_known = false;
    }
  }
  return kept;
}

constexpr std::string_view segment_kind = "seg-";

/// Only names that this program gives are ever removed: the directory may hold a user's own files.
bool is_ours(std::string_view name) {
  constexpr std::string_view unfinished = ".new";
  if (name.ends_with(unfinished)) name.remove_suffix(unfinished.size());
  for (const std::string_view kind : {std::string_view("manifest-"), std::string_view("tables-"),
                                      std::string_view("catalogue-"), segment_kind}) {
    if (!name.starts_with(kind)) continue;
    const auto number = name.substr(kind.size());
    return number.size() >= 6 && number.find_first_not_of("0123456789") == std::string_view::npos;
  }
  return name == "CURRENT" || name == "last-run.json" || name == "stamps" ||
         name == IndexLayout::work_name;
}

}  // namespace

std::size_t sweep(const IndexLayout& layout, bool had_generations) try {
  if (had_generations && !layout.current_generation()) return 0;
  // What was in force before goes only when a power cut cannot bring it back.
  sync_folder(layout.dir());
  const auto kept = files_to_keep(layout);
  std::vector<std::filesystem::path> unneeded;
  for (const auto& entry : std::filesystem::directory_iterator(layout.dir())) {
    const auto name = entry.path().filename().string();
    if (kept.files.contains(entry.path()) || !is_ours(name)) continue;
    if (name.starts_with(segment_kind) && !kept.segments_known) continue;
    unneeded.push_back(entry.path());
  }
  for (const auto& path : unneeded) {
    std::error_code left_for_next_time;
    std::filesystem::remove_all(path, left_for_next_time);
  }
  return unneeded.size();
} catch (const std::exception&) {
  return 0;  // left for the next time, all of it
}

}  // namespace dateline
