// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/unicode.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace dateline {
namespace {

constexpr char32_t replacement = 0xFFFD;

const UNormalizer2* nfkd() {
  static const UNormalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return unorm2_getNFKDInstance(&status);
  }();
  return instance;
}

/// Letters that Unicode does not decompose but that readers type without their stroke.
std::string_view undecomposed_base(char32_t c) {
  switch (c) {
    case U'ø':
      return "o";
    case U'ł':
      return "l";
    case U'đ':
    case U'ð':
      return "d";
    case U'ħ':
      return "h";
    case U'ı':
      return "i";
    case U'ß':
      return "ss";
    case U'æ':
      return "ae";
    case U'œ':
      return "oe";
    case U'þ':
      return "th";
    default:
      return {};
  }
}

bool is_mark(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

char32_t u16_next(const std::array<UChar, 32>& text, int32_t& i, int32_t length) {
  const auto lead = static_cast<char32_t>(text[static_cast<std::size_t>(i++)]);
  if (lead < 0xD800 || lead > 0xDBFF || i == length) return lead;
  const auto trail = static_cast<char32_t>(text[static_cast<std::size_t>(i++)]);
  return 0x10000 + ((lead - 0xD800) << 10) + (trail - 0xDC00);
}

void append_base(char32_t c, std::string& out) {
  if (const auto base = undecomposed_base(c); !base.empty()) {
    out += base;
    return;
  }
  std::array<UChar, 32> decomposed{};
  UErrorCode status = U_ZERO_ERROR;
  const auto length = unorm2_getDecomposition(nfkd(), static_cast<UChar32>(c), decomposed.data(),
                                              static_cast<int32_t>(decomposed.size()), &status);
  if (length < 0 || U_FAILURE(status)) {
    if (!is_mark(c)) append_utf8(c, out);
    return;
  }
  for (int32_t i = 0; i < length;) {
    const auto part = u16_next(decomposed, i, length);
    if (!is_mark(part)) append_utf8(part, out);
  }
}

std::size_t width_of(char32_t c) {
  const auto u = static_cast<UChar32>(c);
  const auto type = u_charType(u);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const auto width = u_getIntPropertyValue(u, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// fold_name() of what needs no Unicode, several times faster.
std::string fold_ascii_name(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  for (const char c : name) {
    if (c == '.' || c == ',' || c == '\'') continue;
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

void append_utf8(char32_t c, std::string& out) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int64_t>(at);
  UChar32 c = 0;
  U8_NEXT(bytes, i, static_cast<std::int64_t>(text.size()), c);
  at = static_cast<std::size_t>(i);
  return c < 0 ? replacement : static_cast<char32_t>(c);
}

std::string lower_case(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (is_ascii(text[i])) {
      const char c = text[i++];
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    } else {
      append_utf8(static_cast<char32_t>(u_foldCase(static_cast<UChar32>(next_code_point(text, i)),
                                                   U_FOLD_CASE_DEFAULT)),
                  out);
    }
  }
  return out;
}

std::string strip_diacritics(std::string_view text) {
  if (std::ranges::all_of(text, is_ascii)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (is_ascii(text[i])) {
      out += text[i++];
    } else {
      append_base(next_code_point(text, i), out);
    }
  }
  return out;
}

std::string fold_name(std::string_view name) {
  if (std::ranges::all_of(name, is_ascii)) return fold_ascii_name(name);
  const auto base = strip_diacritics(lower_case(name));
  std::string out;
  out.reserve(base.size());
  for (std::size_t i = 0; i < base.size();) {
    const auto c = next_code_point(base, i);
    if (c == U'.' || c == U',' || c == U'\'' || c == U'’') continue;
    if (u_isUWhiteSpace(static_cast<UChar32>(c))) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      append_utf8(c, out);
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size();) columns += width_of(next_code_point(text, i));
  return columns;
}

std::string_view prefix_of_width(std::string_view text, std::size_t columns) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto start = i;
    used += width_of(next_code_point(text, i));
    if (used > columns) return text.substr(0, start);
  }
  return text;
}

std::string ellipsize(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  auto head = prefix_of_width(text, columns - 1);
  while (!head.empty() && head.back() == ' ') head.remove_suffix(1);
  return std::string(head) + "…";
}

bool is_unprintable(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return true;
  const bool reorders = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
                        (c >= 0x2066 && c <= 0x2069);
  // Joiners (U+200C, U+200D) are left: several scripts and emoji are not written without.
  const bool invisible =
      c == 0x200B || (c >= 0x2060 && c <= 0x2065) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
  return reorders || invisible;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto c = next_code_point(text, i);
    if (u_isUWhiteSpace(static_cast<UChar32>(c)) && c != 0xA0) {
      if (out.empty() || out.back() != ' ') out += ' ';
    } else {
      append_utf8(is_unprintable(c) ? replacement : c, out);
    }
  }
  return out;
}

std::string printable_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = next_code_point(text, i);
    append_utf8(is_unprintable(c) && c != U'\n' ? replacement : c, out);
  }
  return out;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) next_code_point(text, i);
  return count;
}

}  // namespace dateline
