// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/index/layout.h"
#include "common/index/manifest.h"
#include "common/index/snapshot.h"
#include "indexer/entities/recogniser.h"
#include "indexer/update/catalogue.h"

namespace dateline {

/// The state that a run starts from: the generation in force, as far as it can be read.
struct Previous {
  std::shared_ptr<const IndexSnapshot> snapshot;  ///< null: none, or one that cannot be read
  Catalogue catalogue;                            ///< empty where the snapshot is null
  bool rebuilding = false;       ///< of the snapshot, nothing is taken over but the histories
  std::string rebuilt_because;   ///< without being asked
  std::uint64_t generation = 0;  ///< in force, even if it cannot be read
  std::uint64_t next_segment = 1;
  std::uint32_t keep_generations = 1;
  std::vector<SetEntry> sets;
};

/// Whether there is a generation, in force or whose CURRENT was lost. Throws Error(system_failure).
bool has_generation(const IndexLayout& layout);

/// Where CURRENT was lost, the newest generation is in force again: a manifest is there only once
/// all that it names is durable. For the holder of the WriterLock. Throws Error(system_failure).
void restore_current(const IndexLayout& layout);

/// The fingerprint of what recognised the names of the index in force; "" where none can be read.
std::string in_force_recogniser(const IndexLayout& layout);

/// Asked to `rebuild`, what is in force need not be readable; its sets are then named anew. Throws
/// Error(no_index), Error(damaged_index) (unless `rebuild`), Error(system_failure).
Previous open_previous(const IndexLayout& layout, bool rebuild, const EntityRecogniser& recogniser);

}  // namespace dateline
