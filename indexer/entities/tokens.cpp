// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/tokens.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <string>

namespace dateline::ner {
namespace {

constexpr UChar32 end_of_text = -1;
constexpr UChar32 replacement = 0xFFFD;
constexpr std::uint64_t fnv_offset = 0xcbf29ce484222325U;
constexpr std::uint64_t fnv_prime = 0x100000001b3U;

/// One code point of a text and where it ends; malformed bytes read as U+FFFD.
struct CodePoint {
  UChar32 value = end_of_text;
  std::size_t end = 0;
};

CodePoint code_point_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {end_of_text, at};
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(at);
  if (lead < 0x80) return {static_cast<UChar32>(lead), at + 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {replacement, at + 1};
  unsigned value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = at + 1; i < at + length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {replacement, at + 1};
    value = value << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::array<unsigned, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < smallest[length] || value > 0x10FFFF || surrogate) return {replacement, at + 1};
  return {static_cast<UChar32>(value), at + length};
}

bool is_ascii(UChar32 c) { return c >= 0 && c < 0x80; }
bool is_ascii_lower(UChar32 c) { return c >= 'a' && c <= 'z'; }
bool is_ascii_upper(UChar32 c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(UChar32 c) { return is_ascii(c) ? c >= '0' && c <= '9' : u_isdigit(c) != 0; }

bool is_upper(UChar32 c) {
  return is_ascii(c) ? is_ascii_upper(c) : u_isupper(c) != 0 || u_istitle(c) != 0;
}

bool is_letter(UChar32 c) {
  return is_ascii(c) ? is_ascii_lower(c) || is_ascii_upper(c) : u_isalpha(c) != 0;
}

bool is_mark(UChar32 c) {
  return !is_ascii(c) && c != end_of_text && (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

bool is_word_part(UChar32 c) { return is_letter(c) || is_digit(c) || is_mark(c); }
bool is_apostrophe(UChar32 c) { return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC; }
bool is_hyphen(UChar32 c) { return c == '-' || c == 0x2010 || c == 0x2011; }

bool is_space(UChar32 c) {
  if (is_ascii(c)) return c == ' ' || (c >= '\t' && c <= '\r');
  return c != end_of_text && u_isUWhiteSpace(c) != 0;
}

/// Punctuation as the ASCII character that it stands for, or '?' for any other symbol.
char ascii_mark(UChar32 c) {
  if (is_ascii(c)) return static_cast<char>(c);
  if (is_apostrophe(c) || c == 0x201B) return '\'';
  if ((c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB) return '"';
  if (c >= 0x2012 && c <= 0x2015) return '_';
  if (c == 0x2026) return '.';
  if (c == 0x2022 || c == 0xB7 || c == 0x25CF || c == 0x25A0) return '*';
  return '~';
}

void append_utf8(std::uint32_t c, std::string& out) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0U | c >> 6U);
  } else if (c < 0x10000) {
    put(0xE0U | c >> 12U);
    put(0x80U | (c >> 6U & 0x3FU));
  } else {
    put(0xF0U | c >> 18U);
    put(0x80U | (c >> 12U & 0x3FU));
    put(0x80U | (c >> 6U & 0x3FU));
  }
  put(0x80U | (c & 0x3FU));
}

/// Letters whose base letter Unicode does not give by decomposition.
UChar32 base_letter(UChar32 lower) {
  switch (lower) {
    case 0xF8:
      return 'o';  // ø
    case 0x142:
      return 'l';  // ł
    case 0x131:
      return 'i';  // dotless i
    case 0x111:
      return 'd';  // đ
    case 0xF0:
      return 'd';  // ð
    case 0x2018:
    case 0x2019:
    case 0x2BC:
      return '\'';
    case 0x2010:
    case 0x2011:
      return '-';
    case 0xA0:
    case 0x202F:
      return ' ';
    default:
      return lower;
  }
}

UChar32 without_diacritic(UChar32 lower) {
  UErrorCode status = U_ZERO_ERROR;
  static const UNormalizer2* const nfd = unorm2_getNFDInstance(&status);
  if (U_FAILURE(status) || nfd == nullptr) return lower;
  std::array<UChar, 8> units{};
  UErrorCode failure = U_ZERO_ERROR;
  const std::int32_t count = unorm2_getDecomposition(
      nfd, lower, units.data(), static_cast<std::int32_t>(units.size()), &failure);
  if (U_FAILURE(failure) || count < 1) return base_letter(lower);
  return U16_IS_SURROGATE(units[0]) ? lower : base_letter(units[0]);
}

/// Calls `put` with each code point of the word as it is compared: no case, no diacritics.
template <typename Put>
void fold(std::string_view word, Put put) {
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = code_point_at(word, at);
    at = c.end;
    if (is_ascii_upper(c.value)) {
      put(c.value + ('a' - 'A'));
    } else if (is_ascii(c.value)) {
      put(c.value);
    } else if (!is_mark(c.value)) {
      put(without_diacritic(u_tolower(c.value)));
    }
  }
}

/// Walks one text once.
class Tokeniser {
 public:
  Tokeniser(std::string_view text, const Lexicon& lexicon, std::vector<Token>& tokens)
      : text_(text), lexicon_(lexicon), tokens_(tokens), wrapped_(hard_wrapped()) {}

