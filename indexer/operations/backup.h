// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>

#include "common/index/layout.h"

namespace dateline {

struct BackupReport {
  std::filesystem::path folder;  ///< absolute
  std::uint64_t generation = 0;
  std::uint64_t articles = 0;
  std::uint64_t files_copied = 0;
  std::uint64_t bytes_copied = 0;
  std::uint64_t files_kept = 0;  ///< the earlier backup had them already, whole
  std::uint64_t bytes_kept = 0;
};

/// Copies the generation in force, and the user's own tables, into `folder`: a new one, an empty
/// one, or an earlier backup of the same index. The copy is an index. A writer may be at work: the
/// generation is pinned. Every byte is compared with the original after it was synced, CURRENT is
/// replaced last, and only then what the earlier backup had is removed: cut off at any moment, this
/// leaves the earlier backup answering, or no index. Throws Error(usage) for a folder that holds
/// anything else, Error(no_index), Error(damaged_index) when the original is damaged,
/// Error(index_locked) when another backup writes there, Error(system_failure), Error(interrupted)
/// when `stop` becomes true.
BackupReport back_up(const IndexLayout& layout, const std::filesystem::path& folder,
                     const std::atomic<bool>& stop);

}  // namespace dateline
