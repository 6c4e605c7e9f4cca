// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/hash.h"
#include "common/index/schema.h"
#include "common/index/segment.h"
#include "common/index/word_lists.h"
#include "indexer/segments/analyse.h"

namespace dateline {

/// One list while it is made: common/index/word_lists.h has its form.
class GrowingList {
 public:
  struct Large {
    std::uint32_t posting = 0;
    WordCount count;
  };

  /// REQUIRES: rows ascending. `positions`: `count.all` of them, as they stand in a list.
  void add(std::uint32_t row, const WordCount& count, std::string_view positions);
  void clear();

  const std::string& rows() const { return rows_; }
  const std::string& counts() const { return counts_; }
  const std::string& positions() const { return positions_; }
  const std::vector<std::uint32_t>& block_posting() const { return block_posting_; }
  const std::vector<std::uint32_t>& block_byte() const { return block_byte_; }
  const std::vector<Large>& large() const { return large_; }

 private:
  std::string rows_;
  std::string counts_;
  std::string positions_;
  std::uint32_t next_row_ = 0;
  std::vector<std::uint32_t> block_posting_;
  std::vector<std::uint32_t> block_byte_;
  std::vector<Large> large_;
};

/// Collects the word lists of a new segment, row by row, and writes their file. One thread.
class WordListsBuilder {
 public:
  /// REQUIRES: rows ascending.
  void add(std::uint32_t row, std::string_view language, const AnalysedText& text);
  /// Calls `f(language, word)` for each word and each language of an article that holds it.
  template <class F>
  void for_each_word(F&& f) const {
    for (const auto& [word, known] : words_) {
      for (const auto language : known.languages) f(languages_[language], word);
    }
  }
  /// Writes the file of the segment `name`, whose columns stand in `folder`, durably.
  void write(const std::filesystem::path& folder, const std::string& name) const;

 private:
  /// A list's postings as they come, one string a word, which keeps what a posting writes to in one
  /// place: of each the distance of its row, its counts, the distances of its positions.
  struct Postings {
    std::string bytes;
    std::uint32_t next_row = 0;
    void add(std::uint32_t row, std::span<const std::uint32_t> positions, std::uint32_t in_title);
    void put_into(GrowingList& list) const;
  };
  struct Word {
    Postings postings;
    std::vector<std::uint32_t> languages;  ///< positions in languages_, mostly one
  };
  struct Hash {
    std::size_t operator()(const std::string& word) const { return hash64(word); }
  };
  std::uint32_t ordinal_of(std::string_view language);

  std::unordered_map<std::string, Word, Hash> words_;
  std::vector<std::string> languages_;
  std::array<Postings, schema::boundaries.size()> boundaries_;
};

/// A segment whose lists are joined with those of others.
struct WordListsInput {
  const SegmentColumns* columns;
  const SegmentWordLists* lists;
  std::vector<std::uint32_t> new_row;  ///< where each of its rows stands in the joined segment
};

/// Writes the file of word lists of the segment `name`, whose columns stand in `folder`, durably.
void join_word_lists(const std::vector<WordListsInput>& inputs, const std::filesystem::path& folder,
                     const std::string& name);

}  // namespace dateline
