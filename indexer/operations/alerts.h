// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "common/error.h"
#include "common/index/layout.h"
#include "indexer/operations/standing_queries.h"
#include "indexer/update/file_stamps.h"
#include "indexer/update/update.h"

namespace dateline {

/// Tells which new or changed articles match which standing query, on stdout, as JSON Lines: in the
/// order of the queries, then of the articles' ids (docs/json-output.md). A moved article is
/// neither.
///
/// Each is told at least once: the index directory remembers for a file of queries up to which
/// generation it was answered, from before a run publishes until after all was printed. What a run
/// that died did not print, the next print() with the same file does. Where that memory is damaged,
/// which is reported on stderr, nothing counts as told. One thread.
class Alerts {
 public:
  /// Reads `file`. Throws as StandingQueries does.
  Alerts(const std::filesystem::path& index, const std::filesystem::path& file);

  /// Reads the file again where it is not as it was when last read. Throws as StandingQueries does,
  /// once for each change; the queries read before then stay.
  void refresh();

  /// For the holder of the WriterLock, before anything is published: what is in force now counts as
  /// told where the file is new to the index. Throws Error(system_failure), Error(damaged_index).
  void remember_beginning() const;

  /// Prints what came since the file was last answered; costs by how many articles these are, not
  /// by how many there are. Returns usage if the index cannot answer one of the queries, which is
  /// reported on stderr and keeps no other from being answered, else ok. Throws Error, also where
  /// stdout cannot be written; then all is told again the next time.
  ExitCode print() const;

 private:
  enum class Memory { none, damaged, whole };
  struct Answered {
    Memory memory = Memory::none;
    std::uint64_t generation = 0;  ///< up to which the file was answered
  };
  Answered answered() const;
  void remember(std::uint64_t generation) const;

  IndexLayout layout_;
  std::filesystem::path file_;      ///< as it was named
  std::optional<FileStamp> stamp_;  ///< of it when it was read
  StandingQueries queries_;
  std::filesystem::path memory_;
};

/// Lets alerts know when a run is about to publish; hands all else on.
class AlertingObserver : public UpdateObserver {
 public:
  AlertingObserver(const Alerts& alerts, UpdateObserver& other) : alerts_(alerts), other_(other) {}

  void files_listed(std::size_t files) override { other_.files_listed(files); }
  void progressed(std::size_t files_done, std::uint64_t articles_read) override {
    other_.progressed(files_done, articles_read);
  }
  void finishing() override {
    alerts_.remember_beginning();
    other_.finishing();
  }

 private:
  const Alerts& alerts_;
  UpdateObserver& other_;
};

}  // namespace dateline
