// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/watch/file_watcher.h"

#include <sys/inotify.h>

#include <cerrno>
#include <utility>

#include "corpus/left_out.h"

namespace dateline {
namespace {

namespace fs = std::filesystem;

/// As deep as a listing goes: corpus/article_set.cpp.
constexpr std::size_t deepest_folder = 100;

constexpr std::uint32_t comings_and_goings = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                             IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
/// With IN_MODIFY for a file that is written to and never closed, IN_ATTRIB for one that becomes
/// readable.
constexpr std::uint32_t all_changes = comings_and_goings | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB;

constexpr std::uint32_t folder_is_gone = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT;

constexpr const char* ignore_file = ".datelineignore";

}  // namespace

FileWatcher::FileWatcher(std::unique_ptr<FolderEvents> events) : events_(std::move(events)) {}

WatchCoverage FileWatcher::follow(FollowedFiles files) {
  files_ = std::move(files);
  return lay_watches();
}

WatchCoverage FileWatcher::lay_watches() {
  const auto before = std::exchange(watched_, {});
  out_of_date_ = false;
  watch_roots();
  bool any_lifted = false;
  for (const auto& [watch, unused] : before) {
    if (watched_.contains(watch)) continue;
    events_->remove(watch);
    any_lifted = true;
  }
  if (problem_ != 0 && any_lifted) watch_roots();
  return {watched_.size(), problem_};
}

void FileWatcher::watch_roots() {
  problem_ = 0;
  for (const auto& root : files_.roots) watch_root(root);
}

/// A root is watched from its parent as well, which sees it go and come back.
void FileWatcher::watch_root(const FollowedPath& root) {
  std::error_code gone;
  const bool is_folder = fs::is_directory(root.path, gone);
  auto* parent = watch(root.path.parent_path(), is_folder ? comings_and_goings : all_changes);
  if (parent != nullptr) parent->names.insert(root.path.filename().string());
  if (is_folder) {
    walk(root.path, root, 0);
  } else if (fs::is_symlink(root.path, gone)) {
    const auto real = fs::weakly_canonical(root.path, gone);
    auto* folder = watch(real.parent_path(), all_changes);
    if (folder != nullptr) folder->names.insert(real.filename().string());
  }
}

void FileWatcher::walk(const fs::path& folder, const FollowedPath& root, std::size_t depth) {
  if (depth > deepest_folder || files_.leaves_out(folder)) return;
  // Watched first and listed then: a folder created meanwhile is seen by the one or the other.
  auto* watched = watch(folder, all_changes);
  if (watched == nullptr) return;
  watched->whole = true;
  std::error_code unreadable;
  for (fs::directory_iterator entry(folder, unreadable), end; !unreadable && entry != end;
       entry.increment(unreadable)) {
    std::error_code vanished;
    if (is_left_out(entry->path().filename().native())) continue;
    if (!fs::is_directory(entry->symlink_status(vanished))) continue;
    if (!root.choice.takes_folder(entry->path().lexically_relative(root.path).native())) continue;
    walk(entry->path(), root, depth + 1);
  }
}

FileWatcher::Watched* FileWatcher::watch(const fs::path& folder, std::uint32_t mask) {
  const int watch = events_->add(folder, mask);
  if (watch >= 0) {
    auto& watched = watched_[watch];
    watched.folder = folder;
    return &watched;
  }
  // A folder that vanished, or may not be read, is the next listing's to tell of.
  const bool is_the_folders_own = watch == -ENOENT || watch == -ENOTDIR || watch == -EACCES;
  if (!is_the_folders_own) problem_ = -watch;
  return nullptr;
}

bool FileWatcher::take_changes() {
  bool changed = false;
  for (const auto& event : events_->take()) changed = matters(event) || changed;
  return changed;
}

bool FileWatcher::matters(const FolderEvent& event) {
  if ((event.mask & IN_Q_OVERFLOW) != 0) {
    ++overflows_;
    out_of_date_ = true;
    return true;
  }
  const auto known = watched_.find(event.watch);
  if (known == watched_.end()) return false;
  if ((event.mask & IN_IGNORED) != 0) {  // the system has lifted it: the folder is no more
    watched_.erase(known);
    out_of_date_ = true;
    return true;
  }
  if (event.name.empty()) {
    const bool is_gone = (event.mask & folder_is_gone) != 0;
    if (is_gone) out_of_date_ = true;
    return is_gone || known->second.whole;
  }
  return happened_inside(known->second, event);
}

bool FileWatcher::happened_inside(const Watched& watched, const FolderEvent& event) {
  const bool is_followed =
      watched.whole ? !is_left_out(event.name) || event.name == ignore_file : false;
  if (!is_followed && !watched.names.contains(event.name)) return false;
  const auto path = watched.folder / event.name;
  if (path == files_.log) return false;
  if ((event.mask & IN_ISDIR) != 0) {
    if (files_.leaves_out(path)) return false;
    out_of_date_ = true;
  } else if (watched.whole && files_.leaves_out(watched.folder)) {
    out_of_date_ = true;  // it has become an index since
    return false;
  }
  return true;
}

}  // namespace dateline
