// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"
#include "searcher/query/syntax.h"

namespace dateline {
namespace {

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The part of a long query around `at`, and the column of `at` in it.
std::pair<std::string, std::size_t> excerpt_around(std::string_view text, std::size_t at) {
  constexpr std::size_t context = 60;
  std::size_t begin = at > context ? at - context : 0;
  while (begin > 0 && continues_character(text[begin])) --begin;
  std::string excerpt = begin > 0 ? "…" : "";
  excerpt += printable_text(text.substr(begin, at - begin));
  const auto column = display_width(excerpt);
  excerpt += prefix_of_width(printable_text(text.substr(at)), context);
  return {excerpt, column};
}

}  // namespace

void refuse_query(std::string_view query, std::size_t at, const std::string& cause,
                  const std::string& remedy) {
  std::string on_one_line(query);
  std::ranges::replace_if(
      on_one_line, [](char c) { return c >= '\t' && c <= '\r'; }, ' ');
  const auto [excerpt, column] = excerpt_around(on_one_line, std::min(at, query.size()));
  throw Error(ExitCode::usage,
              fmt::format("{}\n  {}\n  {}^", cause, excerpt, std::string(column, ' ')), remedy);
}

}  // namespace dateline
