// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/index/manifest.h"
#include "corpus/article_set.h"

namespace dateline {

/// How the files under the named paths are to be read from now on; what is not set stays as it was.
struct SetSettings {
  std::optional<std::map<std::string, std::string>> field_names;
  std::optional<bool> date_from_file_time;
  std::optional<std::vector<std::string>> include, exclude;  ///< globs
  std::optional<std::string> source_names;  ///< absolute path of a table of outlets; "": none
  std::optional<bool> follow_symlinks;

  bool any() const {
    return field_names || date_from_file_time || include || exclude || source_names ||
           follow_symlinks;
  }
};

/// Which article sets a run is about.
struct SetSelection {
  std::vector<std::filesystem::path> paths;  ///< none: all that the index remembers
  bool all = false;                          ///< what it remembers besides `paths`, too
  /// Sets to remember no more; their articles leave the index. They need not exist.
  std::vector<std::filesystem::path> forgotten;
};

/// A file of the run, and the set (by position in ArticleSets::entries()) that it belongs to.
struct ListedFile {
  SourceFile source;
  std::size_t set = 0;
};

struct SetListing {
  std::vector<ListedFile> files;  ///< in byte order of path
  std::vector<UnreadablePath> unreadable;
};

/// The article sets of an index: those it remembers, together with what a run names. A path inside
/// a remembered set stands for that part of it; a path around remembered sets takes them in. A path
/// that leads to a remembered set by another name stands for that set.
class ArticleSets {
 public:
  /// Throws Error(usage) for a path that does not exist or is not UTF-8, for a forgotten one that
  /// was not remembered, or when there is nothing to cover.
  ArticleSets(std::vector<SetEntry> remembered, const SetSelection& selection,
              const SetSettings& settings);

  /// The sets after this run, in byte order of their roots.
  const std::vector<SetEntry>& entries() const { return entries_; }
  /// The position in entries() of the set that a path belongs to; none: of no set any more.
  std::optional<std::size_t> set_of(const std::string& path) const;
  /// Whether the run is about this file: what the index knows under such a path and the listing
  /// does not show is gone.
  bool covers(const std::string& path) const;
  /// The files that the run covers, but nothing inside `excluded` (the index itself). Throws
  /// Error(usage) when a remembered set is no longer there.
  SetListing list(const std::filesystem::path& excluded) const;

 private:
  bool is_concerned(const std::string& root) const;
  std::map<FileChoice, std::vector<std::filesystem::path>> roots_by_choice(
      const std::map<std::string, std::size_t>& concerned) const;
  std::string resolved(std::string root) const;
  void forget(const std::filesystem::path& path);
  void add(const std::filesystem::path& path, const SetSettings& settings);

  std::vector<SetEntry> entries_;
  std::map<std::string, std::string> roots_by_canonical_;
  std::set<std::string> covered_;  ///< absolute paths
};

}  // namespace dateline
