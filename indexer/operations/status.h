// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/index/layout.h"
#include "common/index/manifest.h"
#include "indexer/update/last_run.h"

namespace dateline {

struct SetStatus {
  SetEntry set;
  std::uint64_t files = 0;
  std::uint64_t articles = 0;
  std::uint64_t refused = 0;
};

struct SegmentStatus {
  SegmentEntry entry;
  std::uint64_t postings_bytes = 0;
  std::uint64_t lists_bytes = 0;
  std::uint64_t columns_bytes = 0;
};

struct KeptGeneration {
  std::uint64_t generation = 0;
  std::int64_t published = 0;  ///< seconds since 1970-01-01 UTC
  std::uint64_t articles = 0;
  std::uint64_t own_bytes = 0;  ///< of files that the one in force does not have
};

struct StatusRefusal {
  std::string path;
  std::string record;  ///< "" for the whole file
  std::string reason;
};

/// Bytes on the disk, by what for.
struct IndexBytes {
  std::uint64_t postings = 0;
  std::uint64_t lists = 0;
  std::uint64_t columns = 0;
  std::uint64_t tables = 0;
  std::uint64_t catalogue = 0;
  std::uint64_t manifest = 0;
  std::uint64_t older_generations = 0;
  std::uint64_t unfinished = 0;  ///< of a run at work, or cut off
  std::uint64_t total() const {
    return postings + lists + columns + tables + catalogue + manifest + older_generations +
           unfinished;
  }
};

/// What an index holds and how it fares.
struct StatusReport {
  std::string index;  ///< its directory
  Manifest manifest;  ///< of the generation in force
  std::vector<SetStatus> sets;
  std::vector<SegmentStatus> segments;
  IndexBytes bytes;
  std::vector<KeptGeneration> kept;  ///< older ones, newest first
  std::optional<LastRun> last_run;
  std::uint64_t files = 0;
  std::uint64_t refused = 0;            ///< all of them
  std::vector<StatusRefusal> refusals;  ///< at most FileEntry::max_refusals a file
  std::optional<std::string> writer;    ///< "process 17 (dateline-index)" while it writes
};

/// Reads the manifest and the catalogue in force, and how large the files are. Takes no lock that
/// a writer would wait for, and writes nothing. Throws Error(no_index), Error(damaged_index),
/// Error(system_failure).
StatusReport index_status(const IndexLayout& layout);

}  // namespace dateline
