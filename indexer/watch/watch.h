// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

#include "common/event_log.h"
#include "indexer/update/update.h"

namespace dateline {

/// A burst of changes is published when none came for so long,
inline constexpr std::chrono::milliseconds quiet_after_burst{500};
/// and at the latest so long after its first.
inline constexpr std::chrono::seconds longest_burst{5};
/// How often changes are looked for where the system has no watches left.
inline constexpr std::chrono::seconds between_rescans{30};
/// A round that fails is tried again after a second, then two, then four, up to this.
inline constexpr std::chrono::seconds longest_back_off{60};

/// What a watch does for, and tells, whoever started it. Called from the thread that watches.
class WatchClient {
 public:
  virtual ~WatchClient() = default;
  /// One round: update_index().
  virtual UpdateReport update(const UpdateRequest& request) = 0;
  /// After each round that published.
  virtual void published(const UpdateReport& report, std::chrono::milliseconds elapsed) = 0;
  /// Something else to know, in a sentence. What lasts is told once.
  virtual void notice(EventLog::Level level, std::string_view event, const std::string& message,
                      const std::string& remedy) = 0;
};

/// Brings the index up to date as `request` says, then follows all article sets that it remembers
/// and brings it up to date whenever they change, until `stop` becomes true. The lock is held
/// during rounds alone. A set that is gone keeps its articles and is waited for; a round that fails
/// is tried again. Throws what update_index() throws for wrong usage and for an index that is no
/// use, from the first round alone, and Error(no_index) whenever the index is gone.
///
/// `log`: a file that the client writes to, whose changes are no news wherever it stands; "": none.
void watch_sets(const UpdateRequest& request, const std::filesystem::path& log, WatchClient& client,
                const std::atomic<bool>& stop);

}  // namespace dateline
