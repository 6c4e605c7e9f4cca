// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "common/article.h"
#include "common/bitset.h"
#include "common/index/snapshot.h"
#include "indexer/segments/analyse.h"

namespace dateline {

/// The live articles of the generation that a run starts from, and which of them it buries:
/// because another replaces it, or because it is gone from where it stood. One thread.
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
  ArticleHistory history_of(Row row) const;
  Article article_at(Row row) const;
  /// What article_at() of that row was analysed into, given to `article`, of the same_text().
  AnalysedArticle analysed_as(const Article& article, std::string stored, Row row) const;

  /// Marks an article as replaced by another in its place.
  void replace(Row row);
  /// Marks an article as gone from its place.
  void remove(Row row);
  /// Removes all articles of a file; returns how many there were.
  std::uint64_t remove_file(const std::string& path);
  /// Whether it was removed, and not taken up elsewhere since; it is from then on.
  bool take_up(Row row);

  /// One set a segment, in the order of the manifest.
  const std::vector<Bitset>& dead() const { return dead_; }

 private:
  struct FileRow {
    std::uint64_t path_hash = 0;
    Row row;
  };
  std::shared_ptr<const IndexSnapshot> snapshot_;

  std::vector<FileRow> rows_;                  ///< in order of path_hash
  std::unordered_set<std::uint64_t> removed_;  ///< in this run: segment << 32 | row
  std::vector<Bitset> dead_;
};

}  // namespace dateline
