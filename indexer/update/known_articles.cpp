// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/known_articles.h"

#include <algorithm>

#include "common/hash.h"

namespace dateline {

KnownArticles::KnownArticles(std::shared_ptr<const IndexSnapshot> snapshot)
    : snapshot_(std::move(snapshot)) {
  for (std::uint32_t s = 0; s < snapshot_->segment_count(); ++s) {
    dead_.push_back(snapshot_->tables().dead(s));
    const auto& segment = snapshot_->segment(s);
    for (std::uint32_t row = 0; row < segment.rows(); ++row) {
      if (!dead_[s].test(row)) rows_.push_back({segment.path_hash[row], {s, row}});
    }
  }
  std::ranges::sort(rows_, {}, &FileRow::path_hash);
}

std::unordered_map<std::uint64_t, KnownArticles::Row> KnownArticles::of_file(
    const std::string& path) const {
  std::unordered_map<std::uint64_t, Row> by_key;
  for (const auto& [hash, at] :
       std::ranges::equal_range(rows_, hash64(path), {}, &FileRow::path_hash)) {
    by_key.emplace(snapshot_->segment(at.segment).key_hash[at.row], at);
  }
  return by_key;
}

Digest KnownArticles::digest_of(Row row) const {
  return snapshot_->segment(row.segment).digest[row.row];
}

void KnownArticles::bury(Row row) { dead_[row.segment].set(row.row); }

std::uint64_t KnownArticles::bury_file(const std::string& path) {
  const auto rows = of_file(path);
  for (const auto& [key, row] : rows) bury(row);
  return rows.size();
}

}  // namespace dateline
