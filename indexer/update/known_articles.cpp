// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/known_articles.h"

#include <algorithm>

#include "common/hash.h"
#include "common/index/stored_article.h"

namespace dateline {
namespace {

std::uint64_t number_of(KnownArticles::Row row) {
  return std::uint64_t{row.segment} << 32U | row.row;
}

}  // namespace

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
  const auto wanted = hash64(path);
  for (auto found = std::ranges::lower_bound(rows_, wanted, {}, &FileRow::path_hash);
       found != rows_.end() && found->path_hash == wanted; ++found) {
    const auto at = found->row;
    by_key.emplace(snapshot_->segment(at.segment).key_hash[at.row], at);
  }
  return by_key;
}

Digest KnownArticles::digest_of(Row row) const {
  return snapshot_->segment(row.segment).digest[row.row];
}

ArticleHistory KnownArticles::history_of(Row row) const {
  return snapshot_->segment(row.segment).history(row.row);
}

Article KnownArticles::article_at(Row row) const {
  const auto document = snapshot_->segment(row.segment).document_of(row.row);
  return load_article(snapshot_->databases(0)[row.segment].get_document(document).get_data());
}

AnalysedArticle KnownArticles::analysed_as(const Article& article, std::string stored,
                                           Row row) const {
  return analysed_before(article, std::move(stored), snapshot_->segment(row.segment), row.row);
}

void KnownArticles::replace(Row row) { dead_[row.segment].set(row.row); }

void KnownArticles::remove(Row row) {
  dead_[row.segment].set(row.row);
  removed_.insert(number_of(row));
}

std::uint64_t KnownArticles::remove_file(const std::string& path) {
  const auto rows = of_file(path);
  for (const auto& [key, row] : rows) remove(row);
  return rows.size();
}

bool KnownArticles::take_up(Row row) { return removed_.erase(number_of(row)) > 0; }

}  // namespace dateline
