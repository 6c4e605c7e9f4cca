// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/word_lists_file.h"

#include <limits>
#include <stdexcept>

#include "common/index/layout.h"
#include "common/index/packed_rows.h"
#include "common/index/schema.h"

namespace dateline {
namespace {

/// Passing so many bytes of positions takes as long as finding a block among many.
constexpr std::size_t bytes_per_block = 512;

}  // namespace

void GrowingList::add(std::uint32_t row, const WordCount& count, std::string_view positions) {
  const auto posting = static_cast<std::uint32_t>(counts_.size());
  const auto last_block = block_byte_.empty() ? 0 : block_byte_.back();
  if (positions_.size() - last_block >= bytes_per_block) {
    if (positions_.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw std::length_error("a word stands too often in one segment");
    }
    block_posting_.push_back(posting);
    block_byte_.push_back(static_cast<std::uint32_t>(positions_.size()));
  }
  rows_.push_back(row);
  const auto packed = pack_count(count);
  counts_ += static_cast<char>(packed);
  if (is_large(packed)) large_.push_back({posting, count});
  positions_ += positions;
}

void GrowingList::clear() {
  rows_.clear();
  counts_.clear();
  positions_.clear();
  block_posting_.clear();
  block_byte_.clear();
  large_.clear();
}

WordListsFile::WordListsFile(const std::filesystem::path& folder, const std::string& name)
    : file_(word_lists_of(folder), name) {
  file_.begin(schema::lists);
}

void WordListsFile::add(const GrowingList& list) {
  for (const auto& large : list.large()) {
    large_posting_.push_back(posting_at_.back() + large.posting);
    large_all_.push_back(large.count.all);
    large_in_title_.push_back(large.count.in_title);
  }
  packed_rows_.clear();
  append_packed(list.rows(), packed_rows_);
  append(packed_rows_);
  append(list.counts());
  position_at_.push_back(bytes_);
  append(list.positions());
  at_.push_back(bytes_);
  posting_at_.push_back(posting_at_.back() + list.counts().size());
  const auto& postings = list.block_posting();
  const auto& bytes = list.block_byte();
  block_posting_.insert(block_posting_.end(), postings.begin(), postings.end());
  block_byte_.insert(block_byte_.end(), bytes.begin(), bytes.end());
  block_at_.push_back(block_posting_.size());
}

void WordListsFile::finish() {
  file_.add(schema::list_at, at_);
  file_.add(schema::list_posting_at, posting_at_);
  file_.add(schema::list_position_at, position_at_);
  file_.add(schema::list_block_at, block_at_);
  file_.add(schema::list_block_posting, block_posting_);
  file_.add(schema::list_block_byte, block_byte_);
  file_.add(schema::large_posting, large_posting_);
  file_.add(schema::large_all, large_all_);
  file_.add(schema::large_in_title, large_in_title_);
  file_.finish();
}

void WordListsFile::append(std::string_view bytes) {
  file_.append(bytes);
  bytes_ += bytes.size();
}

}  // namespace dateline
