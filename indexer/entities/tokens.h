// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::ner {

/// How a token is written. Bits of Token::shape.
enum Shape : std::uint32_t {
  capital = 1U << 0,         ///< a word whose first letter is a capital, or "al-Assad"
  all_capitals = 1U << 1,    ///< two letters or more, all of them capitals
  dotted = 1U << 3,          ///< has a full stop in it or at its end: "U.S.", "Sen."
  digits = 1U << 4,          ///< has a digit in it
  possessive = 1U << 6,      ///< the token is 's
  unreadable = 1U << 7,      ///< part of an address, a handle or a hashtag: never a name
  punctuation = 1U << 8,     ///< no word at all
  sentence_start = 1U << 9,  ///< the first token of its sentence
  opener = 1U << 10,         ///< stands where any word takes a capital
};

/// A word, a mark of punctuation or a possessive ending: bytes [begin, end).
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t key = 0;  ///< key_of() its text
  std::uint32_t shape = 0;
  std::uint32_t classes = 0;        ///< bits of gazetteer::WordClass, set by Gazetteer::look_up()
  std::uint8_t longest_phrase = 0;  ///< tokens of the longest known phrase that begins with it
  char mark = 0;                    ///< punctuation as ASCII: ' " - . , and so on; 0 for words

  bool has(std::uint32_t bits) const { return (shape & bits) != 0; }
  bool is(std::uint32_t class_bits) const { return (classes & class_bits) != 0; }
};

/// A number for a word that does not depend on letter case, diacritics, full stops or the form of
/// its apostrophes and hyphens. Two words share one by accident about once in 2^64.
std::uint64_t key_of(std::string_view word);

/// Extends the key of a phrase by the key of its next token. A phrase of one token has that
/// token's key, extended from 0.
constexpr std::uint64_t phrase_key(std::uint64_t phrase, std::uint64_t token) {
  const std::uint64_t mixed = (phrase ^ token) * 0x9E3779B97F4A7C15U;
  return mixed ^ (mixed >> 29U);
}

/// What the tokeniser must know of words, by their keys.
struct Lexicon {
  bool (*is_abbreviation)(std::uint64_t key);  ///< a full stop after it belongs to it: "Sen."
  bool (*is_family_name)(std::uint64_t key);
};

/// Cuts a text into tokens, in order, and marks where sentences start. Accepts any bytes;
/// malformed UTF-8 separates words. Replaces the content of `tokens`.
void tokenise(std::string_view text, const Lexicon& lexicon, std::vector<Token>& tokens);

/// The name of a person, an organisation or a place without case and diacritics, for comparing:
/// "Erdoğan" and "ERDOGAN" give "erdogan".
std::string folded(std::string_view name);

}  // namespace dateline::ner
