// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "indexer/segments/analyse.h"
#include "indexer/segments/columns_writer.h"
#include "indexer/segments/postings_writer.h"
#include "indexer/segments/word_lists_writer.h"

namespace dateline {

/// Writes articles as one segment in a new folder: rows in the order of put(). One thread.
/// Nothing is published here: what was not finished is worth nothing and is swept. Throws
/// Xapian::Error when the database cannot be written.
class SegmentWriter {
 public:
  SegmentWriter(std::filesystem::path folder, std::string name);

  void put(const AnalysedArticle& article);

  std::uint32_t rows() const { return columns_.rows(); }
  void finish();

 private:
  std::filesystem::path folder_;
  std::string name_;
  PostingsWriter postings_;
  ColumnsBuilder columns_;
  WordListsBuilder lists_;
};

}  // namespace dateline
