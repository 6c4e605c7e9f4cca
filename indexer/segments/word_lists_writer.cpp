// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/word_lists_writer.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "common/index/layout.h"

namespace dateline {
namespace {

/// Passing so many bytes of positions takes as long as finding a block among many.
constexpr std::size_t bytes_per_block = 512;

/// Reads back what append_distance() wrote.
class DistanceReader {
 public:
  explicit DistanceReader(std::string_view bytes) : left_(bytes) {}

  bool at_end() const { return left_.empty(); }
  std::uint32_t next() {
    std::uint32_t value = 0;
    std::size_t i = 0;
    for (; ends_not(left_[i]); ++i) value |= bits_of(left_[i]) << (7 * i);
    value |= bits_of(left_[i]) << (7 * i);
    left_.remove_prefix(i + 1);
    return value;
  }
  /// The bytes of the next `count`.
  std::string_view pass(std::uint32_t count) {
    std::size_t bytes = 0;
    while (count > 0) count -= ends_not(left_[bytes++]) ? 0U : 1U;
    const auto passed = left_.substr(0, bytes);
    left_.remove_prefix(bytes);
    return passed;
  }

 private:
  static bool ends_not(char byte) { return (static_cast<unsigned char>(byte) & 0x80U) != 0; }
  static std::uint32_t bits_of(char byte) { return static_cast<unsigned char>(byte) & 0x7fU; }

  std::string_view left_;
};

/// Writes lists one behind the other.
class WordListsFile {
 public:
  WordListsFile(const std::filesystem::path& folder, const std::string& name)
      : file_(word_lists_of(folder), name) {
    file_.begin(schema::lists);
  }

