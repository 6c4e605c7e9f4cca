// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/indexed_articles.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace dateline::test {

IndexedArticles::IndexedArticles(const std::string& lines) {
  bench_.write("a.jsonl", lines);
  const auto run = bench_.index();
  if (run.exit_code != 0) throw std::runtime_error("the articles are not indexed: " + run.err);
}

Ids IndexedArticles::find(const std::string& query, std::vector<std::string> options) const {
  auto ids = ranked(query, std::move(options));
  std::ranges::sort(ids);
  return ids;
}

Ids IndexedArticles::ranked(const std::string& query, std::vector<std::string> options) const {
  options.insert(options.end(), {"-n", "1000", "--format", "ids", "--", query});
  const auto run = bench_.search(options);
  if (run.exit_code > 1) throw std::runtime_error("the query is refused: " + run.err);
  std::istringstream lines(run.out);
  Ids ids;
  for (std::string line; std::getline(lines, line);) ids.push_back(line);
  return ids;
}

std::string article(const std::vector<std::pair<std::string, std::string>>& fields) {
  auto record = Json::object();
  for (const auto& [name, value] : fields) record[name] = value;
  return record.dump() + '\n';
}

std::string bodies(const std::vector<std::pair<std::string, std::string>>& texts) {
  std::string lines;
  for (const auto& [id, text] : texts) {
    lines += article({{"id", id}, {"title", "Bulletin"}, {"text", text}, {"lang", "en"}});
  }
  return lines;
}

bool is_refused_with_caret(const Run& run) {
  return run.exit_code == 2 && run.out.empty() && run.err.find("^\n") != std::string::npos &&
         run.err.find("\n  try: ") != std::string::npos;
}

}  // namespace dateline::test
