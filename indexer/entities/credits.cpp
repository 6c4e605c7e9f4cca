// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/credits.h"

#include <algorithm>
#include <array>

namespace dateline {
namespace {

/// Credits stand in lines shorter than this, or in brackets shorter than this.
constexpr std::size_t longest_credit = 100;

struct Line {
  std::string_view text;
  std::size_t begin = 0;  ///< where the name stands in it
  std::size_t end = 0;
};

/// What stands around the name on its line, no more of it than a credit has.
Line line_around(std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t earliest = begin > longest_credit ? begin - longest_credit : 0;
  std::size_t first = begin;
  while (first > earliest && text[first - 1] != '\n') --first;
  const std::size_t latest = std::min(text.size(), end + longest_credit);
  std::size_t last = end;
  while (last < latest && text[last] != '\n') ++last;
  return {text.substr(first, last - first), begin - first, end - first};
}

bool starts_with_dash(std::string_view rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return rest.starts_with('-') || rest.starts_with("\u2013") || rest.starts_with("\u2014");
}

/// "(Reuters) -", or "(CNN)" at the head of a line.
bool is_dateline_agency(const Line& line) {
  const bool bracketed = line.begin > 0 && line.text[line.begin - 1] == '(' &&
                         line.end < line.text.size() && line.text[line.end] == ')';
  return bracketed && (line.begin == 1 || starts_with_dash(line.text.substr(line.end + 1)));
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// "ClintonTrump": a capital in the middle of a word, not after "Mc" or "Mac".
bool is_glued_at(std::string_view text, std::size_t at) {
  if (at < 3 || !is_upper(text[at]) || !is_lower(text[at - 1])) return false;
  const std::string_view before = text.substr(0, at);
  return !before.ends_with("Mc") && !before.ends_with("Mac");
}

/// "Ann Lee Ann Marie LeeSenate talks go on Lee attacks bill MORE": from the glued word on.
bool is_link_text(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t longest_link = 400;
  constexpr std::string_view mark = " MORE";
  const std::size_t more =
      text.substr(0, std::min(text.size(), end + longest_link)).find(mark, end);
  if (more == std::string_view::npos) return false;
  const std::string_view between = text.substr(end, more - end);
  if (between.find('\n') != std::string_view::npos) return false;
  const std::size_t earliest = more > longest_link ? more - longest_link : 0;
  for (std::size_t at = end; at-- > std::max<std::size_t>(earliest, 1);)
    if (is_glued_at(text, at)) return true;
  return begin < end && end < text.size() && is_glued_at(text, end);
}

/// "(Marta Ekholm/Reuters)", in brackets or as a line of its own.
bool is_divided_credit(const Line& line) {
  const bool divided = (line.begin > 0 && line.text[line.begin - 1] == '/') ||
                       (line.end < line.text.size() && line.text[line.end] == '/');
  if (!divided) return false;
  const std::size_t open = line.text.rfind('(', line.begin);
  const std::size_t close = line.text.find(')', line.end);
  const bool in_brackets =
      open != std::string_view::npos && close != std::string_view::npos &&
      line.text.substr(open, line.begin - open).find(')') == std::string_view::npos;
  return in_brackets || (line.text.size() < longest_credit && !line.text.ends_with('.'));
}

/// "By Ida Holm", "Photo: Getty Images", "Source: Al Jazeera and news agencies".
bool is_credit_line(const Line& line) {
  constexpr std::array<std::string_view, 12> openings{
      "By ",     "BY ",     "Photo",       "PHOTO",         "Image: ",   "Credit",
      "Source:", "Picture", "Written by ", "Reporting by ", "Copyright", "\u00a9"};
  if (line.text.size() >= longest_credit || line.text.ends_with('.')) return false;
  return std::any_of(openings.begin(), openings.end(), [&](std::string_view opening) {
    return line.begin >= opening.size() && line.text.starts_with(opening);
  });
}

}  // namespace

bool is_credit(std::string_view text, std::size_t begin, std::size_t end) {
  const Line line = line_around(text, begin, end);
  if (is_link_text(text, begin, end)) return true;
  return is_dateline_agency(line) || is_divided_credit(line) || is_credit_line(line);
}

}  // namespace dateline
