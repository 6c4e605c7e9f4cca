// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/merge.h"

#include <fmt/format.h>
#include <xapian.h>

#include <optional>

#include "common/error.h"
#include "common/file_digest.h"
#include "common/file_io.h"
#include "common/index/layout.h"
#include "common/index/segment.h"
#include "indexer/segments/segment_writer.h"

namespace dateline {
namespace {

/// The same segment without its dead rows.
MergeInput copy_live_rows(const MergeInput& input, const std::filesystem::path& folder) {
  const SegmentColumns columns(input.folder, input.name);
  const Xapian::Database database(postings_of(input.folder).string());
  SegmentWriter writer(folder, input.name);
  for (std::uint32_t row = 0; row < columns.rows(); ++row) {
    if (!input.dead.test(row)) writer.put(database.get_document(row + 1), columns, row);
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

bool is_word(const std::string& term) { return term.front() < 'A' || term.front() > 'Z'; }

/// Whether a document has its data and terms, and its words (if any) their positions.
bool is_complete(const Xapian::Database& database, Xapian::docid id, bool has_words) {
  if (database.get_document(id).get_data().empty()) return false;
  const auto end = database.termlist_end(id);
  auto term = database.termlist_begin(id);
  if (term == end) return false;
  while (has_words && term != end && !is_word(*term)) ++term;
  if (!has_words) return true;
  return term != end &&
         database.positionlist_begin(id, *term) != database.positionlist_end(id, *term);
}

/// Xapian takes a table that it cannot open, for a disk that fails or too many open files, for an
/// empty one, and merges on: whole segments would lack theirs. One article of each tells.
class CompletenessCheck {
 public:
  explicit CompletenessCheck(const std::filesystem::path& postings)
      : database_(postings.string()) {}

  /// The rows of `segment` follow those of the segments before.
  void next(const SegmentColumns& segment) {
    const auto row = first_with_words(segment);
    if (segment.rows() > 0 && !is_complete(database_, first_ + row.value_or(0), row.has_value())) {
      throw Error(ExitCode::system_failure,
                  "a part of the articles could not be read back while segments were merged",
                  "see what the system says of the disk (dmesg | tail), allow more open files "
                  "(ulimit -n 4096), and run again");
    }
    first_ += segment.rows();
  }

 private:
  static std::optional<std::uint32_t> first_with_words(const SegmentColumns& segment) {
    for (std::uint32_t row = 0; row < segment.rows(); ++row) {
      if (segment.tokens[row] > 0) return row;
    }
    return std::nullopt;
  }

  Xapian::Database database_;
  Xapian::docid first_ = 1;
};

}  // namespace

SegmentEntry merge_segments(const std::vector<MergeInput>& inputs,
                            const std::filesystem::path& folder, const std::string& name,
                            const std::filesystem::path& scratch) {
  for (const auto& input : inputs) refuse_damaged(input);
  const auto live = without_dead_rows(inputs, scratch);
  std::filesystem::create_directories(folder);
  compact(live, postings_of(folder));
  sync_file(postings_of(folder));
  ColumnsBuilder columns;
  CompletenessCheck completeness(postings_of(folder));
  for (const auto& input : live) {
    const SegmentColumns from(input.folder, input.name);
    completeness.next(from);
    for (std::uint32_t row = 0; row < from.rows(); ++row) columns.add(from, row);
    columns.add_words(from);
  }
  columns.write(folder, name);
  sync_folder(folder);
  std::filesystem::remove_all(scratch);
  return entry_of(folder, name, columns.rows());
}

}  // namespace dateline
