// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/query_text.h"

#include <array>

#include "common/text/tokenizer.h"

namespace dateline {
namespace {

constexpr std::array<std::string_view, 5> wide_spaces{"\u00A0", "\xC2\x85", "\u202F", "\u205F",
                                                      "\u3000"};

}  // namespace

std::size_t space_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char c = text[at];
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  const auto rest = text.substr(at);
  for (const auto space : wide_spaces) {
    if (rest.starts_with(space)) return space.size();
  }
  if (rest.size() < 3 || !rest.starts_with("\xE2\x80")) return 0;
  const auto third = static_cast<unsigned char>(rest[2]);
  const bool general = third <= 0x8A || third == 0xA8 || third == 0xA9;
  return general ? 3 : 0;
}

QueryPart without_outer_space(QueryPart part) {
  std::size_t begin = 0;
  while (const auto space = space_at(part.text, begin)) begin += space;
  std::size_t end = begin;
  for (std::size_t at = begin; at < part.text.size();) {
    const auto space = space_at(part.text, at);
    at += space > 0 ? space : 1;
    if (space == 0) end = at;
  }
  return {part.text.substr(begin, end - begin), part.at + begin};
}

bool is_punctuation(std::string_view text) {
  if (text.find('*') != std::string_view::npos) return false;
  if (text.size() > 1 && text.front() == '~') return false;
  return !Tokenizer(text).next();
}

}  // namespace dateline
