// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/file_sink.h"

#include <fmt/format.h>

#include <utility>

#include "common/error.h"
#include "indexer/segments/analyse.h"

namespace dateline {
namespace {

/// Longer ids are no terms for Xapian.
constexpr std::size_t max_id_bytes = 200;

}  // namespace

void check_stop(const std::atomic<bool>& stop) {
  if (stop) {
    throw Error(ExitCode::interrupted, "interrupted; the index is as it was before this run");
  }
}

FileSink::FileSink(const ReadingRun& run, const std::string& path, FileEntry& entry,
                   const KnownFile& known)
    : run_(run),
      path_(path),
      entry_(entry),
      known_(known),
      earlier_(run.known.of_file(path)),
      elsewhere_(known.twin == nullptr ? Rows{} : run.known.of_file(*known.twin)) {}

void FileSink::article(Article&& article) {
  check_stop(run_.stop);
  if (article.id.value.size() > max_id_bytes) {
    refused(article.record, fmt::format("its id is longer than {} bytes", max_id_bytes));
    return;
  }
  const auto key = article_key(article.path, article.record);
  if (!seen_.insert(key).second) {
    refused(article.record, "another article of the file stands under the same record");
    return;
  }
  ++entry_.articles;
  note_all(article);
  put(std::move(article), key);
  run_.observer.progressed(run_.progress.files_done, ++run_.progress.articles_read);
}

void FileSink::refused(const std::string& record, const std::string& reason) {
  ++entry_.refused;
  run_.observer.refused({path_, record, reason});
  if (entry_.refusals.size() < FileEntry::max_refusals) {
    entry_.refusals.push_back({record, reason});
  }
}

void FileSink::note_all(const Article& article) {
  for (const auto& note : article.notes) {
    ++run_.report.noted;
    if (run_.report.notes.size() == UpdateReport::max_notes) continue;
    run_.report.notes.push_back({path_, article.record, note});
  }
}

void FileSink::put(Article&& article, std::uint64_t key) {
  if (const auto known = earlier_.find(key); known != earlier_.end()) {
    if (run_.intake.take_known(std::move(article), known->second, known_.same_content)) {
      taken_ = true;
    }
    return;
  }
  taken_ = true;
  if (!elsewhere_.empty()) {
    const auto twin = elsewhere_.find(article_key(*known_.twin, article.record));
    if (twin != elsewhere_.end()) return run_.intake.take_twin(std::move(article), twin->second);
  }
  run_.intake.take_new(std::move(article));
}

std::uint32_t FileSink::kept_articles() const {
  auto count = entry_.articles;
  if (run_.intake.rebuilding()) return count;
  for (const auto& [key, row] : earlier_) count += seen_.contains(key) ? 0U : 1U;
  return count;
}

void FileSink::drop_unseen() {
  for (const auto& [key, row] : earlier_) {
    if (!seen_.contains(key)) run_.intake.drop(row);
  }
}

}  // namespace dateline
