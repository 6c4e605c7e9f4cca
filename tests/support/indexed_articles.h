// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/support/articles.h"

namespace dateline::test {

using Ids = std::vector<std::string>;

/// A few articles and an index of them.
class IndexedArticles {
 public:
  /// Of the lines of a JSON Lines article set.
  explicit IndexedArticles(const std::string& lines);

  /// The ids of what a query finds, in their own order.
  Ids find(const std::string& query, std::vector<std::string> options = {}) const;
  /// The same, the best first.
  Ids ranked(const std::string& query, std::vector<std::string> options = {}) const;

  const Workbench& bench() const { return bench_; }

 private:
  Workbench bench_;
};

/// English articles of ids and bodies, under one title that no test asks for.
std::string bodies(const std::vector<std::pair<std::string, std::string>>& texts);

/// An article of any fields: {{"id","a"},{"deck","..."}}.
std::string article(const std::vector<std::pair<std::string, std::string>>& fields);

/// Whether a run was refused with exit code 2 and nothing printed, naming place and remedy.
bool is_refused_with_caret(const Run& run);

}  // namespace dateline::test
