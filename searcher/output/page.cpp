// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "common/text/unicode.h"
#include "searcher/output/records.h"

namespace dateline {
namespace {

constexpr std::size_t indent = 4;
constexpr std::size_t snippet_lines = 2;
constexpr std::size_t label_columns = 8;

/// Text with marked stretches, cut into words that wrap.
class MarkedText {
 public:
  MarkedText(std::string_view text, const Marks& marks, const Palette& palette)
      : palette_(palette) {
    std::size_t at = 0;
    for (const auto& [begin, end] : marks) {
      add(text.substr(at, begin - at), false);
      add(text.substr(begin, end - begin), true);
      at = end;
    }
    add(text.substr(at), false);
    flush();
  }

  /// Lines of at most `width` columns, indented; at most `lines` of them, "…" where cut.
  std::string wrapped(std::size_t width, std::size_t lines, bool bold) const {
    std::string out;
    std::size_t column = 0;
    std::size_t line = 1;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const auto& word = words_[i];
      const auto room = line == lines && i + 1 < words_.size() ? width - 1 : width;
      if (column > 0 && column + 1 + word.columns > room) {
        if (line == lines) {
          out += "…";
          break;
        }
        ++line;
        out += '\n' + std::string(indent, ' ');
        column = 0;
      }
      if (column > 0) {
        out += ' ';
        ++column;
      }
      out += bold ? word.bold : word.plain;
      column += word.columns;
    }
    return out;
  }

 private:
  struct Word {
    std::string plain;
    std::string bold;
    std::size_t columns = 0;
  };

  void add(std::string_view text, bool marked) {
    const auto safe = printable(text);
    std::string_view rest = safe;
    while (!rest.empty()) {
      const auto space = rest.find(' ');
      append(rest.substr(0, space), marked);
      if (space == std::string_view::npos) return;
      flush();
      rest.remove_prefix(space + 1);
    }
  }
  void append(std::string_view piece, bool marked) {
    if (piece.empty()) return;
    const bool with_stars = marked && !palette_.colour();
    const auto shown = with_stars ? fmt::format("*{}*", piece) : std::string(piece);
    current_.columns += display_width(shown);
    current_.plain += marked ? (with_stars ? shown : palette_.match(shown)) : shown;
    current_.bold += marked && !with_stars ? palette_.match(shown) : palette_.title(shown);
  }
  void flush() {
    if (current_.columns > 0) words_.push_back(std::move(current_));
    current_ = {};
  }

  const Palette& palette_;
  std::vector<Word> words_;
  Word current_;
};

template <class T>
std::string with_provenance(const std::string& text, const Sourced<T>& value) {
  return value.from == Provenance::given || value.from == Provenance::sidecar
             ? text
             : fmt::format("{} ({})", text, describe(value.from));
}

std::string facts_of(const Hit& hit) {
  const auto& a = hit.article;
  const auto source = a.source ? with_provenance(printable(a.source.value), a.source)
                               : std::string("source unknown");
  const auto date = a.published ? with_provenance(format_day(a.published.value.day), a.published)
                                : std::string(undated_value);
  return fmt::format("{} · {} · {}", source, date, printable(hit.id));
}

std::string hit_block(const Hit& hit, const Palette& palette, std::size_t width) {
  const auto title = shown_title(hit);
  const auto text_columns = width - indent;
  auto out = fmt::format("{:>2}. ", hit.rank);
  out += MarkedText(title.text, title.marks, palette).wrapped(text_columns, 2, !title.first_words);
  out += fmt::format("\n{}{}\n", std::string(indent, ' '),
                     palette.quiet(ellipsize(facts_of(hit), text_columns)));
  auto text = hit.snippet.text;
  auto marks = hit.snippet.marks;
  if (hit.snippet.cut_before) {
    constexpr std::string_view more = "… ";
    text.insert(0, more);
    for (auto& [begin, end] : marks) {
      begin += more.size();
      end += more.size();
    }
  }
  if (hit.snippet.cut_after) text += " …";
  if (!text.empty()) {
    out += std::string(indent, ' ') +
           MarkedText(text, marks, palette).wrapped(text_columns, snippet_lines, false) + '\n';
  }
  return out;
}

/// "facets", and which articles count as a name's.
std::string facets_heading(const SearchRequest& request, const Palette& palette,
                           std::size_t width) {
  constexpr std::string_view label = "facets";
  const std::string_view counted =
      request.filters.all_mentions
          ? "names count in every article that mentions them"
          : "names count in articles about them; --all-mentions: wherever named";
  return palette.heading(label) + "  " +
         palette.quiet(ellipsize(counted, width - label.size() - 2));
}

std::string heading(const SearchResult& result, const SearchRequest& request) {
  auto text = fmt::format("{} {}", result.total, result.total == 1 ? "article" : "articles");
  if (!request.query.empty()) text += fmt::format(" for {}", printable(request.query));
  if (result.hits.empty() || result.hits.size() == result.total) return text;
  return text + fmt::format(" ({} to {} shown)", result.hits.front().rank, result.hits.back().rank);
}

}  // namespace

std::string facet_lines(std::string_view label, const std::vector<FacetCount>& counts,
                        std::uint64_t all, const Palette& palette, std::size_t width) {
  const auto margin = indent + label_columns;
  std::string out(indent, ' ');
  out += palette.heading(label) +
         std::string(label.size() < label_columns ? label_columns - label.size() : 1, ' ');
  std::size_t column = margin;
  const auto put = [&](std::string_view text, std::size_t columns) {
    if (column > margin && column + 3 + columns > width) {
      out += '\n' + std::string(margin, ' ');
      column = margin;
    } else if (column > margin) {
      out += palette.quiet(" · ");
      column += 3;
    }
    out += text;
    column += columns;
  };
  for (const auto& c : counts) {
    const auto value = ellipsize(printable(c.value), 40);
    const auto count = std::to_string(c.articles);
    put(value + ' ' + palette.quiet(count), display_width(value) + 1 + count.size());
  }
  if (all > counts.size()) {
    const auto more = fmt::format("{} more", all - counts.size());
    put(palette.quiet(more), more.size());
  }
  if (counts.empty()) out += palette.quiet("none");
  return out + '\n';
}

std::string result_page(const SearchResult& result, const SearchRequest& request,
                        const Palette& palette, std::size_t width) {
  auto out = palette.heading(ellipsize(heading(result, request), width)) + '\n';
  for (const auto& hit : result.hits) out += '\n' + hit_block(hit, palette, width);
  if (request.facet_values == 0 || result.total == 0) return out;
  out += '\n' + facets_heading(request, palette, width) + '\n';
  const auto add = [&](Facet facet) {
    out += facet_lines(name_of(facet), result.facets.at(facet), result.facet_sizes.at(facet),
                       palette, width);
  };
  add(Facet::source);
  out += facet_lines("date", result.dates, result.dates.size(), palette, width);
  add(Facet::person);
  add(Facet::org);
  add(Facet::place);
  return out;
}

std::size_t page_snippet_columns(std::size_t width) {
  // The marks between asterisks and a last word that does not fit take a little.
  return (width - indent) * snippet_lines - 24;
}

}  // namespace dateline
