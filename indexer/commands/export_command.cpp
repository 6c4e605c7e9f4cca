// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

#include "common/index/snapshot.h"
#include "common/index/stored_article.h"
#include "common/program.h"
#include "common/text/unicode.h"
#include "corpus/formats/exported_articles.h"
#include "indexer/commands/commands.h"
#include "indexer/commands/option_values.h"

namespace dateline {
namespace {

using namespace std::string_view_literals;

struct Row {
  std::uint32_t segment = 0;
  std::uint32_t row = 0;
};

/// The live articles in an order that is the same for an updated index, a rebuilt one and one of
/// the export itself: by id, and those of one id by what they say.
std::vector<Row> rows_in_order(const IndexSnapshot& snapshot) {
  std::vector<Row> rows;
  for (std::uint32_t s = 0; s < snapshot.segment_count(); ++s) {
    const auto& dead = snapshot.tables().dead(s);
    for (std::uint32_t row = 0; row < snapshot.segment(s).rows(); ++row) {
      if (!dead.test(row)) rows.push_back({s, row});
    }
  }
  const auto key = [&](const Row& at) {
    const auto& segment = snapshot.segment(at.segment);
    const auto& digest = segment.digest[at.row];
    return std::tuple(segment.id[at.row], digest.high, digest.low);
  };
  std::ranges::sort(rows, {}, key);
  return rows;
}

void refuse_beside_export(const ParsedOptions& options) {
  if (!options.words.empty())
    throw Error(ExitCode::usage, "--export takes no paths: it prints what the index holds",
                "dateline-index --export > FILE");
  options.choice("format", "jsonl", std::array{"jsonl"sv});
}

std::string stored_article_at(const IndexSnapshot& snapshot, const Row& at) {
  const auto document = snapshot.segment(at.segment).document_of(at.row);
  try {
    return snapshot.databases(0)[at.segment].get_document(document).get_data();
  } catch (const Xapian::Error& e) {
    throw Error(ExitCode::damaged_index,
                fmt::format("an article of segment '{}' cannot be read: {}",
                            snapshot.segment(at.segment).name(), e.get_msg()),
                "dateline-index --repair");
  }
}

}  // namespace

/// --export: reads the generation in force, as a search does, one article at a time.
ExitCode export_articles(const ParsedOptions& options) {
  refuse_beside_export(options);
  const auto longest = longest_export_line(ReadOptions{}.max_record_bytes);
  const auto snapshot = IndexSnapshot::open(index_directory(options));
  auto exit_code = ExitCode::ok;
  std::string block;
  constexpr std::size_t block_bytes = 1U << 18;
  for (const auto& at : rows_in_order(*snapshot)) {
    auto article = load_article(stored_article_at(*snapshot, at));
    article.history = snapshot->segment(at.segment).history(at.row);
    const auto line = export_line(article);
    if (line.size() > longest) {
      fmt::print(stderr, "dateline-index: note: {} takes a line too long to be read again\n",
                 printable(article.id.value));
      exit_code = ExitCode::some_refused;
    }
    block += line + '\n';
    if (block.size() < block_bytes) continue;
    print_out(block);
    block.clear();
  }
  print_out(block);
  return exit_code;
}

}  // namespace dateline
