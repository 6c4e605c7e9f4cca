// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/index/manifest.h"
#include "indexer/segments/memory_budget.h"
#include "indexer/update/article_sets.h"

namespace dateline {

/// One run of the indexer.
struct UpdateRequest {
  std::filesystem::path index;
  SetSelection sets;
  SetSettings settings;  ///< for the files under the paths that `sets` names
  std::optional<std::uint32_t> keep_generations;  ///< at least 1; none: as before
  bool rebuild = false;         ///< everything anew, in a generation beside the old one
  bool check_contents = false;  ///< read every file, also where size and times are as they were
  bool no_entities = false;     ///< look for none in texts; so it stays until `rebuild` without it
  bool allow_mass_removal = false;  ///< also where a set loses most of its articles
  bool begins_none = false;         ///< where no index is, none is begun, whatever `sets` names
  unsigned threads = 1;             ///< workers, beside the thread that reads
  MemoryBudget memory;
  std::filesystem::path
      log;  ///< where this run is logged, absolute: no article, wherever it stands
  std::chrono::seconds lock_wait{0};  ///< how long to wait while another process writes
};

struct RefusedArticle {
  std::string path;
  std::string record;
  std::string reason;
};

/// What a run did. All counts are exact.
struct UpdateReport {
  static constexpr std::size_t max_notes = 1'000;

  Manifest manifest;            ///< of the generation now in force
  bool published = false;       ///< whether this run made it
  std::string rebuilt_because;  ///< why everything was made anew without being asked; "" if not
  bool history_lost = false;    ///< the articles count as first seen in this run: no histories
                                ///< could be read in the index that was in force
  std::uint64_t added = 0;
  std::uint64_t changed = 0;
  std::uint64_t moved = 0;  ///< the same to the word, in another place
  std::uint64_t removed = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t untouched = 0;  ///< in sets that this run was not about
  std::uint64_t refused = 0;
  std::vector<RefusedArticle> refusals;    ///< at most 100 a file
  std::vector<RefusedArticle> unreadable;  ///< of those, files and folders that the system refused
  std::uint64_t noted = 0;                 ///< what to know of articles read in this run: all of it
  std::vector<RefusedArticle> notes;       ///< the first `max_notes`; `reason` is the note
  std::uint64_t analysed = 0;              ///< articles whose text was looked at, not only compared
  std::uint64_t files = 0;
  std::uint64_t files_compared = 0;  ///< whose bytes were read to know whether they had changed
  std::uint64_t files_read = 0;      ///< whose articles were read
  std::uint64_t bytes_read = 0;      ///< as they stand on the disk, of the files read
};

/// Told how far a run is, and what it does. Called from the thread that runs it.
class UpdateObserver {
 public:
  virtual ~UpdateObserver() = default;
  virtual void files_listed(std::size_t files) = 0;
  virtual void progressed(std::size_t files_done, std::uint64_t articles_read) = 0;
  virtual void finishing() = 0;

  /// Once, where the lock is not to be had at once: "process 17 (dateline-index)".
  virtual void waits_for_lock(const std::string& /*holder*/) {}
  /// As they are met in this run; articles that an earlier run refused are not told again.
  virtual void refused(const RefusedArticle& /*article*/) {}
  virtual void segment_built(const SegmentEntry& /*segment*/) {}
  virtual void segments_merged(const std::vector<std::string>& /*from*/,
                               const SegmentEntry& /*into*/) {}
  virtual void published(const Manifest& /*manifest*/) {}
  /// How many files and folders of older generations and unfinished runs were removed.
  virtual void swept(std::size_t /*entries*/) {}
};

/// Brings an index up to date with its article sets: reads what is new or changed (by content),
/// writes it as a new segment, marks what it replaces, and publishes the result as one generation.
/// The end state answers as a full rebuild would. Nothing is visible until all of it is;
/// whatever is thrown, the generation in force before stays so.
///
/// The user's rules about names, which stand in the index directory, are read each time; when they
/// changed, a new generation follows them, and no article is read again for that.
///
/// A file whose size and times are as they were is not read, one that was moved not analysed again;
/// of an article that changed the index knows when it first saw it. A rebuild keeps that knowledge.
///
/// Throws Error: guarded (a set would lose more than half of its articles), index_locked, usage (a
/// path that is not there, a rule that is not understood), no_index (nothing to begin one with),
/// system_failure, damaged_index (unless `rebuild`), interrupted when `stop` becomes true.
UpdateReport update_index(const UpdateRequest& request, UpdateObserver& observer,
                          const std::atomic<bool>& stop);

}  // namespace dateline
