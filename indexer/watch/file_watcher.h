// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "corpus/path_rules.h"
#include "indexer/watch/inotify.h"

namespace dateline {

/// A folder to be followed with all that is in it, or a file.
struct FollowedPath {
  std::filesystem::path path;  ///< absolute
  FileChoice choice;           ///< folders that it leaves out are not followed
};

/// What a FileWatcher is to tell of.
struct FollowedFiles {
  std::vector<FollowedPath> roots;
  /// Folders to leave alone, and what happens in them: those of an index, which updates change.
  std::function<bool(const std::filesystem::path& folder)> leaves_out;
  std::filesystem::path log;  ///< a file whose changes are no news; "": none
};

/// How well a FileWatcher sees.
struct WatchCoverage {
  std::size_t folders = 0;  ///< that are watched
  /// Why some are not: the errno; 0 where all are. Changes in them go unseen.
  int problem = 0;
};

/// Tells that something changed in article sets; what it was, the next update finds. Follows the
/// folders that a listing of the sets goes through: neither hidden ones nor symbolic links below a
/// root. Never reads a file. For one thread.
class FileWatcher {
 public:
  explicit FileWatcher(std::unique_ptr<FolderEvents> events);

  /// Changes what is followed; lays watches.
  WatchCoverage follow(FollowedFiles files);

  /// Lays watches on the folders that are there now, and lifts those of others. To be called before
  /// the folders are listed: what is created afterwards is then seen by the one or the other.
  WatchCoverage lay_watches();

  /// Whether folders came, went or moved since watches were laid, or events were lost.
  bool is_out_of_date() const { return out_of_date_; }

  /// Takes what happened since the last call; does not wait. Whether any of it matters.
  bool take_changes();

  /// Times that the system lost events because there were too many.
  std::size_t overflows() const { return overflows_; }

  /// Readable as soon as take_changes() has something to look at; -1: it never will.
  int descriptor() const { return events_->descriptor(); }

 private:
  struct Watched {
    std::filesystem::path folder;
    bool whole = false;           ///< all that happens in it matters
    std::set<std::string> names;  ///< else what happens to these
  };

  void watch_roots();
  void watch_root(const FollowedPath& root);
  void walk(const std::filesystem::path& folder, const FollowedPath& root, std::size_t depth);
  Watched* watch(const std::filesystem::path& folder, std::uint32_t mask);
  bool matters(const FolderEvent& event);
  bool happened_inside(const Watched& watched, const FolderEvent& event);

  std::unique_ptr<FolderEvents> events_;
  FollowedFiles files_;
  std::map<int, Watched> watched_;
  int problem_ = 0;
  bool out_of_date_ = false;
  std::size_t overflows_ = 0;
};

}  // namespace dateline
