// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/metadata/fields.h"

namespace dateline {

/// A CSV or TSV file whose rows say things about the files beside and below it. Its header has a
/// column of paths ("path", "file", "filename"), relative to its own folder, and at least one of
/// source, date, title and url. Immutable once loaded.
class MetadataTable {
 public:
  /// Throws Unreadable: not such a table, larger than 256 MB, damaged. A row that is malformed or
  /// has more cells than the header costs no other.
  static MetadataTable load(const std::filesystem::path& path, const FieldNames& names);

  /// The row about `file`, an absolute path; null without one. The first row about a file counts.
  const FieldValues* find(const std::filesystem::path& file) const;

  /// The files named that are not there, in byte order. Looks at the file system.
  std::vector<std::filesystem::path> missing() const;

  /// The first of the rows that could not be used, and why; "" where all could.
  const std::string& problem() const { return problem_; }

 private:
  std::filesystem::path folder_;
  std::string problem_;
  std::unordered_map<std::string, FieldValues> rows_;
};

/// Whether the file is a metadata table by its name and the first line of its content.
bool is_metadata_table(const std::filesystem::path& path, const FieldNames& names = FieldNames());

/// The same of a file that begins with `start`.
bool is_metadata_table(const std::filesystem::path& path, std::string_view start,
                       const FieldNames& names);

/// Keeps each table that was asked for. Thread-safe.
class MetadataTables {
 public:
  struct Loaded {
    std::unique_ptr<const MetadataTable> table;  ///< null where it could not be read
    std::string problem;                         ///< why not, or not in full
  };
  explicit MetadataTables(const FieldNames& names) : names_(names) {}

  /// Loads at the first call for `path`. The answer lives as long as this object.
  const Loaded& at(const std::filesystem::path& path);

 private:
  const FieldNames& names_;
  std::mutex mutex_;
  std::map<std::filesystem::path, Loaded> loaded_;
};

}  // namespace dateline
