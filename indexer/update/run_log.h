// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "common/event_log.h"
#include "indexer/update/update.h"

namespace dateline {

/// Tells each of several observers what happens, in their order.
class Observers : public UpdateObserver {
 public:
  /// They must outlive it.
  explicit Observers(std::vector<UpdateObserver*> all) : all_(std::move(all)) {}

  void waits_for_lock(const std::string& holder) override;
  void files_listed(std::size_t files) override;
  void progressed(std::size_t files_done, std::uint64_t articles_read) override;
  void refused(const RefusedArticle& article) override;
  void finishing() override;
  void segment_built(const SegmentEntry& segment) override;
  void segments_merged(const std::vector<std::string>& from, const SegmentEntry& into) override;
  void published(const Manifest& manifest) override;
  void swept(std::size_t entries) override;

 private:
  std::vector<UpdateObserver*> all_;
};

/// update_index(), with `log` (null: none) told of its beginning, its steps, its end or its
/// failure; the events are listed in docs/json-output.md.
UpdateReport logged_update(const UpdateRequest& request, UpdateObserver& observer, EventLog* log,
                           const std::atomic<bool>& stop);

}  // namespace dateline
