// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/merge.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "common/error.h"
#include "common/file_digest.h"
#include "common/file_io.h"
#include "common/index/layout.h"
#include "common/index/segment.h"
#include "common/index/stored_article.h"
#include "indexer/segments/analyse.h"
#include "indexer/segments/join_columns.h"
#include "indexer/segments/join_word_lists.h"
#include "indexer/segments/live_segment.h"
#include "indexer/segments/postings_writer.h"

namespace dateline {
namespace {

/// A Xapian database whose documents follow those of others in a merged one.
struct Postings {
  std::filesystem::path path;
  std::uint32_t documents = 0;
};

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

std::vector<LiveSegment> open_live(const std::vector<MergeInput>& inputs) {
  std::vector<LiveSegment> opened;
  for (const auto& input : inputs) {
    if (input.dead.count() == input.dead.size()) continue;
    const auto& segment = opened.emplace_back(input.folder, input.name, input.dead);
    if (!input.postings_digest) continue;
    segment.columns.verify();
    segment.lists.verify();
  }
  return opened;
}

/// Puts the documents of a segment behind `before` others, in the order that they have, those of
/// dead rows left out.
void number_documents(LiveSegment& segment, std::uint32_t before) {
  segment.document.assign(segment.columns.rows(), 0);
  for (const auto row : rows_by_document(segment.columns)) {
    if (segment.is_live(row)) segment.document[row] = ++before;
  }
}

/// Xapian cannot leave documents out when it merges. They are copied in this many databases at the
/// most, as it is slower the larger one is that it adds to.
constexpr std::uint32_t most_copies = 16;
constexpr std::uint32_t least_documents_in_copy = 10'000;

/// Copies the documents of live rows, which are looked for words again.
std::vector<Postings> copy_documents(const LiveSegment& segment,
                                     const std::filesystem::path& scratch) {
  const Xapian::Database database(postings_of(segment.folder).string());
  const auto documents_in_copy =
      std::max(least_documents_in_copy, segment.live() / most_copies + 1);
  std::vector<Postings> copies;
  std::optional<PostingsWriter> writer;
  Xapian::docid document = 0;
  for (const auto row : rows_by_document(segment.columns)) {
    ++document;
    if (!segment.is_live(row)) continue;
    if (!writer || copies.back().documents == documents_in_copy) {
      if (writer) writer->finish();
      copies.push_back({scratch / numbered("part", copies.size())});
      writer.emplace(copies.back().path);
    }
    const auto stored = database.get_document(document).get_data();
    writer->add(analyse_text(load_article(stored)), stored);
    ++copies.back().documents;
  }
  if (writer) writer->finish();
  return copies;
}

void compact(const std::vector<Postings>& postings, const std::filesystem::path& out) {
  Xapian::Database all;
  for (const auto& p : postings) all.add_database(Xapian::Database(p.path.string()));
  all.compact(out.string(), Xapian::DBCOMPACT_SINGLE_FILE);
}

/// Whether a document of `article` has its posting of one of its words.
bool has_posting(const Xapian::Database& database, Xapian::docid document,
                 const AnalysedText& article) {
  const std::string word(article.words[0]);
  auto posting = database.postlist_begin(word);
  const auto end = database.postlist_end(word);
  if (posting != end) posting.skip_to(document);
  return posting != end && *posting == document;
}

/// Whether documents [first, end) have their data, and the first that has words one's posting.
bool is_complete(const Xapian::Database& database, Xapian::docid first, Xapian::docid end) {
  for (auto document = first; document < end; ++document) {
    const auto stored = database.get_document(document).get_data();
    if (stored.empty()) return false;
    const auto text = analyse_text(load_article(stored));
    if (text.tokens > 0) return has_posting(database, document, text);
  }
  return true;
}

/// Xapian takes a table that it cannot open, for a disk that fails or too many open files, for an
/// empty one, and merges on: whole databases would lack theirs. One article of each tells.
void check_complete(const std::vector<Postings>& postings, const std::filesystem::path& merged) {
  const Xapian::Database database(merged.string());
  Xapian::docid next = 1;
  for (const auto& p : postings) {
    if (!is_complete(database, next, next + p.documents)) {
      throw Error(ExitCode::system_failure,
                  "a part of the articles could not be read back while segments were merged",
                  "see what the system says of the disk (dmesg | tail), allow more open files "
                  "(ulimit -n 4096), and run again");
    }
    next += p.documents;
  }
}

/// Writes the Xapian file of the live rows, and tells each which document it has there.
void merge_postings(std::vector<LiveSegment>& segments, const std::filesystem::path& out,
                    const std::filesystem::path& scratch) {
  std::vector<Postings> postings;
  std::uint32_t documents = 0;
  for (auto& segment : segments) {
    number_documents(segment, documents);
    documents += segment.live();
    if (segment.live() == segment.columns.rows()) {
      postings.push_back({postings_of(segment.folder), segment.live()});
    } else {
      const auto copies = copy_documents(segment, scratch / numbered("live", postings.size()));
      postings.insert(postings.end(), copies.begin(), copies.end());
    }
  }
  compact(postings, out);
  sync_file(out);
  check_complete(postings, out);
}

}  // namespace

SegmentEntry merge_segments(const std::vector<MergeInput>& inputs,
                            const std::filesystem::path& folder, const std::string& name,
                            const std::filesystem::path& scratch) {
  for (const auto& input : inputs) refuse_damaged(input);
  auto segments = open_live(inputs);
  std::filesystem::create_directories(folder);
  merge_postings(segments, postings_of(folder), scratch);
  const auto rows = order_rows(segments);
  join_columns(segments, rows, folder, name);
  join_word_lists(segments, folder, name);
  sync_folder(folder);
  std::filesystem::remove_all(scratch);
  return entry_of(folder, name, static_cast<std::uint32_t>(rows.size()));
}

}  // namespace dateline
