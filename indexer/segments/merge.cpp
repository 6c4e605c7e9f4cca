// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/merge.h"

#include <fmt/format.h>
#include <xapian.h>

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

}  // namespace

SegmentEntry merge_segments(const std::vector<MergeInput>& inputs,
                            const std::filesystem::path& folder, const std::string& name,
                            const std::filesystem::path& scratch) {
  const auto live = without_dead_rows(inputs, scratch);
  std::filesystem::create_directories(folder);
  compact(live, postings_of(folder));
  sync_file(postings_of(folder));
  ColumnsBuilder columns;
  for (const auto& input : live) {
    const SegmentColumns from(input.folder, input.name);
    for (std::uint32_t row = 0; row < from.rows(); ++row) columns.add(from, row);
    columns.add_words(from);
  }
  columns.write(folder, name);
  sync_folder(folder);
  std::filesystem::remove_all(scratch);
  return entry_of(folder, name, columns.rows());
}

}  // namespace dateline
