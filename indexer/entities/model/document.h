// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/entities/gazetteer.h"
#include "indexer/entities/model/name_lists.h"
#include "indexer/entities/sentences.h"
#include "indexer/entities/tokens.h"

namespace dateline::ner {

/// A token as the model sees it. The hashes of how it is written are made for tokens with a
/// capital only; others are known by their word alone.
struct Word {
  std::uint64_t lower = 0;  ///< Token::key
  std::uint64_t exact = 0;  ///< with its letter case
  std::uint32_t shape = 0;  ///< hash of "Xx", "XX", "X.X." and so on
  std::array<std::uint64_t, 4> prefixes{};
  std::array<std::uint64_t, 4> suffixes{};
  std::uint64_t after_hyphen = 0;  ///< key of what follows the last hyphen; 0 if there is none
  std::uint64_t before_hyphen = 0;
  std::uint32_t known = 0;  ///< senses in the gazetteer and place in the phrase known; 0 if none
  std::uint16_t lists = 0;  ///< NameList
  bool active = false;      ///< may belong to a name
  bool quoted = false;      ///< stands in quotation marks opened in the same sentence
  std::uint8_t sentence_case = 0;  ///< LetterCase
  std::uint32_t run_first = 0;     ///< the unbroken sequence of capitals it stands in
  std::uint32_t run_last = 0;      ///< inclusive
  std::uint32_t wide_last = 0;     ///< end of the same with "of", "the", "and" ... inside
  std::uint32_t wide_first = 0;
};

/// What the rest of the article says of a word.
struct WordUses {
  static constexpr std::size_t most_contexts = 4;
  struct Context {
    std::uint32_t run = 0;  ///< number of the sequence of capitals, counted through the article
    std::uint64_t before = 0;
    std::uint64_t after = 0;
  };
  std::uint16_t lower = 0;    ///< uses in small letters
  std::uint16_t inside = 0;   ///< with a capital where only names have one
  std::uint16_t open = 0;     ///< with a capital where any word may have one
  std::uint8_t contexts = 0;  ///< how many of context are filled
  std::array<Context, most_contexts> context;
  std::uint8_t longest = 0;  ///< length of the longest sequence of capitals with it
  std::uint8_t place = 0;    ///< 0 first, 1 inside, 2 last in it
  std::uint64_t longest_first = 0;
  std::uint64_t longest_last = 0;
  std::uint16_t longest_lists = 0;  ///< of its first word
  std::uint64_t stands_for = 0;     ///< last word of the sequence whose initials it has
};

/// One text of an article.
struct Part {
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<Word> words;          ///< parallel to tokens
  std::vector<std::uint32_t> runs;  ///< by token: number of its sequence of capitals
};

/// An article on its way through the model. Reused from one article to the next; one thread.
class Document {
 public:
  Document(const Gazetteer& gazetteer, const NameLists& lists)
      : gazetteer_(gazetteer), lists_(lists) {}

  /// Reads the texts; views into them must live as long as they are asked about.
  void read(std::span<const std::string_view> texts);

  std::span<const Part> parts() const { return {parts_.data(), used_}; }
  const WordUses* uses_of(std::uint64_t lower) const;

 private:
  void describe(Part& part);
  void describe_word(const Part& part, std::size_t at);
  void find_runs(Part& part);
  void find_known(Part& part, const Sentence& sentence);
  void mark_quotes(Part& part, const Sentence& sentence);
  void mark_active(Part& part, const Sentence& sentence);
  void note_uses(const Part& part);
  void note_run(const Part& part, std::size_t first, std::size_t last);

  const Gazetteer& gazetteer_;
  const NameLists& lists_;
  std::vector<Part> parts_;
  std::size_t used_ = 0;
  std::unordered_map<std::uint64_t, WordUses> uses_;
  std::uint32_t run_count_ = 0;
};

}  // namespace dateline::ner
