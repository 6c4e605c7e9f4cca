// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <string>

namespace dateline::test::faults {

/// What of a folder's files and names is not durable yet, by the model of faults.h, and how it was
/// when it last was. Not thread-safe. To be told of each change before it is made, and of syncs
/// when they are done.
class Power {
 public:
  /// `shadow`: where copies and hard links are kept.
  explicit Power(std::filesystem::path shadow) : shadow_(std::move(shadow)) {}

  /// The name is about to be made, removed, or to be given to another file.
  void name_changes(const std::filesystem::path& path);
  /// The file is about to be written to or cut.
  void content_changes(int file);
  /// The same of a file that is opened with O_TRUNC.
  void content_changes(const std::filesystem::path& path);
  /// The file was not there before it was opened.
  void file_created(int file, const std::filesystem::path& path);
  /// The file, or the names in the folder, are durable.
  void synced(int file, const std::filesystem::path& path);

  /// Does to the files what a power cut might.
  void cut(std::uint32_t seed);

 private:
  struct OldName {
    enum class Kind { absent, file, folder };
    Kind kind = Kind::absent;
    std::filesystem::path link;  ///< a hard link to the file that had the name
  };
  struct OldContent {
    std::filesystem::path link;  ///< a hard link to the file
    std::filesystem::path copy;  ///< what it held; "": nothing
  };
  using Names = std::map<std::string, OldName>;

  std::filesystem::path new_shadow();
  void content_changes(const std::filesystem::path& linkable, ino_t inode);
  void lose_content(const OldContent& old, std::mt19937& random, bool all);
  static void restore(const std::filesystem::path& path, const OldName& old);

  std::filesystem::path shadow_;
  std::size_t shadows_ = 0;
  std::map<std::filesystem::path, Names> names_;  ///< by folder
  std::map<ino_t, OldContent> contents_;
};

}  // namespace dateline::test::faults