  void run() {
    tokens_.clear();
    tokens_.reserve(text_.size() / 5);
    while (at_ < text_.size()) step();
  }

 private:
  CodePoint peek(std::size_t at) const { return code_point_at(text_, at); }

  void step() {
    const CodePoint c = peek(at_);
    if (is_space(c.value)) {
      space_ = true;
      newlines_ += c.value == '\n' || c.value == 0x2029 ? 1 : 0;
      at_ = c.end;
    } else if (is_letter(c.value) || is_digit(c.value)) {
      word();
    } else if ((c.value == '@' || c.value == '#') && is_word_part(peek(c.end).value)) {
      unreadable(at_);
    } else {
      mark(c);
    }
  }

  /// A text set in lines of a fixed width: a line break there is only white space.
  bool hard_wrapped() const {
    std::size_t breaks = 0;
    std::size_t continued = 0;
    for (std::size_t at = text_.find('\n'); at != std::string_view::npos && at + 1 < text_.size();
         at = text_.find('\n', at + 1)) {
      if (text_[at + 1] == '\n' || text_[at + 1] == '\r' || (at > 0 && text_[at - 1] == '\n'))
        continue;
      ++breaks;
      if (is_ascii_lower(static_cast<unsigned char>(text_[at + 1]))) ++continued;
    }
    return breaks >= 3 && continued * 3 >= breaks;
  }

  void mark(CodePoint c) {
    const std::size_t begin = at_;
    at_ = c.end;
    if (is_apostrophe(c.value) && possessive_follows(c.end)) {
      at_ = c.end + 1;
      push(begin, Shape::possessive, '\'');
      return;
    }
    push(begin, Shape::punctuation, ascii_mark(c.value));
  }

  /// An apostrophe right after a word, then an "s" that ends there.
  bool possessive_follows(std::size_t at) const {
    if (space_ || tokens_.empty() || tokens_.back().has(Shape::punctuation)) return false;
    const UChar32 letter = peek(at).value;
    return (letter == 's' || letter == 'S') && !is_word_part(peek(at + 1).value);
  }

  void word() {
    const std::size_t begin = at_;
    segment_ = 0;
    dots_ = false;
    while (true) {
      const CodePoint c = peek(at_);
      if (is_word_part(c.value)) {
        if (glued(begin)) break;
        ++segment_;
        at_ = c.end;
      } else if (c.value == '.') {
        if (!full_stop(begin, c)) break;
      } else if (!joins(c)) {
        break;
      } else {
        segment_ = 0;
        at_ = c.end;
      }
    }
    if (text_.substr(at_).starts_with("://") || peek(at_).value == '@') return unreadable(begin);
    push(begin, word_shape(begin), 0);
  }

  /// "TrumpGOP", "TrumpHouse": words that a page's links have left without a space between.
  bool glued(std::size_t begin) const {
    constexpr std::size_t shortest = 3;
    if (at_ < begin + shortest || at_ + shortest > text_.size()) return false;
    if (!is_ascii_lower(byte(at_ - 1)) || !is_ascii_upper(byte(at_))) return false;
    if (is_ascii_upper(byte(at_ + 1)) && is_ascii_upper(byte(at_ + 2))) return true;
    constexpr std::size_t longest = 30;
    return at_ > begin + shortest && at_ <= begin + longest &&
           lexicon_.is_family_name(key_of(text_.substr(begin, at_ - begin)));
  }

  UChar32 byte(std::size_t at) const { return static_cast<unsigned char>(text_[at]); }

  /// Whether an apostrophe, hyphen or ampersand inside a word joins its parts.
  bool joins(CodePoint c) const {
    const CodePoint next = peek(c.end);
    if (is_hyphen(c.value)) return is_word_part(next.value);
    if (c.value == '&') return is_upper(next.value) && segment_ <= 2;
    if (!is_apostrophe(c.value) || !is_letter(next.value)) return false;
    return !((next.value == 's' || next.value == 'S') && !is_word_part(peek(next.end).value));
  }

  /// A full stop within or after a word. False when the word ends before it.
  bool full_stop(std::size_t begin, CodePoint stop) {
    const UChar32 next = peek(stop.end).value;
    const std::string_view so_far = text_.substr(begin, at_ - begin);
    const bool single = segment_ == 1 && is_letter(byte(at_ - 1));
    if (single && (dots_ || is_upper(byte(at_ - 1)) ||
                   (is_letter(next) && peek(stop.end + 1).value == '.'))) {
      dots_ = true;
      segment_ = 0;
      at_ = stop.end;
      return is_letter(next) && !is_word_part(peek(stop.end + 1).value);
    }
    if (is_word_part(next) && !is_upper(next)) {
      dots_ = true;
      segment_ = 0;
      at_ = stop.end;
      return true;
    }
    if (lexicon_.is_abbreviation(key_of(so_far)) && !is_letter(next)) {
      dots_ = true;
      at_ = stop.end;
    }
    return false;
  }

