// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "common/article.h"
#include "common/index/article_history.h"
#include "indexer/segments/segment_builder.h"
#include "indexer/update/known_articles.h"
#include "indexer/update/update.h"

namespace dateline {

/// What a run's articles have in common.
struct RunFacts {
  std::uint64_t generation = 0;  ///< that the run makes
  std::int64_t started = 0;      ///< seconds since 1970 UTC
  bool rebuilding = false;
};

/// Compares articles as they are read with what the index knows of them, passes on what is to be
/// indexed, and counts. Refers to all that it is given; the thread that reads.
class ArticleIntake {
 public:
  ArticleIntake(const RunFacts& facts, KnownArticles& known, SegmentBuilder& builder,
                UpdateReport& report)
      : facts_(facts), known_(known), builder_(builder), report_(report) {}

  bool rebuilding() const { return facts_.rebuilding; }

  /// An article that stood nowhere.
  void take_new(Article&& article);
  /// An article that stood in this place before; `same_file`: its file is as it was. False: it is
  /// as the index has it.
  bool take_known(Article&& article, KnownArticles::Row row, bool same_file);
  /// An article that stood in another place: moved when it is gone there, else a copy.
  void take_twin(Article&& article, KnownArticles::Row row);
  /// What stood in a place and does no more.
  void drop(KnownArticles::Row row);

 private:
  ArticleHistory new_history(const Article& article) const;
  ArticleHistory changed(const ArticleHistory& earlier) const;
  void analyse(Article&& article, std::string&& stored, const ArticleHistory& history);

  const RunFacts& facts_;
  KnownArticles& known_;
  SegmentBuilder& builder_;
  UpdateReport& report_;
};

}  // namespace dateline
