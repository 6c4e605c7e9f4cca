// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/articles.h"

#include <algorithm>
#include <stdexcept>

namespace dateline::test {

std::string json_line(const ArticleRecord& record) {
  auto j = Json::object();
  const auto put = [&](const char* field, const std::string& value) {
    if (!value.empty()) j[field] = value;
  };
  put("id", record.id);
  put("title", record.title);
  put("text", record.text);
  put("source", record.source);
  put("date", record.date);
  return j.dump() + "\n";
}

std::string json_lines(const std::vector<ArticleRecord>& records) {
  std::string lines;
  for (const auto& r : records) lines += json_line(r);
  return lines;
}

std::filesystem::path Workbench::write(std::string_view name, std::string_view content) const {
  return dir_.write("articles/" + std::string(name), content);
}

Run Workbench::index(std::vector<std::string> arguments) const {
  if (arguments.empty()) arguments = {articles().string()};
  arguments.insert(arguments.begin(), {"--db", db().string()});
  return dateline_index(arguments);
}

Run Workbench::search(std::vector<std::string> arguments, const RunOptions& options) const {
  arguments.insert(arguments.begin(), {"--db", db().string()});
  return dateline_search(arguments, options);
}

Json Workbench::answer(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {"--format", "json"});
  const auto run = search(arguments);
  return Json::parse(run.out);
}

std::vector<std::string> Workbench::ids(std::vector<std::string> arguments) const {
  std::vector<std::string> ids;
  const auto whole = answer(std::move(arguments));
  for (const auto& hit : whole["hits"]) ids.push_back(hit["id"]);
  return ids;
}

std::filesystem::path sample_set() { return source_folder() / "corpus" / "articles"; }

const Workbench& indexed_sample_set() {
  static const Workbench bench;
  static const bool ready = bench.index({sample_set().string()}).exit_code == 0;
  if (!ready) throw std::runtime_error("the sample set is not indexed");
  return bench;
}

std::vector<Json> json_records(std::string_view lines) {
  std::vector<Json> records;
  while (!lines.empty()) {
    const auto line = lines.substr(0, lines.find('\n'));
    records.push_back(Json::parse(line));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
  return records;
}

}  // namespace dateline::test
