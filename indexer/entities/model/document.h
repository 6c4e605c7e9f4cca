// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "indexer/entities/gazetteer.h"
#include "indexer/entities/key_map.h"
#include "indexer/entities/model/name_lists.h"
#include "indexer/entities/sentences.h"
#include "indexer/entities/tokens.h"

namespace dateline::ner {

/// A token as the model sees it. How it is written is described for words with a capital or a
/// digit only; others are known by their key alone.
///
/// A *run* is an unbroken sequence of capitals; a *wide run* may hold small words that stand in
/// names, such as "of the". Both end with the sentence. A token without a capital is a run of one.
struct Word {
  std::uint64_t lower = 0;  ///< Token::key
  std::uint64_t exact = 0;  ///< hash of the word in its letter case; 0 if not described
  std::uint32_t shape = 0;  ///< hash of "Xx", "X.X." and so on; 0 if not described
  std::array<std::uint64_t, 4> prefixes{};  ///< hashes of the first letters, by number less one
  std::array<std::uint64_t, 4> suffixes{};
  std::uint64_t before_hyphen = 0;  ///< hash; 0 if there is none
  std::uint64_t after_hyphen = 0;
  std::uint32_t known = 0;  ///< types and place in the listed name it is part of; 0 if none
  std::uint16_t lists = 0;  ///< NameList
  bool active = false;      ///< may belong to a name
  bool quoted = false;      ///< a few words from a capital on, in quotation marks
  LetterCase letter_case = LetterCase::ordinary;  ///< of the sentence
  std::uint32_t run_first = 0;
  std::uint32_t run_last = 0;  ///< inclusive, as all of these
  std::uint32_t wide_first = 0;
  std::uint32_t wide_last = 0;
  std::uint32_t run = 0;  ///< number of the run of capitals, counted through the article
};

/// What the article as a whole says of a word that has a capital somewhere.
struct WordUses {
  static constexpr std::size_t most_contexts = 4;
  struct Context {
    std::uint32_t run = 0;
    std::uint64_t before = 0;  ///< keys of the words around the run; 1 at the sentence's bounds
    std::uint64_t after = 0;
  };
  std::uint16_t inside = 0;   ///< uses where only names have a capital
  std::uint16_t open = 0;     ///< uses where any word may have one
  std::uint8_t contexts = 0;  ///< how many of context are filled
  std::array<Context, most_contexts> context;
  std::uint8_t longest = 0;  ///< words of the longest run with it
  std::uint8_t place = 0;    ///< in that run: 0 first, 1 inside, 2 last
  std::uint64_t longest_first = 0;
  std::uint64_t longest_last = 0;
  std::uint16_t longest_lists = 0;  ///< of its first word
  std::uint64_t stands_for = 0;     ///< last word of a wide run whose initials it is
};

/// One text of an article.
struct Part {
  std::string_view text;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<Word> words;  ///< parallel to tokens
};

/// An article as the model sees it. Reused from one to the next; one thread.
class Document {
 public:
  /// Both must outlive it.
  Document(const Gazetteer& gazetteer, const NameLists& lists)
      : gazetteer_(gazetteer), lists_(lists) {}

  /// The texts must live as long as they are asked about.
  void read(std::span<const std::string_view> texts);

  std::span<const Part> parts() const { return {parts_.data(), used_}; }
  /// Null for a word that never has a capital.
  const WordUses* uses_of(std::uint64_t lower) const { return uses_.find(lower); }
  std::uint16_t lower_uses_of(std::uint64_t lower) const {
    const std::uint16_t* uses = lower_uses_.find(lower);
    return uses == nullptr ? 0 : *uses;
  }

 private:
  void describe(Part& part);
  void number_runs(Part& part);
  void find_known(Part& part, const Sentence& sentence) const;
  void note_uses(const Part& part);
  void note_run(const Part& part, std::size_t first, std::size_t last);

  const Gazetteer& gazetteer_;
  const NameLists& lists_;
  std::vector<Part> parts_;
  std::size_t used_ = 0;
  KeyMap<WordUses> uses_;
  KeyMap<std::uint16_t> lower_uses_;
  std::uint32_t runs_ = 0;
};

}  // namespace dateline::ner
