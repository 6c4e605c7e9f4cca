// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/segment_builder.h"

#include <optional>
#include <utility>

#include "common/index/layout.h"
#include "indexer/segments/segment_writer.h"

namespace dateline {
namespace {

/// An article's text stands in it twice: as it was read and as it is stored.
constexpr std::size_t bytes_in_memory = 2;

/// A small segment is closed at so many rows, if not for its text before that.
constexpr std::uint32_t small_segment_rows = 1'000;
/// What a worker takes at a time: enough that recognising names finds its model in the cache.
constexpr std::size_t batch_articles = 32;
constexpr std::size_t batch_bytes = 1U << 20;

/// How many segments are merged at once: each holds five files open while it is.
constexpr std::size_t merge_width = 32;

constexpr const char* unpublished = "unpublished";

}  // namespace

SegmentBuilder::SegmentBuilder(std::filesystem::path work, const EntityRecogniser& recogniser,
                               unsigned threads, const MemoryBudget& memory,
                               const std::atomic<bool>& stop)
    : work_(std::move(work)),
      recogniser_(recogniser),
      small_segment_bytes_(memory.small_segment_bytes),
      stop_(stop),
      queue_(memory.queue_bytes) {
  try {
    for (unsigned i = 0; i < threads; ++i) workers_.emplace_back([this] { run_worker(); });
  } catch (...) {
    // The system gives no more threads; those that there are must be waited for.
    queue_.abandon();
    stop_workers();
    throw;
  }
}

SegmentBuilder::~SegmentBuilder() {
  queue_.abandon();
  stop_workers();
}

std::size_t SegmentBuilder::Work::bytes() const {
  return analysed ? analysed->stored.size() : stored.size();
}

void SegmentBuilder::put(Article article, std::string stored, const ArticleHistory& history) {
  put({std::move(article), std::move(stored), history, std::nullopt});
}

void SegmentBuilder::put(AnalysedArticle article) { put({{}, {}, {}, std::move(article)}); }

void SegmentBuilder::put(Work work) {
  const auto bytes = bytes_in_memory * work.bytes();
  if (!queue_.put(std::move(work), bytes) || failed_) rethrow_failure();
}

SegmentEntry SegmentBuilder::finish(const std::filesystem::path& folder, const std::string& name) {
  queue_.close();
  stop_workers();
  rethrow_failure();
  std::vector<MergeInput> all;
  for (auto& tier : tiers_) {
    for (auto& segment : tier) all.push_back(std::move(segment));
  }
  if (all.empty()) return {name, 0, 0, 0, {}};
  return merge_segments(all, folder, name, work_ / "merging");
}

void SegmentBuilder::run_worker() {
  try {
    write_small_segments();
  } catch (...) {
    {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
    }
    failed_ = true;
    queue_.abandon();
  }
}

void SegmentBuilder::write_small_segments() {
  ArticleAnalyser analyser(recogniser_);
  std::optional<SegmentWriter> writer;
  std::filesystem::path folder;
  std::size_t bytes = 0;
  const auto finish_segment = [&] {
    const auto rows = writer->rows();
    writer->finish();
    writer.reset();
    bytes = 0;
    add_finished({folder, unpublished, Bitset(rows)});
  };
  const auto put = [&](Work& work, std::vector<ArticleEntity> names) {
    if (!writer) {
      folder = add_small_segment_folder();
      writer.emplace(folder, unpublished);
    }
    bytes += work.bytes();
    if (work.analysed) {
      writer->put(*work.analysed);
    } else {
      auto analysed = analyser.analyse(work.article, std::move(work.stored), std::move(names));
      analysed.history = work.history;
      writer->put(analysed);
    }
    if (writer->rows() == small_segment_rows || bytes >= small_segment_bytes_) finish_segment();
  };
  for (auto batch = take_batch(); !batch.empty(); batch = take_batch()) {
    if (stop_) return queue_.abandon();
    std::vector<std::vector<ArticleEntity>> names;
    for (const Work& work : batch) {
      names.push_back(work.analysed ? std::vector<ArticleEntity>{}
                                    : analyser.names_in(work.article));
    }
    for (std::size_t i = 0; i < batch.size(); ++i) put(batch[i], std::move(names[i]));
  }
  if (writer) finish_segment();
}

std::vector<SegmentBuilder::Work> SegmentBuilder::take_batch() {
  std::vector<Work> batch;
  std::size_t bytes = 0;
  while (batch.size() < batch_articles && bytes < batch_bytes) {
    auto work = queue_.take();
    if (!work) break;
    bytes += work->bytes();
    batch.push_back(std::move(*work));
  }
  return batch;
}

std::filesystem::path SegmentBuilder::add_small_segment_folder() {
  const std::lock_guard lock(mutex_);
  return work_ / numbered("small", next_folder_++);
}

void SegmentBuilder::add_finished(MergeInput segment) {
  std::size_t tier = 0;
  std::optional<MergeInput> added = std::move(segment);
  while (added) {
    std::vector<MergeInput> full;
    {
      const std::lock_guard lock(mutex_);
      if (tiers_.size() <= tier) tiers_.resize(tier + 1);
      tiers_[tier].push_back(std::move(*added));
      added.reset();
      if (tiers_[tier].size() == merge_width) full = std::exchange(tiers_[tier], {});
    }
    if (!full.empty()) {
      added = merge_tier(full);
      ++tier;
    }
  }
}

MergeInput SegmentBuilder::merge_tier(const std::vector<MergeInput>& full) {
  const auto folder = add_small_segment_folder();
  const auto merged = merge_segments(full, folder, unpublished, folder.string() + ".merging");
  for (const auto& input : full) std::filesystem::remove_all(input.folder);
  return {folder, unpublished, Bitset(merged.rows)};
}

void SegmentBuilder::stop_workers() {
  for (auto& worker : workers_) worker.join();
  workers_.clear();
}

void SegmentBuilder::rethrow_failure() {
  const std::lock_guard lock(mutex_);
  if (failure_) std::rethrow_exception(failure_);
}

}  // namespace dateline
