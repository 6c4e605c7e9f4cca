// SPDX-License-Identifier: GPL-3.0-or-later
// dateline-bench-documents INDEX FILE: the articles of an index as the other engines take them, so
// that all index the same text, dates, sources and entities.
#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <stdexcept>

#include "common/index/entity_weight.h"
#include "common/index/snapshot.h"
#include "tests/bench/engines/documents.h"

namespace dateline::bench {
namespace {

Document document_of(const IndexSnapshot& snapshot, std::size_t segment, std::uint32_t row) {
  const auto article = snapshot.article(0, segment, row);
  Document document;
  document.id = article.id.value;
  if (article.published) document.date = format_day(article.published.value.day);
  document.source = article.source.value;
  for (const auto& use : snapshot.entities(segment).of_row(row)) {
    if (!is_salient(use.weight)) continue;
    document.entities.emplace_back(snapshot.tables().entity_name(use.entity));
  }
  document.title = article.title.value;
  document.text =
      article.deck.value.empty() ? article.body : article.deck.value + ' ' + article.body;
  return document;
}

void write_documents(const IndexSnapshot& snapshot, const std::string& path) {
  std::ofstream file(path);
  for (std::size_t segment = 0; segment < snapshot.segment_count(); ++segment) {
    for (std::uint32_t row = 0; row < snapshot.segment(segment).rows(); ++row) {
      if (snapshot.tables().dead(segment).test(row)) continue;
      file << write_document(document_of(snapshot, segment, row)) << '\n';
    }
  }
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace
}  // namespace dateline::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "Usage: dateline-bench-documents INDEX FILE\n");
    return 2;
  }
  try {
    dateline::bench::write_documents(*dateline::IndexSnapshot::open(argv[1]), argv[2]);
  } catch (const std::exception& e) {
    fmt::print(stderr, "dateline-bench-documents: {}\n", e.what());
    return 1;
  }
  return 0;
}
