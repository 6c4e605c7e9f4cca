// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/reader.h"
#include "tests/support/temp_dir.h"

namespace dateline::test {

enum class Packer { gzip, zstd, xz, bzip2 };

inline std::string packed(std::string_view content, Packer packer) {
  std::string out(content.size() + (1 << 20), '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  switch (packer) {
    case Packer::gzip:
      archive_write_add_filter_gzip(writer);
      break;
    case Packer::zstd:
      archive_write_add_filter_zstd(writer);
      break;
    case Packer::xz:
      archive_write_add_filter_xz(writer);
      break;
    case Packer::bzip2:
      archive_write_add_filter_bzip2(writer);
      break;
  }
  archive_write_set_format_raw(writer);
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(writer, entry);
  archive_write_data(writer, content.data(), content.size());
  archive_entry_free(entry);
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

struct Refusal {
  std::string record, reason;
};

class CollectingSink : public ArticleSink {
 public:
  void article(Article&& article) override { articles.push_back(std::move(article)); }
  void refused(const std::string& record, const std::string& reason) override {
    refusals.push_back({record, reason});
  }

  std::vector<Article> articles;
  std::vector<Refusal> refusals;
};

/// Reads everything under `root` in order.
inline CollectingSink read_all(const std::filesystem::path& root, ReadOptions options = {}) {
  CollectingSink sink;
  const ArticleReader reader(std::move(options));
  for (const SourceFile& file : list_article_set({root}).files) reader.read(file, sink);
  return sink;
}

/// Reads one file with `content`, and expects one article of it.
inline Article read_one(const std::string& name, std::string_view content,
                        ReadOptions options = {}) {
  const TempDir folder;
  folder.write(name, content);
  CollectingSink sink = read_all(folder.path(), std::move(options));
  if (sink.articles.size() != 1)
    throw std::runtime_error(sink.refusals.empty() ? "not one article"
                                                   : "refused: " + sink.refusals.front().reason);
  return std::move(sink.articles.front());
}

/// Reads one file with `content`, and expects it to be refused as a whole or in one record.
inline Refusal refusal_of(const std::string& name, std::string_view content,
                          ReadOptions options = {}) {
  const TempDir folder;
  folder.write(name, content);
  const CollectingSink sink = read_all(folder.path(), std::move(options));
  if (sink.refusals.size() != 1 || !sink.articles.empty())
    throw std::runtime_error("not refused once");
  return sink.refusals.front();
}

}  // namespace dateline::test
