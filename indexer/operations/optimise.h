// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "common/index/layout.h"
#include "indexer/update/lock.h"

namespace dateline {

struct OptimiseReport {
  std::uint64_t generation = 0;  ///< in force now
  bool published = false;        ///< false: it was one segment without dead rows already
  std::size_t segments_before = 0;
  std::size_t segments = 0;
  std::uint64_t dead_rows = 0;     ///< left behind
  std::uint64_t bytes_before = 0;  ///< of the generation in force, then and now
  std::uint64_t bytes = 0;
};

/// Merges all segments of the generation in force into one without dead rows, and publishes that
/// as a new generation of the same articles. Answers are the same before and after. Takes the
/// WriterLock. Throws Error(no_index), Error(index_locked), Error(damaged_index),
/// Error(system_failure); the generation in force is then as it was.
OptimiseReport optimise_index(const IndexLayout& layout, const LockWait& wait = {});

}  // namespace dateline
