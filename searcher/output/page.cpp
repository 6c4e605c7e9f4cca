// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

#include "common/text/unicode.h"
#include "searcher/output/fields.h"
#include "searcher/output/histogram.h"
#include "searcher/output/marked_text.h"

namespace dateline {
namespace {

constexpr std::size_t indent = 4;
constexpr std::size_t snippet_lines = 2;
constexpr std::size_t label_columns = 8;
constexpr std::size_t value_columns = 40;

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

std::string joined(const std::vector<std::string>& lines) {
  return fmt::format("{}", fmt::join(lines, '\n' + std::string(indent, ' ')));
}

constexpr std::size_t all_lines = std::numeric_limits<std::size_t>::max();

/// The parts of a page that show articles.
class HitPrinter {
 public:
  HitPrinter(const SearchResult& result, const Palette& palette, std::size_t width,
             const PageOptions& options)
      : result_(result), palette_(palette), width_(width), options_(options) {}

  /// `mark`: what stands before the title, in `indent` columns.
  std::string block(const Hit& hit, const std::string& mark) const {
    if (!options_.fields.empty()) return mark + field_lines(hit);
    auto out = mark + title(hit) + '\n' + quiet_line(facts_of(hit));
    if (!hit.entities.empty()) out += quiet_line(entities_of(hit));
    out += options_.full ? whole_text(hit) : snippet(hit);
    return out + score_lines(hit);
  }

  std::string whole_text(const Hit& hit) const {
    std::string out;
    std::string_view rest = hit.article.body;
    while (!rest.empty()) {
      const auto paragraph = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), paragraph.size() + 1));
      out += paragraph.empty() ? "\n" : indented(paragraph, {}, all_lines);
    }
    return out.empty() ? out : '\n' + out;
  }

  std::string title(const Hit& hit) const {
    const auto shown = shown_title(hit);
    auto lines = MarkedText(shown.text, shown.marks, palette_).lines(room(), 2, !shown.first_words);
    const auto address = options_.links ? article_address(hit.article) : std::string();
    if (!address.empty()) {
      for (auto& line : lines) line = hyperlink(line, address);
    }
    return joined(lines);
  }

  std::string quiet_line(const std::string& text) const {
    return std::string(indent, ' ') + palette_.quiet(ellipsize(text, room())) + '\n';
  }

 private:
  std::size_t room() const { return width_ - indent; }

  std::string indented(std::string_view text, const Marks& marks, std::size_t lines) const {
    return std::string(indent, ' ') +
           joined(MarkedText(text, marks, palette_).lines(room(), lines, false)) + '\n';
  }

  static std::string entities_of(const Hit& hit) {
    std::string text;
    for (const auto& entity : hit.entities) {
      if (!text.empty()) text += " · ";
      text += printable(entity.name);
    }
    return text;
  }

  std::string snippet(const Hit& hit) const {
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
    return text.empty() ? text : indented(text, marks, snippet_lines);
  }

  std::string field_lines(const Hit& hit) const {
    std::vector<std::string> lines;
    for (const auto& field : options_.fields) {
      const auto text =
          fmt::format("{}: {}", field, cell_text(field_value(field, hit, result_.generation)));
      for (auto& line : MarkedText(text, {}, palette_).lines(room(), all_lines, false)) {
        lines.push_back(std::move(line));
      }
    }
    return joined(lines) + '\n' + (options_.full ? whole_text(hit) : std::string());
  }

  /// SearchRequest::explain
  std::string score_lines(const Hit& hit) const {
    if (hit.score_parts.empty()) return {};
    auto text = fmt::format("score {:.2f} =", hit.score);
    for (const auto& part : hit.score_parts) {
      text += fmt::format("{} {} {:.2f}", text.back() == '=' ? "" : " +", printable(part.what),
                          part.score);
    }
    return indented(text, {}, all_lines);
  }

  const SearchResult& result_;
  const Palette& palette_;
  std::size_t width_;
  const PageOptions& options_;
};

/// Characters besides letters and digits that stand for themselves in an address, and in a path.
constexpr std::string_view url_marks = "-._~:/?#[]@!$&'()*+,;=%";
constexpr std::string_view path_marks = "-._~/!$&'()*+,;=:@";

std::string percent_encoded(std::string_view text, std::string_view marks) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || marks.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
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

std::string articles_text(std::uint64_t count) {
  return fmt::format("{} {}", count, count == 1 ? "article" : "articles");
}

std::string heading(const SearchResult& result, const SearchRequest& request) {
  auto text = articles_text(result.total);
  if (!result.total_is_exact) text = "at least " + text;
  if (!request.query.empty()) text += fmt::format(" for {}", printable(request.query));
  if (!request.like_id.empty()) text += fmt::format(" like {}", printable(request.like_id));
  if (!request.like_text.empty()) text += " like the text";
  if (result.hits.empty() || result.hits.size() == result.total) return text;
  return text + fmt::format(" ({} to {} shown)", result.hits.front().rank, result.hits.back().rank);
}

