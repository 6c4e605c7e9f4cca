// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/positions_writer.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "common/index/layout.h"
#include "common/index/schema.h"

namespace dateline {
namespace {

/// Passing so many bytes of positions takes as long as finding a block among many.
constexpr std::size_t bytes_per_block = 512;

/// Writes lists one behind the other into a file of positions.
class PositionsFile {
 public:
  PositionsFile(const std::filesystem::path& folder, const std::string& name)
      : file_(positions_of(folder), name) {
    file_.begin(schema::position_lists);
  }

  std::size_t list_bytes() const { return bytes_ - at_.back(); }
  /// Whether a posting that is appended now should begin a block.
  bool wants_block() const { return list_bytes() - last_block_ >= bytes_per_block; }

  void add_block(std::uint32_t row, std::size_t byte) {
    if (byte > std::numeric_limits<std::uint32_t>::max()) {
      throw std::length_error("a word stands too often in one segment");
    }
    block_row_.push_back(row);
    block_byte_.push_back(static_cast<std::uint32_t>(byte));
    last_block_ = byte;
  }

  void append(std::string_view bytes) {
    file_.append(bytes);
    bytes_ += bytes.size();
  }

  void end_list() {
    at_.push_back(bytes_);
    block_at_.push_back(block_row_.size());
    last_block_ = 0;
  }

  void finish() {
    file_.add(schema::position_list_at, at_);
    file_.add(schema::position_block_at, block_at_);
    file_.add(schema::position_block_row, block_row_);
    file_.add(schema::position_block_byte, block_byte_);
    file_.finish();
  }

 private:
  ColumnFileWriter file_;
  std::uint64_t bytes_ = 0;
  std::size_t last_block_ = 0;
  std::vector<std::uint64_t> at_{0};
  std::vector<std::uint64_t> block_at_{0};
  std::vector<std::uint32_t> block_row_;
  std::vector<std::uint32_t> block_byte_;
};

/// Joins the lists of several segments, those of the same word with each other.
class Joining {
 public:
  Joining(const std::vector<PositionsInput>& inputs, const std::filesystem::path& folder,
          const std::string& name)
      : inputs_(inputs), columns_(folder, name), next_word_(inputs.size()), out_(folder, name) {
    std::uint32_t rows = 0;
    for (const auto& input : inputs) {
      first_row_.push_back(rows);
      rows += input.columns->rows();
    }
  }

  void run() {
    for (std::size_t w = 0; w < columns_.words.size(); ++w) join_word(columns_.words[w]);
    for (std::size_t b = 0; b < schema::boundaries.size(); ++b) join_boundary(b);
    out_.finish();
  }

 private:
  /// Words are in byte order, here and in each input.
  void join_word(std::string_view word) {
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      const auto& words = inputs_[i].columns->words;
      auto& next = next_word_[i];
      if (next < words.size() && words[next] == word) append(i, next++, std::string(word));
    }
    out_.end_list();
  }

  void join_boundary(std::size_t boundary) {
    const auto term = schema::term(schema::boundary_terms, schema::boundaries[boundary]);
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      append(i, inputs_[i].columns->words.size() + boundary, term);
    }
    out_.end_list();
  }

  void append(std::size_t input, std::size_t number, const std::string& term) {
    const auto list = inputs_[input].positions->list(number);
    const auto before = out_.list_bytes();
    if (!list.bytes.empty() && out_.wants_block()) {
      out_.add_block(first_row_[input] + first_row_with(input, term), before);
    }
    for (std::size_t b = 0; b < list.blocks.row.size(); ++b) {
      out_.add_block(first_row_[input] + list.blocks.row[b], before + list.blocks.byte[b]);
    }
    out_.append(list.bytes);
  }

  std::uint32_t first_row_with(std::size_t input, const std::string& term) const {
    const auto& database = inputs_[input].database;
    const auto first = database.postlist_begin(term);
    if (first == database.postlist_end(term)) {
      inputs_[input].positions->refuse("does not fit the postings beside it");
    }
    return *first - 1;
  }

  const std::vector<PositionsInput>& inputs_;
  SegmentColumns columns_;
  std::vector<std::uint32_t> first_row_;  ///< of each input, in the new segment
  std::vector<std::size_t> next_word_;    ///< of each input
  PositionsFile out_;
};

}  // namespace

void PositionsBuilder::add(std::uint32_t row, std::string_view language, const AnalysedText& text) {
  const auto spoken = ordinal_of(language);
  for (const auto& use : text.words) {
    auto& list = words_[use.word];
    if (!std::ranges::count(list.languages, spoken)) list.languages.push_back(spoken);
    add_to(list, row, use.positions);
  }
  const std::array starts{std::span(text.sentences), std::span(text.paragraphs)};
  for (std::size_t b = 0; b < starts.size(); ++b) add_to(boundaries_[b], row, starts[b]);
}

std::uint32_t PositionsBuilder::ordinal_of(std::string_view language) {
  const auto known = std::ranges::find(languages_, language);
  const auto ordinal = known - languages_.begin();
  if (known == languages_.end()) languages_.emplace_back(language);
  return static_cast<std::uint32_t>(ordinal);
}

void PositionsBuilder::add_to(List& list, std::uint32_t row,
                              std::span<const std::uint32_t> positions) {
  if (positions.empty()) return;
  const auto last_block = list.block_byte.empty() ? 0 : list.block_byte.back();
  if (list.bytes.size() - last_block >= bytes_per_block) {
    list.block_row.push_back(row);
    list.block_byte.push_back(static_cast<std::uint32_t>(list.bytes.size()));
  }
  std::uint32_t before = 0;
  for (const auto position : positions) {
    append_position(position - before, before == 0, list.bytes);
    before = position;
  }
}

void PositionsBuilder::write(const std::filesystem::path& folder, const std::string& name) const {
  const SegmentColumns columns(folder, name);
  PositionsFile file(folder, name);
  const auto write_list = [&](const List& list) {
    for (std::size_t b = 0; b < list.block_row.size(); ++b) {
      file.add_block(list.block_row[b], list.block_byte[b]);
    }
    file.append(list.bytes);
    file.end_list();
  };
  for (std::size_t w = 0; w < columns.words.size(); ++w) {
    write_list(words_.at(std::string(columns.words[w])));
  }
  for (const auto& boundary : boundaries_) write_list(boundary);
  file.finish();
}

void join_positions(const std::vector<PositionsInput>& inputs, const std::filesystem::path& folder,
                    const std::string& name) {
  Joining(inputs, folder, name).run();
}

}  // namespace dateline
