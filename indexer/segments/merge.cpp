// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/merge.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "common/error.h"
#include "common/file_digest.h"
#include "common/file_io.h"
#include "common/index/layout.h"
#include "common/index/schema.h"
#include "common/index/segment.h"
#include "common/index/stored_article.h"
#include "common/index/word_lists.h"
#include "indexer/segments/segment_writer.h"
#include "indexer/segments/word_lists_writer.h"

namespace dateline {
namespace {

/// The same segment without its dead rows.
MergeInput copy_live_rows(const MergeInput& input, const std::filesystem::path& folder) {
  const SegmentColumns columns(input.folder, input.name);
  const Xapian::Database database(postings_of(input.folder).string());
  SegmentWriter writer(folder, input.name);
  for (std::uint32_t row = 0; row < columns.rows(); ++row) {
    if (!input.dead.test(row)) {
      writer.put(database.get_document(columns.document_of(row)).get_data(), columns, row);
    }
  }
  const auto rows = writer.rows();
  writer.finish();
  return {folder, input.name, Bitset(rows)};
}

std::vector<MergeInput> without_dead_rows(const std::vector<MergeInput>& inputs,
                                          const std::filesystem::path& scratch) {
  std::vector<MergeInput> live;
  for (const auto& input : inputs) {
    const auto dead = input.dead.count();
    if (dead == 0) {
      live.push_back(input);
    } else if (dead < input.dead.size()) {
      live.push_back(copy_live_rows(input, scratch / numbered("live", live.size())));
    }
  }
  return live;
}

void compact(const std::vector<MergeInput>& inputs, const std::filesystem::path& out) {
  Xapian::Database all;
  for (const auto& input : inputs) {
    all.add_database(Xapian::Database(postings_of(input.folder).string()));
  }
  all.compact(out.string(), Xapian::DBCOMPACT_SINGLE_FILE);
}

SegmentEntry entry_of(const std::filesystem::path& folder, const std::string& name,
                      std::uint32_t rows) {
  std::string problem;
  const auto postings = digest_file(postings_of(folder), problem);
  if (!postings) {
    throw Error(ExitCode::system_failure,
                fmt::format("cannot read '{}': {}", postings_of(folder).string(), problem),
                "see that the disk is well and run again; the index is as it was");
  }
  return {name, rows, rows, postings->bytes, postings->digest};
}

void refuse_damaged(const MergeInput& input) {
  if (!input.postings_digest) return;
  if (entry_of(input.folder, input.name, 0).postings_digest == *input.postings_digest) return;
  throw Error(ExitCode::damaged_index,
              fmt::format("the postings of '{}' do not match their checksum", input.name),
              "dateline-index --repair");
}

/// Xapian takes a table that it cannot open, for a disk that fails or too many open files, for an
/// empty one, and merges on: whole segments would lack theirs. One article of each tells.
class CompletenessCheck {
 public:
  explicit CompletenessCheck(const std::filesystem::path& postings)
      : database_(postings.string()) {}

  /// The rows of `segment` follow those of the segments before.
  void next(const SegmentColumns& segment) {
    if (segment.rows() > 0 &&
        !has_article(before_ + segment.document_of(row_with_words(segment)))) {
      throw Error(ExitCode::system_failure,
                  "a part of the articles could not be read back while segments were merged",
                  "see what the system says of the disk (dmesg | tail), allow more open files "
                  "(ulimit -n 4096), and run again");
    }
    before_ += segment.rows();
  }

 private:
  /// The first, where there is one.
  static std::uint32_t row_with_words(const SegmentColumns& segment) {
    for (std::uint32_t row = 0; row < segment.rows(); ++row) {
      if (segment.tokens[row] > 0) return row;
    }
    return 0;
  }

  /// Whether a document has its data, and a word of it (if it has any) its posting.
  bool has_article(Xapian::docid id) const {
    const auto stored = database_.get_document(id).get_data();
    if (stored.empty()) return false;
    const auto text = analyse_text(load_article(stored));
    if (text.words.empty()) return true;
    const auto& word = text.words.front().word;
    auto posting = database_.postlist_begin(word);
    const auto end = database_.postlist_end(word);
    if (posting != end) posting.skip_to(id);
    return posting != end && *posting == id;
  }

  Xapian::Database database_;
  Xapian::docid before_ = 0;  ///< documents of the segments before
};

/// What merging reads of a segment besides its postings.
struct Opened {
  explicit Opened(const MergeInput& input)
      : columns(input.folder, input.name),
        lists(input.folder, input.name, columns.words.size() + schema::boundaries.size(),
              columns.rows()) {}
  SegmentColumns columns;
  SegmentWordLists lists;
  std::uint32_t documents_before = 0;    ///< in the merged database
  std::vector<std::uint32_t> new_row{};  ///< by row
};
using OpenedSegments = std::vector<std::unique_ptr<Opened>>;

OpenedSegments open_all(const std::vector<MergeInput>& inputs) {
  OpenedSegments opened;
  std::uint32_t documents = 0;
  for (const auto& input : inputs) {
    auto& segment = *opened.emplace_back(std::make_unique<Opened>(input));
    if (input.postings_digest) segment.lists.verify();
    segment.documents_before = documents;
    documents += segment.columns.rows();
  }
  return opened;
}

struct RowOf {
  Opened* segment = nullptr;
  std::uint32_t row = 0;
};

/// In the order of newest_first(); tells each segment where its rows are put.
ColumnsBuilder join_columns(OpenedSegments& opened) {
  std::vector<RowOf> rows;
  std::size_t entities = 0;
  for (auto& segment : opened) {
    entities += segment->columns.entity_uses();
    segment->new_row.resize(segment->columns.rows());
    for (std::uint32_t row = 0; row < segment->columns.rows(); ++row) {
      rows.push_back({segment.get(), row});
    }
  }
  std::ranges::sort(rows, [](const RowOf& a, const RowOf& b) {
    return newest_first(a.segment->columns, a.row, b.segment->columns, b.row);
  });
  ColumnsBuilder joined;
  joined.reserve(static_cast<std::uint32_t>(rows.size()), entities);
  for (const auto& [segment, row] : rows) {
    segment->new_row[row] = joined.rows();
    const auto& columns = segment->columns;
    joined.add(columns, row, segment->documents_before + columns.document_of(row));
  }
  for (const auto& segment : opened) joined.add_words(segment->columns);
  return joined;
}

void join_lists(OpenedSegments& opened, const std::filesystem::path& folder,
                const std::string& name) {
  std::vector<WordListsInput> inputs;
  for (auto& segment : opened) {
    inputs.push_back({&segment->columns, &segment->lists, std::move(segment->new_row)});
  }
  join_word_lists(inputs, folder, name);
}

}  // namespace

SegmentEntry merge_segments(const std::vector<MergeInput>& inputs,
                            const std::filesystem::path& folder, const std::string& name,
                            const std::filesystem::path& scratch) {
  for (const auto& input : inputs) refuse_damaged(input);
  const auto live = without_dead_rows(inputs, scratch);
  std::filesystem::create_directories(folder);
  compact(live, postings_of(folder));
  sync_file(postings_of(folder));
  auto opened = open_all(live);
  CompletenessCheck completeness(postings_of(folder));
  for (const auto& segment : opened) completeness.next(segment->columns);
  const auto columns = join_columns(opened);
  columns.write(folder, name);
  join_lists(opened, folder, name);
  sync_folder(folder);
  std::filesystem::remove_all(scratch);
  return entry_of(folder, name, columns.rows());
}

}  // namespace dateline
