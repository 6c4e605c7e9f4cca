// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/run_log.h"

#include <chrono>

#include "common/error.h"

namespace dateline {
namespace {

using Level = EventLog::Level;

/// Writes the steps of a run.
class RunLog : public UpdateObserver {
 public:
  explicit RunLog(EventLog& log) : log_(log) {}

  void waits_for_lock(const std::string& holder) override {
    log_.write(Level::info, "lock waited for", {{"holder", holder}});
  }
  void files_listed(std::size_t files) override {
    log_.write(Level::info, "sets listed", {{"files", files}});
  }
  void progressed(std::size_t, std::uint64_t) override {}
  void refused(const RefusedArticle& article) override {
    log_.write(Level::warning, "article refused",
               {{"path", article.path}, {"record", article.record}, {"reason", article.reason}});
  }
  void finishing() override {}
  void segment_built(const SegmentEntry& segment) override {
    log_.write(Level::info, "segment built", {{"segment", segment.name}, {"rows", segment.rows}});
  }
  void segments_merged(const std::vector<std::string>& from, const SegmentEntry& into) override {
    log_.write(Level::info, "segments merged",
               {{"from", from}, {"segment", into.name}, {"rows", into.rows}});
  }
  void published(const Manifest& manifest) override {
    log_.write(Level::info, "published",
               {{"generation", manifest.generation},
                {"articles", manifest.articles},
                {"segments", manifest.segments.size()}});
  }
  void swept(std::size_t entries) override {
    if (entries > 0) log_.write(Level::info, "swept", {{"entries", entries}});
  }

 private:
  EventLog& log_;
};

void log_start(EventLog& log, const UpdateRequest& request) {
  auto paths = Json::array();
  for (const auto& path : request.sets.paths) paths.push_back(path.string());
  log.write(Level::info, "run started",
            {{"index", request.index.string()}, {"paths", paths}, {"rebuild", request.rebuild}});
}

void log_end(EventLog& log, const UpdateReport& report, std::chrono::milliseconds elapsed) {
  log.write(Level::info, "run ended",
            {{"generation", report.manifest.generation},
             {"published", report.published},
             {"added", report.added},
             {"changed", report.changed},
             {"moved", report.moved},
             {"removed", report.removed},
             {"unchanged", report.unchanged},
             {"refused", report.refused},
             {"files_read", report.files_read},
             {"bytes_read", report.bytes_read},
             {"milliseconds", elapsed.count()}});
}

}  // namespace

void Observers::waits_for_lock(const std::string& holder) {
  for (auto* o : all_) o->waits_for_lock(holder);
}
void Observers::files_listed(std::size_t files) {
  for (auto* o : all_) o->files_listed(files);
}
void Observers::progressed(std::size_t files_done, std::uint64_t articles_read) {
  for (auto* o : all_) o->progressed(files_done, articles_read);
}
void Observers::refused(const RefusedArticle& article) {
  for (auto* o : all_) o->refused(article);
}
void Observers::finishing() {
  for (auto* o : all_) o->finishing();
}
void Observers::segment_built(const SegmentEntry& segment) {
  for (auto* o : all_) o->segment_built(segment);
}
void Observers::segments_merged(const std::vector<std::string>& from, const SegmentEntry& into) {
  for (auto* o : all_) o->segments_merged(from, into);
}
void Observers::published(const Manifest& manifest) {
  for (auto* o : all_) o->published(manifest);
}
void Observers::swept(std::size_t entries) {
  for (auto* o : all_) o->swept(entries);
}

UpdateReport logged_update(const UpdateRequest& request, UpdateObserver& observer, EventLog* log,
                           const std::atomic<bool>& stop) {
  if (log == nullptr) return update_index(request, observer, stop);
  RunLog run_log(*log);
  Observers both({&run_log, &observer});
  const auto start = std::chrono::steady_clock::now();
  log_start(*log, request);
  try {
    auto report = update_index(request, both, stop);
    log_end(*log, report,
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                  start));
    return report;
  } catch (const Error& e) {
    const bool asked_for = e.code() == ExitCode::interrupted;
    log->write(asked_for ? Level::info : Level::error, asked_for ? "interrupted" : "error",
               {{"exit_code", static_cast<int>(e.code())}, {"message", e.what()}});
    throw;
  } catch (const std::exception& e) {
    log->write(Level::error, "error", {{"message", e.what()}});
    throw;
  }
}

}  // namespace dateline
