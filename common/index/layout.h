// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace dateline {

/// Where the parts of an index stand in its directory:
///
///   CURRENT            number of the generation in force, replaced by rename(2)
///   manifest-000017    JSON: what the generation consists of
///   tables-000017      what its segments share: canonical entities, sources, tombstones
///   catalogue-000017   the files it was made from; only the indexer reads it
///   seg-000012/        postings.glass (Xapian, one file) and columns; never changed once published
///   dateline-work/     an unfinished run; swept by the next
///   stamps             sizes and times of files that were read; a cache of the indexer's
///   writer.lock        held (flock) by the one writer
///   last-run.json      how the last run of the writer ended
///   BACKUP             in a backup alone: empty, held (flock) by whoever makes it
///   alerted-….json     up to which generation a file of standing queries was answered
///   aliases.tsv, gazetteer.tsv, synonyms.tsv   the user's own: read, never written or removed
class IndexLayout {
 public:
  static constexpr const char* work_name = "dateline-work";

  explicit IndexLayout(std::filesystem::path dir) : dir_(std::move(dir)) {}

  const std::filesystem::path& dir() const { return dir_; }
  std::filesystem::path backup_mark() const { return dir_ / "BACKUP"; }
  std::filesystem::path current() const { return dir_ / "CURRENT"; }
  std::filesystem::path lock() const { return dir_ / "writer.lock"; }
  std::filesystem::path last_run() const { return dir_ / "last-run.json"; }
  std::filesystem::path aliases() const { return dir_ / "aliases.tsv"; }
  std::filesystem::path synonyms() const { return dir_ / "synonyms.tsv"; }
  std::filesystem::path gazetteer() const { return dir_ / "gazetteer.tsv"; }
  std::filesystem::path stamps() const { return dir_ / "stamps"; }
  std::filesystem::path work() const { return dir_ / work_name; }
  std::filesystem::path manifest(std::uint64_t generation) const;
  std::filesystem::path tables(std::uint64_t generation) const;
  std::filesystem::path catalogue(std::uint64_t generation) const;
  std::filesystem::path segment(const std::string& name) const { return dir_ / name; }

  /// Whether an index stands there, of whatever version, or a backup of one, finished or not.
  bool is_index() const;
  /// The generation that CURRENT names; none where there is no index. Throws Error(damaged_index)
  /// when CURRENT is there and names none.
  std::optional<std::uint64_t> current_generation() const;

 private:
  std::filesystem::path dir_;
};

/// Names inside a segment's folder.
std::filesystem::path postings_of(const std::filesystem::path& segment_folder);
std::filesystem::path word_lists_of(const std::filesystem::path& segment_folder);
std::filesystem::path columns_of(const std::filesystem::path& segment_folder);

/// "manifest-000017": the file's name, and the owner its column files are marked with.
std::string numbered(std::string_view kind, std::uint64_t number);

/// `--db`, else $DATELINE_DB, else $XDG_DATA_HOME/dateline/index, else ~/.local/share/….
/// Throws Error(usage) when none of them is set.
std::filesystem::path index_directory(const std::string& option);

}  // namespace dateline
