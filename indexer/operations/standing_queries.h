// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/date.h"
#include "searcher/batch_line.h"
#include "searcher/batch_reader.h"

namespace dateline {

/// A file of saved queries, in the forms that dateline-search --batch reads; read once, and whole.
class StandingQueries {
 public:
  /// Throws Error(usage) that names the line of the first query that cannot be honoured, with a
  /// caret under the place; `like`, `like_text` and `expand` rank and are none.
  explicit StandingQueries(const std::filesystem::path& file);

  const std::string& path() const { return path_; }  ///< canonical

  /// In the order of the file; dates such as "yesterday" count from `today`.
  std::vector<BatchLine> on(Day today) const;

  /// "alerts.tsv:3: ", in front of what `problem` says.
  Error problem_of(std::size_t query, const Error& problem) const;

 private:
  BatchLine parse(const InputLine& line, Day today) const;
  Error at_line(std::size_t number, const Error& problem) const;

  std::string shown_;  ///< the file as it was named
  std::string path_;
  std::vector<InputLine> lines_;
};

}  // namespace dateline
