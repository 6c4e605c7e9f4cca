// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/formats/xml/paragraph_builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "corpus/bytes/encoding.h"
#include "corpus/metadata/apply.h"

namespace dateline {
namespace {

enum class Role {
  inline_text,
  block,
  heading,
  caption,
  line_break,
  row,
  cell,
  preformatted,
  skipped
};

struct RoleRow {
  std::string_view element;
  Role role;
};

/// HTML's elements and NITF's, in order of their names.
constexpr RoleRow roles[] = {
    {"abstract", Role::block},
    {"address", Role::block},
    {"article", Role::block},
    {"aside", Role::block},
    {"audio", Role::skipped},
    {"block", Role::block},
    {"blockquote", Role::block},
    {"body", Role::block},
    {"body.content", Role::block},
    {"bq", Role::block},
    {"br", Role::line_break},
    {"button", Role::skipped},
    {"byline", Role::block},
    {"canvas", Role::skipped},
    {"caption", Role::caption},
    {"center", Role::block},
    {"credit", Role::block},
    {"dateline", Role::block},
    {"dd", Role::block},
    {"details", Role::block},
    {"div", Role::block},
    {"dl", Role::block},
    {"dt", Role::block},
    {"embed", Role::skipped},
    {"fieldset", Role::block},
    {"figcaption", Role::caption},
    {"figure", Role::block},
    {"fn", Role::block},
    {"footer", Role::skipped},
    {"form", Role::block},
    {"h1", Role::heading},
    {"h2", Role::heading},
    {"h3", Role::heading},
    {"h4", Role::heading},
    {"h5", Role::heading},
    {"h6", Role::heading},
    {"head", Role::skipped},
    {"header", Role::skipped},
    {"hedline", Role::block},
    {"hl1", Role::heading},
    {"hl2", Role::heading},
    {"hr", Role::block},
    {"iframe", Role::skipped},
    {"legend", Role::block},
    {"li", Role::block},
    {"main", Role::block},
    {"media", Role::skipped},
    {"nav", Role::skipped},
    {"nitf-table", Role::block},
    {"noframes", Role::skipped},
    {"noscript", Role::skipped},
    {"object", Role::skipped},
    {"ol", Role::block},
    {"p", Role::block},
    {"para", Role::block},
    {"pre", Role::preformatted},
    {"script", Role::skipped},
    {"section", Role::block},
    {"select", Role::skipped},
    {"style", Role::skipped},
    {"summary", Role::block},
    {"svg", Role::skipped},
    {"table", Role::block},
    {"tbody", Role::block},
    {"td", Role::cell},
    {"template", Role::skipped},
    {"textarea", Role::skipped},
    {"tfoot", Role::block},
    {"th", Role::cell},
    {"thead", Role::block},
    {"title", Role::block},
    {"tr", Role::row},
    {"ul", Role::block},
    {"video", Role::skipped},
};

constexpr bool in_order() {
  return std::is_sorted(std::begin(roles), std::end(roles),
                        [](const RoleRow& a, const RoleRow& b) { return a.element < b.element; });
}
static_assert(in_order());

Role role_of(std::string_view element) {
  const auto row =
      std::lower_bound(std::begin(roles), std::end(roles), element,
                       [](const RoleRow& r, std::string_view name) { return r.element < name; });
  return row != std::end(roles) && row->element == element ? row->role : Role::inline_text;
}

constexpr std::size_t longest_cell = 80;  // bytes; a longer one is text that a table lays out
constexpr std::string_view between_cells = " | ";

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  lines.push_back(text);
  return lines;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::vector<std::string> between_blank_lines(std::string_view text) {
  std::vector<std::string> parts(1);
  for (const std::string_view line : lines_of(text)) {
    if (is_blank(line)) {
      if (!parts.back().empty()) parts.emplace_back();
      continue;
    }
    if (!parts.back().empty()) parts.back() += '\n';
    parts.back() += line;
  }
  return parts;
}

/// Whether line breaks are those of a page's width, as older wires put them within paragraphs.
bool is_wrapped(std::string_view text) {
  constexpr std::size_t narrowest = 45, widest = 90;  // bytes
  const std::vector<std::string_view> lines = lines_of(text);
  return std::all_of(lines.begin(), lines.end() - 1, [](std::string_view line) {
    return line.size() >= narrowest && line.size() <= widest;
  });
}

/// Stands for a line end of the markup itself, until it is known to be no more than a blank.
constexpr char source_line_end = '\r';

std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
}

/// Whether a text is set in columns, as agencies send results.
bool is_tabular(std::string_view text) {
  constexpr std::ptrdiff_t fewest_lines = 4;
  const std::vector<std::string_view> lines = lines_of(text);
  const auto in_columns = std::count_if(lines.begin(), lines.end(), [](std::string_view line) {
    return trimmed(line).find("  ") != std::string_view::npos;
  });
  return in_columns >= fewest_lines && in_columns * 2 > std::ssize(lines);
}

void lower(std::size_t& depth) {
  if (depth > 0) --depth;
}

}  // namespace

