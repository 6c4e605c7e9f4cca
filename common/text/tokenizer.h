// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dateline {

/// A word of a text: bytes [begin, end) of it, possessive "'s" included.
struct WordSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Walks the words of a text, one `next()` at a time. What counts as one word:
/// letters and digits with their marks; across an apostrophe ("don't", "O'Brien"; the French
/// elisions "l'", "d'", … stand alone); dotted initials ("U.S." gives "us"); a decimal point or
/// thousands comma between digits; '&' between letters ("AT&T"). A hyphen separates. Each
/// character of a script written without spaces (Han, kana, Hangul, Thai, …) is a word of its own.
/// Any bytes are accepted. The text must outlive the tokenizer. One thread.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  /// Moves to the next word; false at the end.
  bool next();
  /// The word in lower case without its possessive, its inner apostrophes, dots of initials and
  /// thousands commas; at most `max_word_bytes` long. Valid until the next call.
  std::string_view word() const { return word_; }
  WordSpan span() const { return span_; }

  /// Longer words are cut here, at a character: far below Xapian's limit of 245 bytes a term.
  static constexpr std::size_t max_word_bytes = 64;

 private:
  struct Peeked {
    char32_t c = 0;
    std::size_t after = 0;  ///< where the character behind it starts
  };
  Peeked peek(std::size_t at) const;
  bool skip_to_word();
  void read_word();
  /// append() of the ASCII letters and digits that most words are made of, all at once.
  void read_ascii_run();
  void append(char32_t c);
  /// Reads the separator at `at_` as part of the word if it is one there; false ends the word.
  bool cross_separator();
  bool cross_apostrophe(std::size_t after);

  std::string_view text_;
  std::size_t at_ = 0;
  std::string word_;
  std::size_t letters_ = 0;  ///< characters of the word so far, as many as `word_` may have lost
  char32_t last_ = 0;        ///< the last letter or digit appended
  bool initials_ = false;    ///< the word so far is dotted initials
  WordSpan span_;
};

}  // namespace dateline
