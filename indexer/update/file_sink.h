// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "corpus/reader.h"
#include "indexer/update/article_intake.h"
#include "indexer/update/catalogue.h"
#include "indexer/update/known_articles.h"
#include "indexer/update/update.h"

namespace dateline {

/// How far a run is.
struct RunProgress {
  std::size_t files_done = 0;
  std::uint64_t articles_read = 0;
};

/// What the files of one run are read with; refers to all of it. The thread that reads.
struct ReadingRun {
  ArticleIntake& intake;
  const KnownArticles& known;
  UpdateReport& report;
  UpdateObserver& observer;
  RunProgress& progress;
  const std::atomic<bool>& stop;
};

/// What is known of a file that is read.
struct KnownFile {
  const std::string* twin = nullptr;  ///< path of a known file of this content; nullptr: none
  bool same_content = false;          ///< as at the last run, under this path
};

/// Throws Error(interrupted) once `stop` is true.
void check_stop(const std::atomic<bool>& stop);

/// Takes the articles of one file as they are read: each place once, each held against what stood
/// there, or in the file's twin.
class FileSink : public ArticleSink {
 public:
  /// Fills `entry`; refers to `run`, `path` and `entry`.
  FileSink(const ReadingRun& run, const std::string& path, FileEntry& entry,
           const KnownFile& known);

  void article(Article&& article) override;
  void refused(const std::string& record, const std::string& reason) override;
  void unreadable(const std::string& reason) override { unreadable_ = reason; }

  /// Why the file could not be read to its end; "" if it was.
  const std::string& why_unreadable() const { return unreadable_; }
  /// Whether anything of the file was taken up.
  bool has_taken() const { return taken_; }
  /// The articles that the index has of a file that was read in part.
  std::uint32_t kept_articles() const;
  /// Drops what the file held before and holds no more.
  void drop_unseen();

 private:
  using Rows = std::unordered_map<std::uint64_t, KnownArticles::Row>;

  void put(Article&& article, std::uint64_t key);
  void note_all(const Article& article);

  const ReadingRun& run_;
  const std::string& path_;
  FileEntry& entry_;
  const KnownFile known_;
  const Rows earlier_;    ///< of this file
  const Rows elsewhere_;  ///< of its twin
  std::unordered_set<std::uint64_t> seen_;
  std::string unreadable_;
  bool taken_ = false;
};

}  // namespace dateline
