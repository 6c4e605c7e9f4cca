// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/marked_text.h"

#include <fmt/format.h>

#include <utility>

#include "common/text/unicode.h"

namespace dateline {
namespace {

/// Longer words are cut into pieces between which a line may end.
constexpr std::size_t longest_word = 30;
constexpr std::size_t piece_columns = 6;

}  // namespace

MarkedText::MarkedText(std::string_view text, const Marks& marks, const Palette& palette)
    : palette_(palette) {
  std::size_t at = 0;
  for (const auto& [begin, end] : marks) {
    add(text.substr(at, begin - at), false);
    add(text.substr(begin, end - begin), true);
    at = end;
  }
  add(text.substr(at), false);
  flush(false);
}

std::vector<std::string> MarkedText::lines(std::size_t width, std::size_t lines, bool bold) const {
  std::vector<std::string> out(1);
  std::size_t column = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const auto& word = words_[i];
    const auto room = out.size() == lines && i + 1 < words_.size() ? width - 1 : width;
    const std::size_t space = column > 0 && !word.glued ? 1 : 0;
    if (column > 0 && column + space + word.columns > room) {
      if (out.size() == lines) {
        out.back() += "…";
        break;
      }
      out.emplace_back();
      column = 0;
    }
    if (column > 0 && space > 0) {
      out.back() += ' ';
      ++column;
    }
    out.back() += bold ? word.bold : word.plain;
    column += word.columns;
  }
  return out;
}

void MarkedText::add(std::string_view text, bool marked) {
  const auto safe = printable(text);
  std::string_view rest = safe;
  while (!rest.empty()) {
    const auto space = rest.find(' ');
    append(rest.substr(0, space), marked);
    if (space == std::string_view::npos) return;
    flush(false);
    rest.remove_prefix(space + 1);
  }
}

void MarkedText::append(std::string_view piece, bool marked) {
  if (!marked && display_width(piece) > longest_word) {
    for (auto head = prefix_of_width(piece, piece_columns); head.size() < piece.size();
         head = prefix_of_width(piece, piece_columns)) {
      put(head, marked);
      flush(true);
      piece.remove_prefix(head.size());
    }
  }
  put(piece, marked);
}

void MarkedText::put(std::string_view piece, bool marked) {
  if (piece.empty()) return;
  const bool with_stars = marked && !palette_.colour();
  const auto shown = with_stars ? fmt::format("*{}*", piece) : std::string(piece);
  current_.columns += display_width(shown);
  current_.plain += marked ? (with_stars ? shown : palette_.match(shown)) : shown;
  current_.bold += marked && !with_stars ? palette_.match(shown) : palette_.title(shown);
}

void MarkedText::flush(bool glued) {
  if (current_.columns > 0) words_.push_back(std::move(current_));
  current_ = {};
  current_.glued = glued;
}

}  // namespace dateline
