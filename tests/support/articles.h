// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/json.h"
#include "tests/support/program.h"
#include "tests/support/temp_dir.h"

namespace dateline::test {

/// A record of a JSON Lines article set; empty fields are left out.
struct ArticleRecord {
  std::string id;
  std::string title;
  std::string text;
  std::string source;
  std::string date;
};

std::string json_line(const ArticleRecord& record);
std::string json_lines(const std::vector<ArticleRecord>& records);

/// A folder of articles and an index beside it.
class Workbench {
 public:
  std::filesystem::path articles() const { return dir_ / "articles"; }
  std::filesystem::path db() const { return dir_ / "index"; }
  std::filesystem::path write(std::string_view name, std::string_view content) const;

  /// Runs dateline-index on this index; with no arguments, on the articles.
  Run index(std::vector<std::string> arguments = {}) const;
  Run search(std::vector<std::string> arguments, const RunOptions& options = {}) const;
  /// The object that `--format json` prints.
  Json answer(std::vector<std::string> arguments) const;
  std::vector<std::string> ids(std::vector<std::string> arguments) const;

 private:
  TempDir dir_;
};

/// The sample set of the repository, and an index of it that tests share.
std::filesystem::path sample_set();
const Workbench& indexed_sample_set();

/// The objects of a JSON Lines text, in order.
std::vector<Json> json_records(std::string_view lines);

}  // namespace dateline::test