void ParagraphBuilder::open(std::string_view element) {
  const Role role = role_of(element);
  if (role == Role::inline_text) return;
  if (skipped_ > 0 || role == Role::skipped) {
    skipped_ += role == Role::skipped;
    return;
  }
  if (role == Role::line_break) {
    current_ += '\n';
    return;
  }
  end_paragraph();
  headings_ += role == Role::heading;
  captions_ += role == Role::caption;
  preformatted_ += role == Role::preformatted;
  if (role == Role::row) rows_.push_back(done_.size());
}

void ParagraphBuilder::close(std::string_view element) {
  const Role role = role_of(element);
  if (role == Role::skipped) lower(skipped_);
  if (role == Role::inline_text || role == Role::line_break || role == Role::skipped ||
      skipped_ > 0)
    return;
  end_paragraph();
  if (role == Role::heading) lower(headings_);
  if (role == Role::caption) lower(captions_);
  if (role == Role::preformatted) lower(preformatted_);
  if (role == Role::row) close_row();
}

void ParagraphBuilder::text(std::string_view utf8) {
  if (skipped_ > 0) return;
  const auto at = current_.size();
  current_ += utf8;
  if (keep_line_ends_ || preformatted_ > 0) return;
  const auto from = current_.begin() + static_cast<std::ptrdiff_t>(at);
  std::replace_if(
      from, current_.end(), [](char c) { return c == '\r' || c == '\t'; }, ' ');
  std::replace(from, current_.end(), '\n', source_line_end);
}

std::vector<Paragraph> ParagraphBuilder::take() {
  end_paragraph();
  rows_.clear();
  return std::exchange(done_, {});
}

void ParagraphBuilder::put(Paragraph&& paragraph) {
  if (paragraph.text.empty()) return;
  paragraph.blank_before = 1;
  if (captions_ > 0) paragraph.kind = ParagraphKind::caption;
  done_.push_back(std::move(paragraph));
}

bool ParagraphBuilder::put_table(std::string lines) {
  if (keep_line_ends_ || lines.find(source_line_end) == std::string::npos) return false;
  std::replace(lines.begin(), lines.end(), source_line_end, '\n');
  if (!is_tabular(lines)) return false;
  for (const std::string_view line : lines_of(lines))
    if (!fold_words(line).empty()) put({tidy_value(line), 1, false, ParagraphKind::text});
  return true;
}

void ParagraphBuilder::end_paragraph() {
  if (current_.find_first_not_of(" \t\r\n") == std::string::npos) {
    current_.clear();
    return;
  }
  std::string text = std::exchange(current_, {});
  if (put_table(text)) return;
  std::replace(text.begin(), text.end(), source_line_end, ' ');
  if (headings_ > 0 || text.find('\n') == std::string::npos) {
    put({tidy_value(text), 1, headings_ > 0, ParagraphKind::text});
    return;
  }
  const bool own_lines = keep_line_ends_ || preformatted_ > 0;
  for (const std::string& part : own_lines ? std::vector{text} : between_blank_lines(text)) {
    if (!own_lines && is_wrapped(part))
      put({tidy_value(part), 1, false, ParagraphKind::text});
    else
      for (Paragraph& paragraph : split_paragraphs(clean_text(part))) put(std::move(paragraph));
  }
}

void ParagraphBuilder::close_row() {
  if (rows_.empty()) return;
  const auto first =
      done_.begin() + static_cast<std::ptrdiff_t>(std::min(rows_.back(), done_.size()));
  rows_.pop_back();
  const bool cells = std::all_of(first, done_.end(), [](const Paragraph& p) {
    return p.text.size() <= longest_cell && p.kind == ParagraphKind::text;
  });
  if (!cells || done_.end() - first < 2) return;
  for (auto cell = first + 1; cell != done_.end(); ++cell) {
    first->text += between_cells;
    first->text += cell->text;
  }
  done_.erase(first + 1, done_.end());
}

}  // namespace dateline
