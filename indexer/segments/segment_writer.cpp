// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/segment_writer.h"

#include <utility>

#include "common/index/layout.h"

namespace dateline {

SegmentWriter::SegmentWriter(std::filesystem::path folder, std::string name)
    : folder_(std::move(folder)), name_(std::move(name)), postings_(postings_of(folder_)) {}

void SegmentWriter::put(const AnalysedArticle& article) {
  postings_.add(article.text, article.stored);
  lists_.add(columns_.rows(), article.language, article.text);
  columns_.add(article);
}

void SegmentWriter::finish() {
  postings_.finish();
  columns_.write(folder_, name_, lists_.words().in_byte_order());
  lists_.write(folder_, name_);
}

}  // namespace dateline
