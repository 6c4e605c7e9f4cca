// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/sentences.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "common/text/unicode.h"

namespace dateline {
namespace {

/// Words that take a stop and stand before a capital, in small letters and byte order.
constexpr std::array<std::string_view, 57> abbreviations{
    "adm",  "al",  "apr", "assn", "aug",  "ave",  "bros", "capt", "cmdr",   "co",  "col", "corp",
    "cpl",  "ct",  "dec", "dept", "det",  "dist", "dr",   "etc",  "feb",    "fr",  "ft",  "gen",
    "gov",  "hon", "inc", "jan",  "jr",   "lt",   "ltd",  "maj",  "messrs", "mr",  "mrs", "ms",
    "mt",   "no",  "nos", "nov",  "oct",  "pp",   "prof", "rep",  "reps",   "rev", "sen", "sens",
    "sept", "sgt", "sr",  "st",   "supt", "univ", "viz",  "vol",  "vs"};
static_assert(std::ranges::is_sorted(abbreviations));

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The full stops of East Asian writing need no space behind them.
bool is_wide_stop(char32_t c) { return c == U'。' || c == U'！' || c == U'？'; }

bool is_closing(char32_t c) {
  return c == U'"' || c == U'\'' || c == U')' || c == U']' || c == U'”' || c == U'’' || c == U'»' ||
         c == U'」' || c == U'』';
}

/// Whether the stop at `stop` belongs to the word before it.
bool is_abbreviation_stop(std::string_view text, std::size_t stop) {
  auto begin = stop;
  while (begin > 0 && is_ascii_letter(text[begin - 1])) --begin;
  const auto word = text.substr(begin, stop - begin);
  if (word.empty()) return false;
  const bool starts_fresh = begin == 0 || is_space(text[begin - 1]) || text[begin - 1] == '.' ||
                            text[begin - 1] == '(' || text[begin - 1] == '"';
  if (word.size() == 1) return starts_fresh && word.front() <= 'Z';  // an initial
  constexpr std::size_t longest = 6;
  return word.size() <= longest && std::ranges::binary_search(abbreviations, lower_case(word));
}

/// Behind a stop and what closes with it, the next sentence's first byte; 0 if the sentence goes
/// on.
std::size_t next_sentence(std::string_view text, std::size_t behind_stop, bool wide) {
  auto at = behind_stop;
  while (at < text.size()) {
    auto after = at;
    if (!is_closing(next_code_point(text, after))) break;
    at = after;
  }
  const auto gap = at;
  while (at < text.size() && is_space(text[at])) ++at;
  if (at == text.size() || (at == gap && !wide)) return 0;
  auto after = at;
  return u_islower(static_cast<UChar32>(next_code_point(text, after))) ? 0 : at;
}

std::size_t first_character(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

void add(std::vector<std::size_t>& starts, std::string_view text, std::size_t at) {
  if (at < text.size() && (starts.empty() || starts.back() < at)) starts.push_back(at);
}

}  // namespace

std::vector<std::size_t> sentence_starts(std::string_view text) {
  std::vector<std::size_t> starts;
  add(starts, text, first_character(text, 0));
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      ++at;
      if (c == '\n' && at < text.size() && text[at] == '\n') {
        add(starts, text, first_character(text, at));
      } else if (c == '!' || c == '?' || (c == '.' && !is_abbreviation_stop(text, at - 1))) {
        if (const auto next = next_sentence(text, at, false); next > 0) add(starts, text, next);
      }
    } else if (is_wide_stop(next_code_point(text, at))) {
      if (const auto next = next_sentence(text, at, true); next > 0) add(starts, text, next);
    }
  }
  return starts;
}

std::vector<std::size_t> paragraph_starts(std::string_view text) {
  std::vector<std::size_t> starts;
  add(starts, text, first_character(text, 0));
  constexpr std::string_view blank_line = "\n\n";
  for (auto at = text.find(blank_line); at != std::string_view::npos;
       at = text.find(blank_line, at + 1)) {
    add(starts, text, first_character(text, at));
  }
  return starts;
}

}  // namespace dateline
