// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/index/layout.h"
#include "common/index/manifest.h"
#include "indexer/operations/damage.h"

namespace dateline {

/// What of an index was looked at, and what is wrong with it.
struct CheckReport {
  std::optional<std::uint64_t> generation;      ///< in force; none when CURRENT names none
  std::map<std::uint64_t, Manifest> manifests;  ///< by generation, of those that could be read
  std::uint64_t generations = 0;                ///< the one in force and those kept
  std::uint64_t segments = 0;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;
  std::uint64_t terms = 0;
  DamageList damage;

  bool whole() const { return damage.count() == 0; }
};

/// Proves that an index is whole: every file of the generation in force and of those kept is what
/// it was when it was written, and they agree with each other about every article. Writes nothing,
/// needs no right to write, and may run beside a writer: the generations are pinned. Memory is
/// bounded by a few bytes for each article and word. Throws Error(no_index) where there is none, or
/// one of another format version, Error(system_failure) when the system refuses to read.
CheckReport check_index(const IndexLayout& layout);

}  // namespace dateline
