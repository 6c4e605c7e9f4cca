// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/file_stamps.h"

#include <sys/stat.h>

#include <algorithm>
#include <vector>

#include "common/error.h"
#include "common/file_io.h"
#include "common/index/column_file.h"

namespace dateline {
namespace {

constexpr std::string_view owner = "stamps";

/// The coarsest clock of a file system in use: FAT's.
constexpr std::int64_t clock_tick = 2'000'000'000;

std::int64_t nanoseconds(const timespec& t) { return t.tv_sec * 1'000'000'000 + t.tv_nsec; }

}  // namespace

std::optional<FileStamp> stamp_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return FileStamp{status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
                   nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

FileStamps::FileStamps(const std::filesystem::path& file) {
  try {
    if (!is_there(file)) return;
    const ColumnFile in(file, owner);
    in.verify();
    const auto paths = in.strings("path");
    const auto stamps = in.column<FileStamp>("stamp");
    const auto contents = in.column<Digest>("content");
    const auto n = std::min({paths.size(), stamps.size(), contents.size()});
    for (std::size_t i = 0; i < n; ++i) {
      before_.emplace_hint(before_.end(), std::string(paths[i]), Entry{stamps[i], contents[i]});
    }
  } catch (const Error&) {
    before_.clear();
  }
}

std::optional<Digest> FileStamps::digest_of(const std::string& path, const FileStamp& stamp) const {
  const auto known = before_.find(path);
  if (known == before_.end() || known->second.stamp != stamp) return std::nullopt;
  return known->second.content;
}

void FileStamps::keep(const std::string& path) {
  const auto known = before_.find(path);
  if (known != before_.end()) noted_.insert(*known);
}

void FileStamps::note(const std::string& path, const FileStamp& stamp, std::int64_t now,
                      Digest content) {
  if (std::max(stamp.modified, stamp.changed) + clock_tick > now) return;
  noted_.insert_or_assign(path, Entry{stamp, content});
}

void FileStamps::save(const std::filesystem::path& file) const {
  if (noted_ == before_) return;
  std::vector<std::string> paths;
  std::vector<FileStamp> stamps;
  std::vector<Digest> contents;
  for (const auto& [path, entry] : noted_) {
    paths.push_back(path);
    stamps.push_back(entry.stamp);
    contents.push_back(entry.content);
  }
  auto unfinished = file;
  unfinished += ".new";
  try {
    ColumnFileWriter out(unfinished, owner);
    out.add_strings("path", paths);
    out.add("stamp", stamps);
    out.add("content", contents);
    out.finish();
    std::filesystem::rename(unfinished, file);
  } catch (const std::exception&) {
    std::error_code left_behind;
    std::filesystem::remove(unfinished, left_behind);
  }
}

}  // namespace dateline