/// What to try where nothing matches.
std::string advice_section(const SearchResult& result, const Palette& palette, std::size_t width,
                           const PageOptions& options) {
  const auto& advice = result.advice;
  std::string out;
  if (!advice.spelling.empty()) {
    const auto found = fmt::format("{} {}", advice.spelling_total,
                                   advice.spelling_total == 1 ? "article" : "articles");
    const auto room = width - std::min(width, found.size() + 17);
    out += fmt::format("\nDid you mean: {} ({})\n",
                       palette.title(ellipsize(printable(advice.spelling), room)), found);
  }
  if (!advice.costliest_filter.empty()) {
    out += '\n' +
           ellipsize(fmt::format("without {}: {}", printable(advice.costliest_filter),
                                 articles_text(advice.without_it)),
                     width) +
           '\n';
  }
  if (advice.partial_total == 0) return out;
  out += fmt::format(
      "\nNo article has all the words. {} some of them:\n",
      advice.partial_total == 1 ? "1 has" : fmt::format("{} have", advice.partial_total));
  const HitPrinter printer(result, palette, width, options);
  for (const auto& hit : advice.partial) out += '\n' + printer.block(hit, " ~  ");
  return out;
}

/// How the query was understood.
std::string explanation_section(const Explanation& explanation, const Palette& palette,
                                std::size_t width) {
  const auto wrapped = [&](const std::string& text) {
    const auto lines = MarkedText(text, {}, palette).lines(width - indent, all_lines, false);
    return std::string(indent, ' ') + joined(lines) + '\n';
  };
  auto out = '\n' + palette.heading("the query as it was understood") + '\n';
  out += wrapped(explanation.query.empty() ? "every article" : explanation.query);
  for (const auto& word : explanation.words) {
    auto text =
        fmt::format("{}: {}, weight {:.2f}", word.word, articles_text(word.articles), word.weight);
    for (std::size_t i = 0; i < word.terms.size(); ++i) {
      const auto& term = word.terms[i];
      text += fmt::format("{}{} {}", i == 0 ? "; " : ", ", term.term, term.articles);
    }
    out += wrapped(text);
  }
  return out;
}

/// "12 more": how many values are not listed, as far as it was counted.
std::string unlisted(const FacetResult& facet) {
  if (facet.size) return more_than(facet.values.size(), *facet.size);
  return facet.more ? "more" : "";
}

std::string facet_section(const SearchResult& result, const SearchRequest& request,
                          const Palette& palette, std::size_t width, const PageOptions& options) {
  auto out = '\n' + facets_heading(request, palette, width) + '\n';
  for (const auto& facet : result.facets) {
    const auto label = name_of(facet.asked.facet);
    if (facet.asked.facet != Facet::date || facet.values.empty()) {
      out += facet_lines(label, facet.values, unlisted(facet), palette, width);
      continue;
    }
    out += std::string(indent, ' ') + palette.heading(label) +
           std::string(label_columns - label.size(), ' ') +
           date_histogram(facet, palette, indent + label_columns, width, options.utf8);
  }
  return out;
}

}  // namespace

std::string more_than(std::size_t listed, std::uint64_t all) {
  return all > listed ? fmt::format("{} more", all - listed) : "";
}

std::string facet_lines(std::string_view label, const std::vector<FacetCount>& counts,
                        std::string_view more, const Palette& palette, std::size_t width) {
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
    const auto count = std::to_string(c.articles);
    const auto room = width - margin - count.size() - std::string_view("[] ").size();
    const auto name = ellipsize(printable(c.value), std::min(value_columns, room));
    const auto value = c.selected ? '[' + name + ']' : name;
    put(value + ' ' + palette.quiet(count), display_width(value) + 1 + count.size());
  }
  if (!more.empty()) put(palette.quiet(more), more.size());
  if (counts.empty()) out += palette.quiet("none");
  return out + '\n';
}

std::string result_page(const SearchResult& result, const SearchRequest& request,
                        const Palette& palette, std::size_t width, const PageOptions& options) {
  auto out = palette.heading(ellipsize(heading(result, request), width)) + '\n';
  const HitPrinter printer(result, palette, width, options);
  for (const auto& hit : result.hits) {
    out += '\n' + printer.block(hit, fmt::format("{:>2}. ", hit.rank));
  }
  if (result.total == 0) out += advice_section(result, palette, width, options);
  if (!result.facets.empty() && result.total > 0) {
    out += facet_section(result, request, palette, width, options);
  }
  if (request.explain) out += explanation_section(result.explanation, palette, width);
  return out;
}

std::size_t page_snippet_columns(std::size_t width) {
  // The marks between asterisks and a last word that does not fit take a little.
  return (width - indent) * snippet_lines - 24;
}

bool has_web_address(const Article& article) {
  const auto& url = article.url.value;
  constexpr std::size_t longest = 2'000;  // what terminals and browsers agree on
  if (!url.starts_with("http://") && !url.starts_with("https://")) return false;
  for (std::size_t at = 0; at < url.size();) {
    const auto c = next_code_point(url, at);
    if (is_unprintable(c) || c == U'\uFFFD' || c == U' ') return false;
  }
  return url.size() <= longest;
}

std::string article_address(const Article& article) {
  if (has_web_address(article)) return percent_encoded(article.url.value, url_marks);
  return article.path.starts_with('/') ? "file://" + percent_encoded(article.path, path_marks) : "";
}

}  // namespace dateline
