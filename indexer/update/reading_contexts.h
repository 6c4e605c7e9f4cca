// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include "common/hash.h"
#include "common/index/manifest.h"
#include "indexer/segments/memory_budget.h"
#include "indexer/update/article_sets.h"

namespace dateline {

/// Everything beside a file's own bytes that decides how it is read.
class ReadingContexts {
 public:
  /// `sets` must outlive it.
  ReadingContexts(const std::vector<SetEntry>& sets, const MemoryBudget& memory)
      : sets_(sets), longest_record_(memory.longest_record) {}

  /// The same for as long as the file would be read the same. Reads each table once.
  Digest of(const ListedFile& file);

 private:
  Digest table_digest(const std::filesystem::path& path);

  const std::vector<SetEntry>& sets_;
  const std::uint64_t longest_record_;
  std::map<std::filesystem::path, Digest> tables_;
};

}  // namespace dateline
