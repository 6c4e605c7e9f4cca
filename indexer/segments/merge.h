// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/bitset.h"
#include "common/hash.h"
#include "common/index/manifest.h"

namespace dateline {

/// A finished segment to merge, and which of its rows are to be left behind.
struct MergeInput {
  std::filesystem::path folder;
  std::string name;  ///< what its column file is marked with
  Bitset dead;
  /// Of a published segment, what its postings must be: damage gets no checksum of its own.
  std::optional<Digest> postings_digest{};
};

/// Writes the live rows of `inputs`, newest first, as one new segment `name` in `folder`: one
/// compacted Xapian file, word lists and columns, durable on return. `scratch` is a folder of its
/// own for intermediate files. Nothing is looked for again, but where a segment has dead rows:
/// there Xapian's documents are copied one by one, and the words of each are. Afterwards every row
/// is live. Throws Error(system_failure) when the disk or Xapian fails.
SegmentEntry merge_segments(const std::vector<MergeInput>& inputs,
                            const std::filesystem::path& folder, const std::string& name,
                            const std::filesystem::path& scratch);

}  // namespace dateline
