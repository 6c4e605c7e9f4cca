// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "tests/support/temp_dir.h"

namespace dateline::test {

/// A few articles as JSON Lines, with all that an index can know of an article.
extern const std::string_view few_articles;

/// An index of few_articles, of one segment, made by the indexer itself.
class SmallIndex {
 public:
  SmallIndex();
  std::filesystem::path folder() const { return dir_ / "index"; }

 private:
  TempDir dir_;
};

}  // namespace dateline::test
