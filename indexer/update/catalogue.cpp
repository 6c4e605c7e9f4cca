// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/catalogue.h"

#include <numeric>

#include "common/index/column_file.h"
#include "common/index/layout.h"

namespace dateline {

void write_catalogue(const std::filesystem::path& path, std::uint64_t generation,
                     const Catalogue& catalogue) {
  std::vector<std::string> paths;
  std::vector<std::string> records;
  std::vector<std::string> reasons;
  std::vector<Digest> content;
  std::vector<Digest> context;
  std::vector<std::uint32_t> articles;
  std::vector<std::uint32_t> refused;
  std::vector<std::uint32_t> kept_refusals;
  for (const auto& [file, entry] : catalogue) {
    paths.push_back(file);
    content.push_back(entry.content);
    context.push_back(entry.context);
    articles.push_back(entry.articles);
    refused.push_back(entry.refused);
    kept_refusals.push_back(static_cast<std::uint32_t>(entry.refusals.size()));
    for (const auto& r : entry.refusals) {
      records.push_back(r.record);
      reasons.push_back(r.reason);
    }
  }
  ColumnFileWriter out(path, numbered("catalogue", generation));
  out.add_strings("path", paths);
  out.add("content", content);
  out.add("context", context);
  out.add("articles", articles);
  out.add("refused", refused);
  out.add("refusals", kept_refusals);
  out.add_strings("refusal.record", records);
  out.add_strings("refusal.reason", reasons);
  out.finish();
}

Catalogue read_catalogue(const std::filesystem::path& path, std::uint64_t generation) {
  const ColumnFile in(path, numbered("catalogue", generation));
  in.verify();
  const auto paths = in.strings("path");
  const auto content = in.column<Digest>("content");
  const auto context = in.column<Digest>("context");
  const auto articles = in.column<std::uint32_t>("articles");
  const auto refused = in.column<std::uint32_t>("refused");
  const auto kept_refusals = in.column<std::uint32_t>("refusals");
  const auto records = in.strings("refusal.record");
  const auto reasons = in.strings("refusal.reason");
  const auto refusals =
      std::accumulate(kept_refusals.begin(), kept_refusals.end(), std::uint64_t{0});
  if (content.size() != paths.size() || context.size() != paths.size() ||
      articles.size() != paths.size() || refused.size() != paths.size() ||
      kept_refusals.size() != paths.size() || records.size() != refusals ||
      reasons.size() != refusals) {
    refuse_index_file(path, "has lists that do not fit each other");
  }
  Catalogue catalogue;
  std::size_t next = 0;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    FileEntry entry{content[i], context[i], articles[i], refused[i], {}};
    for (std::uint32_t k = 0; k < kept_refusals[i]; ++k, ++next) {
      entry.refusals.push_back({std::string(records[next]), std::string(reasons[next])});
    }
    catalogue.emplace_hint(catalogue.end(), std::string(paths[i]), std::move(entry));
  }
  return catalogue;
}

}  // namespace dateline
