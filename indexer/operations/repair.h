// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "indexer/operations/check.h"
#include "indexer/update/update.h"

namespace dateline {

/// What a repair found and did.
struct RepairReport {
  CheckReport found;                   ///< before anything was done
  std::vector<std::string> done;       ///< one sentence each, without a full stop
  std::uint64_t generation = 0;        ///< in force now
  std::optional<UpdateReport> update;  ///< the run over the article sets that followed
  std::string not_updated;             ///< why it could not be; "" if it was, or was not needed
  /// Articles of damaged segments whose files are gone, so that they cannot be read again.
  std::uint64_t lost = 0;
  std::vector<std::string> lost_ids;  ///< those that could still be told
  bool lost_known = true;             ///< false: no more than `lost` are, but which cannot be told
};

/// Puts a damaged index right, as far as can be: puts the newest whole generation in force where
/// CURRENT or its manifest is damaged; else publishes what is whole of the one in force, then runs
/// update_index(request), which reads again what was lost from its files. A whole index is left as
/// it is. Where no manifest can be read, the article sets are not known: `request` must name them.
///
/// Throws Error(no_index), Error(index_locked), Error(system_failure), Error(interrupted).
RepairReport repair_index(const UpdateRequest& request, UpdateObserver& observer,
                          const std::atomic<bool>& stop);

}  // namespace dateline
