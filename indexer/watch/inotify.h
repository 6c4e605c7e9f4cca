// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "common/file_io.h"

namespace dateline {

/// Something that happened to a watched folder, or to `name` in it. `mask` as inotify(7) has it.
struct FolderEvent {
  int watch = -1;
  std::uint32_t mask = 0;
  std::string name;  ///< empty: the folder itself
};

/// What tells of changes in folders. Tests put another in the place of the system's.
class FolderEvents {
 public:
  virtual ~FolderEvents() = default;
  /// Watches a folder for what `mask` says, besides what it is watched for already. The number of
  /// the watch, the same for the same folder under any path; or minus the errno.
  virtual int add(const std::filesystem::path& folder, std::uint32_t mask) = 0;
  virtual void remove(int watch) = 0;
  /// All that happened since the last call; does not wait.
  virtual std::vector<FolderEvent> take() = 0;
  /// Readable as soon as take() has something; -1: it never will.
  virtual int descriptor() const = 0;
};

/// The system's.
class Inotify : public FolderEvents {
 public:
  /// Where the system gives no inotify instance, every add() fails with that reason.
  Inotify();
  int add(const std::filesystem::path& folder, std::uint32_t mask) override;
  void remove(int watch) override;
  std::vector<FolderEvent> take() override;
  int descriptor() const override { return file_.get(); }

 private:
  FileDescriptor file_;
  int problem_ = 0;
};

}  // namespace dateline
