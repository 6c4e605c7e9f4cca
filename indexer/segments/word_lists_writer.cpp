// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/segments/word_lists_writer.h"

namespace dateline {
namespace {

/// Reads back what append_number() wrote.
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

}  // namespace

void WordListsBuilder::Postings::add(std::uint32_t row, std::span<const std::uint32_t> positions,
                                     std::uint32_t in_title) {
  append_number(row - next_row, bytes);
  next_row = row + 1;
  append_number(static_cast<std::uint32_t>(positions.size()), bytes);
  append_number(in_title, bytes);
  std::uint32_t before = 0;
  for (const auto position : positions) {
    append_number(position - before, bytes);
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
  const auto spoken = words_.number_of(language);
  for (std::uint32_t w = 0; w < text.words.size(); ++w) {
    const auto use = text.use_of(w);
    const auto number = words_.add(spoken, use.word);
    if (number == postings_.size()) postings_.emplace_back();
    postings_[number].add(row, use.positions, use.in_title);
  }
  const std::array starts{std::span(text.sentences), std::span(text.paragraphs)};
  for (std::size_t b = 0; b < starts.size(); ++b) {
    if (!starts[b].empty()) boundaries_[b].add(row, starts[b], 0);
  }
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
    write_list(postings_[words_.words().find(columns.words[w]).value()]);
  }
  for (const auto& boundary : boundaries_) write_list(boundary);
  file.finish();
}

}  // namespace dateline