  void add(const GrowingList& list) {
    for (const auto& large : list.large()) {
      large_posting_.push_back(posting_at_.back() + large.posting);
      large_all_.push_back(large.count.all);
      large_in_title_.push_back(large.count.in_title);
    }
    append(list.rows());
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

  void finish() {
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

 private:
  void append(std::string_view bytes) {
    file_.append(bytes);
    bytes_ += bytes.size();
  }

  ColumnFileWriter file_;
  std::uint64_t bytes_ = 0;
  std::vector<std::uint64_t> at_{0};
  std::vector<std::uint64_t> posting_at_{0};
  std::vector<std::uint64_t> position_at_;
  std::vector<std::uint64_t> block_at_{0};
  std::vector<std::uint32_t> block_posting_;
  std::vector<std::uint32_t> block_byte_;
  std::vector<std::uint64_t> large_posting_;
  std::vector<std::uint32_t> large_all_;
  std::vector<std::uint32_t> large_in_title_;
};

/// Joins the lists of several segments, those of the same word with each other.
class Joining {
 public:
  Joining(const std::vector<WordListsInput>& inputs, const std::filesystem::path& folder,
          const std::string& name)
      : inputs_(inputs), columns_(folder, name), next_word_(inputs.size()), out_(folder, name) {}

  void run() {
    for (std::size_t w = 0; w < columns_.words.size(); ++w) join_word(columns_.words[w]);
    for (std::size_t b = 0; b < schema::boundaries.size(); ++b) join_boundary(b);
    out_.finish();
  }

 private:
  struct Posting {
    std::uint32_t row = 0;
    WordCount count;
    std::string_view positions;
  };

  /// Words are in byte order, here and in each input.
  void join_word(std::string_view word) {
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      const auto& words = inputs_[i].columns->words;
      auto& next = next_word_[i];
      if (next < words.size() && words[next] == word) collect(inputs_[i], next++);
    }
    write_collected();
  }

  void join_boundary(std::size_t boundary) {
    for (const auto& input : inputs_) collect(input, input.columns->words.size() + boundary);
    write_collected();
  }

  void collect(const WordListsInput& input, std::size_t number) {
    const auto& lists = *input.lists;
    const auto list = lists.list(number);
    rows_.clear();
    lists.read_rows(list, rows_);
    auto left = list.positions;
    for (std::size_t posting = 0; posting < rows_.size(); ++posting) {
      const auto count = lists.count(list, posting);
      const auto bytes = lists.bytes_of_positions(left, count.all);
      postings_.push_back({input.new_row[rows_[posting]], count, left.substr(0, bytes)});
      left.remove_prefix(bytes);
    }
    if (!left.empty()) lists.refuse("has other positions than its counts say");
  }

  void write_collected() {
    if (!std::ranges::is_sorted(postings_, {}, &Posting::row)) {
      std::ranges::sort(postings_, {}, &Posting::row);
    }
    list_.clear();
    for (const auto& p : postings_) list_.add(p.row, p.count, p.positions);
    out_.add(list_);
    postings_.clear();
  }

  const std::vector<WordListsInput>& inputs_;
  SegmentColumns columns_;
  std::vector<std::size_t> next_word_;  ///< of each input
  WordListsFile out_;
  // Of one word, kept for their memory.
  std::vector<std::uint32_t> rows_;
  std::vector<Posting> postings_;
  GrowingList list_;
};

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
  append_distance(row - next_row_, rows_);
  next_row_ = row + 1;
  const auto packed = pack_count(count);
  counts_ += static_cast<char>(packed);
  if (is_large(packed)) large_.push_back({posting, count});
  positions_ += positions;
}

void GrowingList::clear() {
  rows_.clear();
  counts_.clear();
  positions_.clear();
  next_row_ = 0;
  block_posting_.clear();
  block_byte_.clear();
  large_.clear();
}

void WordListsBuilder::Postings::add(std::uint32_t row, std::span<const std::uint32_t> positions,
                                     std::uint32_t in_title) {
  append_distance(row - next_row, bytes);
  next_row = row + 1;
  append_distance(static_cast<std::uint32_t>(positions.size()), bytes);
  append_distance(in_title, bytes);
  std::uint32_t before = 0;
  for (const auto position : positions) {
    append_distance(position - before, bytes);
    before = position;
  }
}

void WordListsBuilder::Postings::put_into(GrowingList& list) const {
  DistanceReader reader(bytes);
  for (std::uint32_t row = 0; !reader.at_end(); ++row) {
    row += reader.next();
    const auto all = reader.next();
    const auto in_title = reader.next();
    list.add(row, {all, in_title}, reader.pass(all));
  }
}

void WordListsBuilder::add(std::uint32_t row, std::string_view language, const AnalysedText& text) {
  const auto spoken = ordinal_of(language);
  for (const auto& use : text.words) {
    auto& word = words_[use.word];
    if (!std::ranges::count(word.languages, spoken)) word.languages.push_back(spoken);
    word.postings.add(row, use.positions, use.in_title);
  }
  const std::array starts{std::span(text.sentences), std::span(text.paragraphs)};
  for (std::size_t b = 0; b < starts.size(); ++b) {
    if (!starts[b].empty()) boundaries_[b].add(row, starts[b], 0);
  }
}

std::uint32_t WordListsBuilder::ordinal_of(std::string_view language) {
  const auto known = std::ranges::find(languages_, language);
  const auto ordinal = known - languages_.begin();
  if (known == languages_.end()) languages_.emplace_back(language);
  return static_cast<std::uint32_t>(ordinal);
}

void WordListsBuilder::write(const std::filesystem::path& folder, const std::string& name) const {
  const SegmentColumns columns(folder, name);
  WordListsFile file(folder, name);
  GrowingList list;
  const auto write_list = [&](const Postings& postings) {
    list.clear();
    postings.put_into(list);
    file.add(list);
  };
  for (std::size_t w = 0; w < columns.words.size(); ++w) {
    write_list(words_.at(std::string(columns.words[w])).postings);
  }
  for (const auto& boundary : boundaries_) write_list(boundary);
  file.finish();
}

void join_word_lists(const std::vector<WordListsInput>& inputs, const std::filesystem::path& folder,
                     const std::string& name) {
  Joining(inputs, folder, name).run();
}

}  // namespace dateline
