// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "common/hash.h"

namespace dateline {

/// What the file system tells of a file without reading it. Times in nanoseconds since 1970; the
/// time of change is the kernel's own, which no program can set.
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t bytes = 0;
  std::int64_t modified = 0;
  std::int64_t changed = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// None when there is no such regular file, or it cannot be looked at.
std::optional<FileStamp> stamp_of(const std::filesystem::path& path);

/// The digests of files as they were when they had a stamp: so that files that did not change need
/// not be read to know it. A cache beside the index, of no generation: where it is missing,
/// damaged or not trusted, files are read instead. One thread.
class FileStamps {
 public:
  /// Knows nothing.
  FileStamps() = default;
  /// Reads what was saved; nothing where that cannot be read.
  explicit FileStamps(const std::filesystem::path& file);

  std::optional<Digest> digest_of(const std::string& path, const FileStamp& stamp) const;

  /// What was known of a file that was not looked at, or is as it was, stays known.
  void keep(const std::string& path);

  /// `stamp` was taken at `now` (nanoseconds since 1970), before the file was read. A file that had
  /// changed just then is not noted: it may change again within the same tick of its clock.
  void note(const std::string& path, const FileStamp& stamp, std::int64_t now, Digest content);

  /// Writes what was noted, if it differs from what was read. Failing harms nothing and is silent.
  void save(const std::filesystem::path& file) const;

 private:
  struct Entry {
    FileStamp stamp;
    Digest content;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::map<std::string, Entry> before_;
  std::map<std::string, Entry> noted_;
};

}  // namespace dateline
