// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/bitset.h"
#include "common/index/snapshot.h"

namespace dateline {

/// The live articles of the generation that a run starts from, and which of them it buries.
class KnownArticles {
 public:
  struct Row {
    std::uint32_t segment = 0;
    std::uint32_t row = 0;
  };

  /// Knows nothing.
  KnownArticles() = default;
  explicit KnownArticles(std::shared_ptr<const IndexSnapshot> snapshot);

  /// The live articles of one file, by article_key().
  std::unordered_map<std::uint64_t, Row> of_file(const std::string& path) const;
  Digest digest_of(Row row) const;

  /// Marks an article as replaced or removed.
  void bury(Row row);
  /// Buries all articles of a file; returns how many there were.
  std::uint64_t bury_file(const std::string& path);

  /// One set a segment, in the order of the manifest.
  const std::vector<Bitset>& dead() const { return dead_; }

 private:
  struct FileRow {
    std::uint64_t path_hash = 0;
    Row row;
  };
  std::shared_ptr<const IndexSnapshot> snapshot_;
  std::vector<FileRow> rows_;  ///< in order of path_hash
  std::vector<Bitset> dead_;
};

}  // namespace dateline