  void unreadable(std::size_t begin) {
    while (at_ < text_.size() && !is_space(peek(at_).value)) at_ = peek(at_).end;
    push(begin, Shape::unreadable, 0);
  }

  std::uint32_t word_shape(std::size_t begin) const {
    std::uint32_t shape = 0;
    std::size_t letters = 0;
    std::size_t capitals = 0;
    bool first_capital = false;
    bool inner_dot = false;
    for (std::size_t at = begin; at < at_;) {
      const CodePoint c = peek(at);
      if (is_letter(c.value)) {
        const bool upper = is_upper(c.value);
        if (letters++ == 0) first_capital = upper;
        capitals += upper ? 1U : 0U;
      } else if (is_digit(c.value)) {
        shape |= Shape::digits;
      } else if (c.value == '.') {
        shape |= Shape::dotted;
        inner_dot = inner_dot || (letters > 1 && c.end < at_);
      }
      at = c.end;
    }
    if (first_capital || article_prefix(begin)) shape |= Shape::capital;
    if (letters >= 2 && capitals == letters) shape |= Shape::all_capitals;
    if (inner_dot && capitals <= 1 && !first_capital) shape |= Shape::unreadable;
    return shape;
  }

  /// "al-Assad": an Arabic article joined to a name.
  bool article_prefix(std::size_t begin) const {
    const std::string_view word = text_.substr(begin, at_ - begin);
    const std::size_t hyphen = word.find('-');
    if (hyphen == std::string_view::npos || hyphen < 2 || hyphen > 3) return false;
    if (!is_upper(code_point_at(word, hyphen + 1).value)) return false;
    constexpr std::array<std::string_view, 10> articles{"al", "el", "as", "ad",  "at",
                                                        "az", "ul", "ur", "ash", "an"};
    return std::find(articles.begin(), articles.end(), word.substr(0, hyphen)) != articles.end();
  }

  void push(std::size_t begin, std::uint32_t shape, char mark) {
    Token token{begin, at_, key_of(text_.substr(begin, at_ - begin)), shape, 0, 0, mark};
    if (starts_sentence(token)) {
      token.shape |= Shape::sentence_start | Shape::opener;
    } else if (after_opening(token)) {
      token.shape |= Shape::opener;
    }
    tokens_.push_back(token);
    space_ = false;
    newlines_ = 0;
  }

  bool starts_sentence(const Token& token) const {
    if (tokens_.empty() || newlines_ >= 2 || (newlines_ == 1 && !wrapped_)) return true;
    if (token.has(Shape::punctuation) && token.mark != '"' && token.mark != '\'') return false;
    std::size_t i = tokens_.size();
    constexpr std::size_t most_closing = 8;
    while (i > 0 && tokens_.size() - i < most_closing && is_closing(tokens_[i - 1]) &&
           !tokens_[i - 1].has(Shape::sentence_start))
      --i;
    if (i == 0 || !ends_sentence(tokens_[i - 1])) return false;
    if (token.has(Shape::punctuation)) return space_;
    return token.has(Shape::capital | Shape::digits);
  }

  static bool is_closing(const Token& token) {
    return token.mark == '"' || token.mark == '\'' || token.mark == ')' || token.mark == ']';
  }

  static bool ends_sentence(const Token& token) {
    return token.mark == '.' || token.mark == '!' || token.mark == '?';
  }

  bool after_opening(const Token& token) const {
    if (tokens_.empty() || token.has(Shape::punctuation)) return false;
    const Token& before = tokens_.back();
    if (before.has(Shape::punctuation) && before.has(Shape::opener)) return true;
    return before.mark == '"' || before.mark == ':' || before.mark == '*' || before.mark == '|' ||
           (before.mark == '\'' && !before.has(Shape::possessive)) || before.mark == '_';
  }

  std::string_view text_;
  const Lexicon& lexicon_;
  std::vector<Token>& tokens_;
  bool wrapped_;
  std::size_t at_ = 0;
  std::size_t segment_ = 0;  ///< characters since the word's last full stop, hyphen or apostrophe
  bool dots_ = false;
  bool space_ = true;
  int newlines_ = 0;
};

}  // namespace

std::uint64_t key_of(std::string_view word) {
  std::uint64_t key = fnv_offset;
  fold(word, [&key](UChar32 c) {
    if (c != '.') key = (key ^ static_cast<std::uint64_t>(c)) * fnv_prime;
  });
  return key;
}

std::string folded(std::string_view name) {
  std::string out;
  fold(name, [&out](UChar32 c) { append_utf8(static_cast<std::uint32_t>(c), out); });
  return out;
}

void tokenise(std::string_view text, const Lexicon& lexicon, std::vector<Token>& tokens) {
  Tokeniser(text, lexicon, tokens).run();
}

}  // namespace dateline::ner
