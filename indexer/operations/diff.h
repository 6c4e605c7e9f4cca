// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/article.h"
#include "common/index/snapshot.h"
#include "searcher/engine/request.h"

namespace dateline {

enum class Change { entered, left, altered, moved };

/// "entered", "left", ...
std::string_view name_of(Change change);

/// What became of one article from one generation to another.
struct ArticleChange {
  Change change = Change::entered;
  std::string id;
  Article article;  ///< as in the later generation; of one that left, as in the earlier
  std::string was;  ///< of a moved article: its path before
  /// What differs: "title", "deck", "text", "source", ...
  std::vector<std::string_view> fields;
};

struct DiffCounts {
  std::uint64_t entered = 0;
  std::uint64_t left = 0;
  std::uint64_t altered = 0;
  std::uint64_t moved = 0;
};

/// Compares two generations of one index article by article and calls `take` for each that differs:
/// those that entered first, then those that left, were altered, were moved, each kind in order of
/// ids. An article is what stands in one place; one that has another place and is the same to the
/// word, with the same history, was moved. With a `query`, only articles that match it exist: one
/// that begins to match enters, one that ceases to leaves.
///
/// Costs by what differs: some 40 bytes of memory for each row that the two do not share. Throws as
/// Searcher::search() does.
DiffCounts compare_generations(const std::shared_ptr<const IndexSnapshot>& from,
                               const std::shared_ptr<const IndexSnapshot>& to,
                               const SearchRequest* query,
                               const std::function<void(const ArticleChange&)>& take);

}  // namespace dateline
