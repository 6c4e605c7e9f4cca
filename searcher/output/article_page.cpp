// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/article_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::size_t widest_text = 80;

/// `text` as one paragraph. A word wider than a line stands alone on its own.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  const auto safe = printable(text);
  std::string_view rest = safe;
  while (!rest.empty()) {
    const auto word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    if (word.empty()) continue;
    if (lines.empty() || display_width(lines.back()) + 1 + display_width(word) > width) {
      lines.emplace_back(word);
    } else {
      lines.back() += fmt::format(" {}", word);
    }
  }
  return lines;
}

template <class Style>
void put_paragraph(std::string_view text, std::size_t width, Style&& style, std::string& out) {
  for (const auto& line : wrapped(text, width)) out += style(line) + '\n';
}

std::string facts_of(const Article& article) {
  std::vector<std::string> facts{
      article.source ? article.source.value : "source unknown",
      article.published ? format_timestamp(article.published.value) : std::string(undated_value)};
  if (article.authors) facts.push_back(fmt::format("{}", fmt::join(article.authors.value, ", ")));
  return fmt::format("{}", fmt::join(facts, " · "));
}

}  // namespace

std::string article_page(const Hit& hit, const Palette& palette, std::size_t width) {
  const auto columns = std::min(width, widest_text);
  const auto plain = [](const std::string& line) { return line; };
  const auto bold = [&](const std::string& line) { return palette.title(line); };
  const auto quiet = [&](const std::string& line) { return palette.quiet(line); };
  const auto& article = hit.article;

  std::string out = "\n";
  if (article.title) put_paragraph(article.title.value, columns, bold, out);
  put_paragraph(facts_of(article), columns, quiet, out);
  put_paragraph(fmt::format("{} · {}", hit.id, article.path), columns, quiet, out);
  if (article.url) put_paragraph(article.url.value, columns, quiet, out);
  if (article.deck) {
    out += '\n';
    put_paragraph(article.deck.value, columns, bold, out);
  }
  std::string_view rest = article.body;
  while (!rest.empty()) {
    const auto paragraph = rest.substr(0, rest.find("\n\n"));
    rest.remove_prefix(std::min(rest.size(), paragraph.size() + 2));
    out += '\n';
    put_paragraph(paragraph, columns, plain, out);
  }
  return out + '\n';
}

}  // namespace dateline
