// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/reading_contexts.h"

#include <fmt/format.h>

#include <string>
#include <system_error>

#include "common/file_digest.h"

namespace dateline {

Digest ReadingContexts::of(const ListedFile& file) {
  const auto& set = sets_[file.set];
  std::string context = file.source.relative;
  if (longest_record_ != MemoryBudget{}.longest_record) {
    context += fmt::format("\nlongest {}", longest_record_);
  }
  for (const auto& [ours, theirs] : set.field_names) {
    context += fmt::format("\n{}={}", ours, theirs);
  }
  if (set.date_from_file_time) {
    std::error_code vanished;
    const auto time = std::filesystem::last_write_time(file.source.path, vanished);
    context += fmt::format("\ntime {}", time.time_since_epoch().count());
  }
  if (!file.source.sidecar.empty()) {
    const auto d = table_digest(file.source.sidecar);
    // Where it stands, too: its rows name files by paths from there.
    context += fmt::format("\nsidecar {} {:x} {:x}", file.source.sidecar.string(), d.low, d.high);
  }
  if (!set.source_names.empty()) {
    const auto d = table_digest(set.source_names);
    context += fmt::format("\nsource names {:x} {:x}", d.low, d.high);
  }
  return digest(context);
}

Digest ReadingContexts::table_digest(const std::filesystem::path& path) {
  const auto [known, is_new] = tables_.try_emplace(path);
  if (is_new) {
    std::string problem;
    if (const auto d = digest_file(path, problem)) known->second = d->digest;
  }
  return known->second;
}

}  // namespace dateline
