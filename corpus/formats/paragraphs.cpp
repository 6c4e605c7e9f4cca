// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/paragraphs.h"

#include <algorithm>
#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/metadata/names_of_people.h"

namespace dateline {
namespace {

constexpr std::size_t widest_wrapped_line = 100;  // columns, counted in characters
constexpr std::size_t narrowest_wrap = 40;
constexpr std::size_t wrap_slack = 6;
constexpr std::size_t usual_raggedness = 14;

struct TextLine {
  std::string_view text;  ///< without blanks at either end
  std::size_t indent = 0;
  std::size_t width = 0;         ///< in characters
  std::size_t blank_before = 0;  ///< blank lines above
};

/// Width in characters; beyond any wrapped line, bytes will do.
std::size_t width_of(std::string_view text) {
  return text.size() > 4 * widest_wrapped_line ? text.size() : count_characters(text);
}

std::vector<TextLine> lines_of(std::string_view clean) {
  std::vector<TextLine> lines;
  std::size_t blank = 0;
  while (!clean.empty()) {
    const auto end = std::min(clean.find('\n'), clean.size());
    const std::string_view raw = clean.substr(0, end);
    clean.remove_prefix(std::min(end + 1, clean.size()));
    const auto first = raw.find_first_not_of(' ');
    if (first == std::string_view::npos) {
      ++blank;
      continue;
    }
    const std::string_view text = raw.substr(first, raw.find_last_not_of(' ') - first + 1);
    lines.push_back({text, first, width_of(text), std::exchange(blank, 0)});
  }
  return lines;
}

/// Lines that others follow without a blank line: those that wrapping ends.
std::vector<std::size_t> widths_of_followed_lines(const std::vector<TextLine>& lines) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i)
    if (lines[i + 1].blank_before == 0) widths.push_back(lines[i].width);
  return widths;
}

/// The column at which the text is hard-wrapped: one that most followed lines nearly reach and
/// hardly any passes. 0 when it is not wrapped.
std::size_t wrap_column(const std::vector<TextLine>& lines) {
  const std::vector<std::size_t> widths = widths_of_followed_lines(lines);
  std::size_t column = 0;
  for (const std::size_t width : widths)
    if (width <= widest_wrapped_line) column = std::max(column, width);
  const auto count = std::ssize(widths);
  const auto wide = std::count_if(widths.begin(), widths.end(),
                                  [&](std::size_t width) { return width > column; });
  const auto full = std::count_if(widths.begin(), widths.end(), [&](std::size_t width) {
    return width <= column && width + usual_raggedness >= column;
  });
  const bool wrapped =
      column >= narrowest_wrap && wide * 10 <= count && full >= 2 && full * 5 >= count * 3;
  return wrapped ? column : 0;
}

/// Whether the line end between two neighbours is only where the column was full.
bool is_soft_break(const TextLine& above, const TextLine& below, std::size_t column) {
  if (column == 0 || below.blank_before > 0 || below.indent > above.indent + 1) return false;
  const std::size_t first_word =
      count_characters(below.text.substr(0, std::min(below.text.find(' '), below.text.size())));
  if (first_word > column / 2 || below.width > column + wrap_slack) return false;
  return above.width + 1 + first_word + wrap_slack > column;
}

bool is_rule(std::string_view line) {
  constexpr std::string_view rule_characters = "=-*_~#";
  return line.size() >= 2 && line.find_first_not_of("=-*_~# ") == std::string_view::npos &&
         rule_characters.find(line.front()) != std::string_view::npos;
}

void append_line(std::string& paragraph, std::string_view line) {
  const bool hyphenated = paragraph.size() >= 2 && paragraph.back() == '-' &&
                          paragraph[paragraph.size() - 2] != ' ' &&
                          paragraph[paragraph.size() - 2] != '-';
  if (!hyphenated) paragraph += ' ';
  paragraph += line;
}

/// Takes the mark of a Markdown heading off.
bool take_heading_mark(std::string& text) {
  const auto marks = text.find_first_not_of('#');
  if (marks == 0 || marks == std::string::npos || marks > 6 || text[marks] != ' ') return false;
  text.erase(0, marks + 1);
  return true;
}

}  // namespace

std::vector<Paragraph> split_paragraphs(std::string_view clean) {
  const std::vector<TextLine> lines = lines_of(clean);
  const std::size_t column = wrap_column(lines);
  std::vector<Paragraph> paragraphs;
  std::size_t blank_of_rules = 0;
  bool joinable = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const TextLine& line = lines[i];
    if (is_rule(line.text)) {
      const bool underlines = joinable && line.blank_before == 0 && line.text.size() >= 3 &&
                              (line.text.front() == '=' || line.text.front() == '-');
      if (underlines) paragraphs.back().heading = true;
      blank_of_rules += line.blank_before + (underlines ? 0 : 1);
      joinable = false;
      continue;
    }
    const bool byline = i == 1 && line.text.starts_with("By ") && is_byline(line.text);
    if (joinable && !byline && is_soft_break(lines[i - 1], line, column)) {
      append_line(paragraphs.back().text, single_line(line.text));
    } else {
      paragraphs.push_back({single_line(line.text),
                            line.blank_before + std::exchange(blank_of_rules, 0), false,
                            ParagraphKind::text});
      joinable = true;
    }
  }
  for (Paragraph& paragraph : paragraphs)
    if (take_heading_mark(paragraph.text)) paragraph.heading = true;
  return paragraphs;
}

std::string join_body(const std::vector<Paragraph>& paragraphs) {
  std::string body;
  for (const Paragraph& paragraph : paragraphs) {
    if (paragraph.kind != ParagraphKind::text) continue;
    if (!body.empty()) body += "\n\n";
    body += paragraph.text;
  }
  return body;
}

}  // namespace dateline
