// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <exception>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/article.h"
#include "common/index/manifest.h"
#include "indexer/entities/recogniser.h"
#include "indexer/segments/analyse.h"
#include "indexer/segments/bounded_queue.h"
#include "indexer/segments/memory_budget.h"
#include "indexer/segments/merge.h"

namespace dateline {

/// Analyses articles on worker threads and writes them as one new segment. Each worker fills small
/// segments of its own (what Xapian is quickest at), which are merged at the end.
class SegmentBuilder {
 public:
  /// `work` is a folder of its own for unfinished files; `recogniser` and `stop` must outlive the
  /// builder. When `stop` becomes true the workers end early, and what they built is worth nothing.
  SegmentBuilder(std::filesystem::path work, const EntityRecogniser& recogniser, unsigned threads,
                 const MemoryBudget& memory, const std::atomic<bool>& stop);
  /// Stops the workers; what was not built is left to be swept.
  ~SegmentBuilder();
  SegmentBuilder(const SegmentBuilder&) = delete;
  SegmentBuilder& operator=(const SegmentBuilder&) = delete;

  /// Hands over one article and its stored form; waits while the workers are behind. Throws what
  /// stopped a worker.
  void put(Article article, std::string stored, const ArticleHistory& history);
  /// The same of an article that was analysed before.
  void put(AnalysedArticle article);

  /// Ends the input and writes segment `name` into `folder`; no rows when nothing was put.
  SegmentEntry finish(const std::filesystem::path& folder, const std::string& name);

 private:
  struct Work {
    Article article;
    std::string stored;
    ArticleHistory history;
    std::optional<AnalysedArticle> analysed;  ///< then the rest does not count
    std::size_t bytes() const;                ///< of the text it is about
  };
  void put(Work work);
  void run_worker();
  void write_small_segments();
  std::vector<Work> take_batch();
  std::filesystem::path add_small_segment_folder();
  void add_finished(MergeInput segment);
  MergeInput merge_tier(const std::vector<MergeInput>& full);
  void stop_workers();
  void rethrow_failure();

  std::filesystem::path work_;
  const EntityRecogniser& recogniser_;
  const std::size_t small_segment_bytes_;
  const std::atomic<bool>& stop_;
  BoundedQueue<Work> queue_;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;  // guards what follows
  std::exception_ptr failure_;
  std::size_t next_folder_ = 0;
  std::vector<std::vector<MergeInput>> tiers_;  ///< finished segments, small ones first
  std::vector<std::thread> workers_;
};

}  // namespace dateline
