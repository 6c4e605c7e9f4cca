// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/tokenizer.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "common/text/unicode.h"

namespace dateline {
namespace {

enum AsciiClass : std::uint8_t { other, lower, upper, digit };

constexpr auto ascii_classes = [] {
  std::array<AsciiClass, 128> table{};
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = lower;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = upper;
  for (char c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = digit;
  return table;
}();

bool is_digit(char32_t c) { return c < 128 && ascii_classes[c] == digit; }

bool is_word_character(char32_t c) {
  if (c < 128) return ascii_classes[c] != other;
  if (c >= 0x2000 && c < 0x2070) return false;  // the usual quotes, dashes and spaces, quickly
  const auto u = static_cast<UChar32>(c);
  return u_isalnum(u) || (U_GET_GC_MASK(u) & U_GC_M_MASK) != 0;
}

bool is_ascii_word_character(char c) {
  return static_cast<unsigned char>(c) < 128 && ascii_classes[static_cast<std::size_t>(c)] != other;
}

/// Of an ASCII character.
char lower_of(char c) {
  return ascii_classes[static_cast<std::size_t>(c)] == upper ? static_cast<char>(c + ('a' - 'A'))
                                                             : c;
}

bool is_letter(char32_t c) {
  if (c < 128) return ascii_classes[c] == lower || ascii_classes[c] == upper;
  return u_isalpha(static_cast<UChar32>(c));
}

/// Scripts written without spaces between words: a character at a time is what can be searched.
bool stands_alone(char32_t c) {
  if (c < 0x0E00) return false;
  return (c <= 0x0EFF) ||                 // Thai, Lao
         (c >= 0x1000 && c <= 0x109F) ||  // Myanmar
         (c >= 0x1780 && c <= 0x17FF) ||  // Khmer
         (c >= 0x2E80 && c <= 0x9FFF) ||  // CJK, kana
         (c >= 0xAC00 && c <= 0xD7AF) ||  // Hangul syllables
         (c >= 0xF900 && c <= 0xFAFF) ||  // CJK compatibility
         (c >= 0xFF66 && c <= 0xFFDC) ||  // half-width kana and Hangul
         (c >= 0x20000 && c <= 0x3FFFF);  // CJK extensions
}

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'’' || c == U'ʼ'; }

/// A word of so many bytes has no room for another character, which may take four.
constexpr std::size_t full_at_bytes = Tokenizer::max_word_bytes - 3;

bool is_elision(std::string_view word) {
  return word == "l" || word == "d" || word == "j" || word == "m" || word == "n" || word == "c" ||
         word == "s" || word == "t" || word == "qu";
}

}  // namespace

Tokenizer::Peeked Tokenizer::peek(std::size_t at) const {
  if (at >= text_.size()) return {0, at};
  const auto byte = static_cast<unsigned char>(text_[at]);
  if (byte < 0x80) return {byte, at + 1};
  auto after = at;
  const auto c = next_code_point(text_, after);
  return {c, after};
}

bool Tokenizer::next() {
  if (!skip_to_word()) return false;
  word_.clear();
  letters_ = 0;
  initials_ = false;
  span_.begin = at_;
  read_word();
  span_.end = at_;
  return true;
}

bool Tokenizer::skip_to_word() {
  while (at_ < text_.size()) {
    const auto [c, after] = peek(at_);
    if (is_word_character(c)) return true;
    at_ = after;
  }
  return false;
}

void Tokenizer::read_word() {
  if (const auto [first, after] = peek(at_); stands_alone(first)) {
    append(first);
    at_ = after;
    return;
  }
  for (;;) {
    read_ascii_run();
    const auto [c, after] = peek(at_);
    if (is_word_character(c) && !stands_alone(c)) {
      append(c);
      at_ = after;
    } else if (!cross_separator()) {
      return;
    }
  }
}

void Tokenizer::read_ascii_run() {
  const auto begin = at_;
  while (at_ < text_.size() && is_ascii_word_character(text_[at_])) ++at_;
  if (at_ == begin) return;
  letters_ += at_ - begin;
  last_ = static_cast<char32_t>(text_[at_ - 1]);
  const auto length = word_.size();
  const auto room = std::max(length, full_at_bytes) - length;
  word_.append(text_, begin, std::min(at_ - begin, room));
  for (auto i = length; i < word_.size(); ++i) word_[i] = lower_of(word_[i]);
}

void Tokenizer::append(char32_t c) {
  ++letters_;
  last_ = c;
  if (word_.size() >= full_at_bytes) return;
  if (c < 128) {
    word_ += lower_of(static_cast<char>(c));
  } else {
    append_utf8(static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT)),
                word_);
  }
}

bool Tokenizer::cross_separator() {
  const auto [separator, after] = peek(at_);
  if (is_apostrophe(separator)) return cross_apostrophe(after);
  if (separator != U'.' && separator != U',' && separator != U'&') return false;

  const auto [following, after_following] = peek(after);
  if (stands_alone(following)) return false;
  if (separator == U'&') {
    if (!is_letter(last_) || !is_letter(following)) return false;
    if (word_.size() < max_word_bytes) word_ += '&';
    at_ = after;
    return true;
  }
  if (is_digit(last_) && is_digit(following)) {
    if (separator == U'.' && word_.size() < max_word_bytes) word_ += '.';
    at_ = after;
    return true;
  }
  if (separator != U'.') return false;
  // Dotted initials: every letter so far stood alone before its dot, as in "U.S.A."
  if ((letters_ != 1 && !initials_) || !is_letter(last_)) return false;
  if (is_letter(following) && !is_word_character(peek(after_following).c)) {
    append(following);
    at_ = after_following;
    initials_ = true;
    return true;
  }
  if (initials_) {
    at_ = after;  // the last dot of "U.S.", and the possessive of "U.S.'s"
    if (is_apostrophe(following)) cross_apostrophe(after_following);
  }
  return false;
}

bool Tokenizer::cross_apostrophe(std::size_t after) {
  const auto [following, after_following] = peek(after);
  if (!is_letter(last_) || !is_letter(following)) return false;
  if (is_elision(word_)) return false;
  const bool possessive =
      (following == U's' || following == U'S') && !is_word_character(peek(after_following).c);
  if (possessive) {
    at_ = after_following;
    return false;
  }
  at_ = after;
  return true;
}

}  // namespace dateline
