// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/writing.h"

#include <cstddef>

#include "common/text/unicode.h"

namespace dateline::ner {
namespace {

constexpr std::uint64_t fnv_offset = 0xcbf29ce484222325U;
constexpr std::uint64_t fnv_prime = 0x100000001b3U;

constexpr std::uint64_t extend(std::uint64_t hash, std::uint64_t value) {
  return (hash ^ value) * fnv_prime;
}

char32_t plain(char32_t c) {
  if (c == 0x2019 || c == 0x2018) return U'\'';
  if (c == 0x2010 || c == 0x2011) return U'-';
  return c;
}

/// Letters by case, digits alike, marks as they are.
char32_t kind_of(char32_t c) {
  if (c >= U'A' && c <= U'Z') return U'X';
  if (c >= U'0' && c <= U'9') return U'0';
  const bool letter = (c >= U'a' && c <= U'z') || c >= 0x80;
  return letter ? U'x' : c;
}

char32_t small(char32_t c) { return c >= U'A' && c <= U'Z' ? c + (U'a' - U'A') : c; }

}  // namespace

void describe_writing(std::string_view text, const Token& token, Word& word) {
  constexpr std::size_t affixes = std::tuple_size_v<decltype(word.suffixes)>;
  std::array<char32_t, affixes> last{};
  std::size_t count = 0;
  std::uint64_t exact = fnv_offset;
  std::uint64_t shape = fnv_offset;
  std::uint64_t prefix = fnv_offset;
  std::uint64_t hyphened = fnv_offset;
  bool hyphen = false;
  char32_t kind_before = 0;
  for (std::size_t at = token.begin; at < token.end; ++count) {
    const char32_t c = plain(next_code_point(text, at));
    exact = extend(exact, c);
    if (const char32_t kind = kind_of(c); kind != kind_before) {
      shape = extend(shape, kind);
      kind_before = kind;
    }
    prefix = extend(prefix, small(c));
    if (count < affixes) word.prefixes[count] = prefix;
    last[count % affixes] = small(c);
    if (c == U'-') {
      if (!hyphen) word.before_hyphen = hyphened;
      hyphen = true;
      hyphened = fnv_offset;
    } else {
      hyphened = extend(hyphened, small(c));
    }
  }
  if (hyphen) word.after_hyphen = hyphened;
  word.exact = exact;
  word.shape = static_cast<std::uint32_t>(shape >> 7U ^ shape);
  std::uint64_t suffix = fnv_offset + 1;
  for (std::size_t i = 0; i < affixes && i < count; ++i)
    word.suffixes[i] = suffix = extend(suffix, last[(count - 1 - i) % affixes]);
}

bool has_no_letter_case(std::string_view text, const Token& token) {
  constexpr char32_t first_without = 0x590;  // Hebrew, and nearly all that comes after it
  std::size_t at = token.begin;
  return next_code_point(text, at) >= first_without;
}

}  // namespace dateline::ner
