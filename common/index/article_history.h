// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace dateline {

/// What an index remembers of an article beyond its present content. An article is what stands in
/// one place of one file; one that is found in another place, the same to the byte, takes its
/// history along. Times are seconds since 1970 UTC, of the beginning of a run.
struct ArticleHistory {
  std::int64_t first_seen = 0;
  std::int64_t last_changed = 0;  ///< first_seen where it never changed
  std::uint32_t changes = 0;
  std::uint64_t changed_in = 0;  ///< the generation that brought the present content
  friend bool operator==(const ArticleHistory&, const ArticleHistory&) = default;
};

}  // namespace dateline
