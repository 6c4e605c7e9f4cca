// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/article_intake.h"

#include <string>
#include <utility>

#include "common/hash.h"
#include "common/index/stored_article.h"
#include "indexer/segments/analyse.h"

namespace dateline {

void ArticleIntake::take_new(Article&& article) {
  ++report_.added;
  auto stored = store_article(article);
  const auto history = new_history(article);
  analyse(std::move(article), std::move(stored), history);
}

bool ArticleIntake::take_known(Article&& article, KnownArticles::Row row, bool same_file) {
  auto stored = store_article(article);
  const bool same = known_.digest_of(row) == digest(stored);
  if (same && !facts_.rebuilding) {
    ++report_.unchanged;
    return false;
  }
  known_.replace(row);
  ++(facts_.rebuilding ? report_.added : report_.changed);
  // A rebuild may read the same file differently: that is no change of the article.
  const bool altered = !same && !(facts_.rebuilding && same_file);
  const auto earlier = known_.history_of(row);
  analyse(std::move(article), std::move(stored), altered ? changed(earlier) : earlier);
  return true;
}

void ArticleIntake::take_twin(Article&& article, KnownArticles::Row row) {
  auto stored = store_article(article);
  const bool moved = known_.take_up(row);
  const auto history = moved ? known_.history_of(row) : new_history(article);
  if (moved && !facts_.rebuilding) {
    --report_.removed;
    ++report_.moved;
  } else {
    ++report_.added;
  }
  if (facts_.rebuilding || !same_text(known_.article_at(row), article)) {
    analyse(std::move(article), std::move(stored), history);
    return;
  }
  auto analysed = known_.analysed_as(article, std::move(stored), row);
  analysed.history = history;
  builder_.put(std::move(analysed));
}

void ArticleIntake::drop(KnownArticles::Row row) {
  known_.remove(row);
  if (!facts_.rebuilding) ++report_.removed;
}

/// Of an article that was in no place before: what an export tells of it, else that it is new.
ArticleHistory ArticleIntake::new_history(const Article& article) const {
  auto history = article.history.value_or(ArticleHistory{facts_.started, facts_.started, 0, 0});
  history.changed_in = facts_.generation;
  return history;
}

ArticleHistory ArticleIntake::changed(const ArticleHistory& earlier) const {
  return {earlier.first_seen, facts_.started, earlier.changes + 1, facts_.generation};
}

void ArticleIntake::analyse(Article&& article, std::string&& stored,
                            const ArticleHistory& history) {
  ++report_.analysed;
  builder_.put(std::move(article), std::move(stored), history);
}

}  // namespace dateline
