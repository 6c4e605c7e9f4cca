// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/snapshot.h"

#include <fmt/format.h>

#include "common/error.h"
#include "common/file_io.h"

namespace dateline {
namespace {

/// A writer may remove a generation between our reading CURRENT and opening its files; CURRENT has
/// then moved on. Each round needs another publish to fail, so a few are plenty.
constexpr int max_open_attempts = 10;

constexpr std::uint64_t max_manifest_bytes = 64U << 20;

Xapian::Database open_database(const std::filesystem::path& segment_folder) {
  try {
    return Xapian::Database(postings_of(segment_folder).string());
  } catch (const Xapian::Error& e) {
    throw Error(
        ExitCode::damaged_index,
        fmt::format("cannot open the postings in '{}': {}", segment_folder.string(), e.get_msg()),
        "rebuild the index: dateline-index --rebuild");
  }
}

}  // namespace

Manifest read_current_manifest(const IndexLayout& layout, std::uint32_t oldest) {
  const auto generation = layout.current_generation();
  if (!generation) {
    throw Error(ExitCode::no_index, fmt::format("no index at '{}'", layout.dir().string()),
                fmt::format("dateline-index --db {} ARTICLES...", layout.dir().string()));
  }
  const auto path = layout.manifest(*generation);
  if (!std::filesystem::exists(path)) {
    throw Error(ExitCode::damaged_index, fmt::format("'{}' is missing", path.string()),
                fmt::format("dateline-index --db {} --rebuild PATH...", layout.dir().string()));
  }
  return parse_manifest(read_file(path, max_manifest_bytes), path, oldest);
}

std::shared_ptr<const IndexSnapshot> IndexSnapshot::open(const std::filesystem::path& dir,
                                                         std::size_t threads) {
  const IndexLayout layout(dir);
  for (int attempt = 1;; ++attempt) {
    const auto before = layout.current_generation();
    try {
      return open_current(layout, threads);
    } catch (const Error&) {
      if (attempt == max_open_attempts || layout.current_generation() == before) throw;
    }
  }
}

std::shared_ptr<const IndexSnapshot> IndexSnapshot::open_current(const IndexLayout& layout,
                                                                 std::size_t threads) {
  return std::shared_ptr<const IndexSnapshot>(
      new IndexSnapshot(layout, read_current_manifest(layout), threads));
}

IndexSnapshot::IndexSnapshot(const IndexLayout& layout, Manifest manifest, std::size_t threads)
    : manifest_(std::move(manifest)),
      tables_(layout.tables(manifest_.generation), manifest_),
      databases_(threads) {
  for (std::size_t i = 0; i < manifest_.segments.size(); ++i) {
    const auto& entry = manifest_.segments[i];
    const auto folder = layout.segment(entry.name);
    const auto& columns = segments_.emplace_back(folder, entry.name);
    if (columns.rows() != entry.rows || tables_.source_map(i).size() != columns.sources.size() ||
        tables_.entity_map(i).size() != columns.entities.size()) {
      throw Error(ExitCode::damaged_index,
                  fmt::format("segment '{}' is not the one its manifest names", entry.name),
                  "rebuild the index: dateline-index --rebuild");
    }
    for (auto& set : databases_) set.push_back(open_database(folder));
  }
}

}  // namespace dateline
