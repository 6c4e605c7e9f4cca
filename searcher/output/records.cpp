// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::size_t title_columns = 100;

Json text_or_null(const Sourced<std::string>& value) {
  return value ? Json(value.value) : Json(nullptr);
}

Json provenance_json(const Article& article, const ShownTitle& title) {
  auto provenance = Json::object();
  const auto add = [&](const char* field, const auto& value) {
    if (value) provenance[field] = describe(value.from);
  };
  if (title.first_words) {
    provenance["title"] = "first words";
  } else {
    add("title", article.title);
  }
  add("source", article.source);
  add("date", article.published);
  add("authors", article.authors);
  add("language", article.language);
  return provenance;
}

/// Marks as pairs of code point offsets, for readers that do not count in bytes.
Json marks_json(const std::string& text, const Marks& marks) {
  auto list = Json::array();
  const std::string_view view = text;
  for (const auto& [begin, end] : marks) {
    const auto first = count_code_points(view.substr(0, begin));
    list.push_back({first, first + count_code_points(view.substr(begin, end - begin))});
  }
  return list;
}

/// Four decimals: the rest is noise, and this way two machines print the same.
double rounded(float score) { return std::round(static_cast<double>(score) * 1e4) / 1e4; }

Json hit_json(const Hit& hit) {
  const auto& article = hit.article;
  const auto title = shown_title(hit);
  Json j = {
      {"rank", hit.rank},
      {"id", hit.id},
      {"title", title.text},
      {"source", text_or_null(article.source)},
      {"date", article.published ? Json(format_day(article.published.value.day)) : Json(nullptr)},
      {"published",
       article.published ? Json(format_timestamp(article.published.value)) : Json(nullptr)},
      {"score", rounded(hit.score)},
      {"snippet", hit.snippet.text},
      {"marks", marks_json(hit.snippet.text, hit.snippet.marks)},
      {"path", article.path},
      {"record", article.record},
      {"deck", text_or_null(article.deck)},
      {"authors", article.authors.value},
      {"topics", article.topics.value},
      {"language", text_or_null(article.language)},
      {"url", text_or_null(article.url)},
      {"provenance", provenance_json(article, title)},
  };
  return j;
}

Json counts_json(const std::vector<FacetCount>& counts) {
  auto list = Json::array();
  for (const auto& c : counts) list.push_back({{"value", c.value}, {"count", c.articles}});
  return list;
}

std::string cell(std::string_view text) { return printable(text); }

}  // namespace

ShownTitle shown_title(const Hit& hit) {
  if (hit.article.title) return {hit.article.title.value, hit.title_marks, false};
  const auto& text = hit.article.deck ? hit.article.deck.value : hit.article.body;
  return {ellipsize(printable(text.substr(0, 4 * title_columns)), title_columns), {}, true};
}

Json result_json(const SearchResult& result, const SearchRequest& request) {
  Json j = {{"query", request.query},
            {"generation", result.generation},
            {"total", result.total},
            {"all_mentions", request.filters.all_mentions}};
  auto& hits = j["hits"] = Json::array();
  for (const auto& hit : result.hits) hits.push_back(hit_json(hit));
  if (request.facet_values > 0) {
    auto& facets = j["facets"] = Json::object();
    auto& sizes = j["facet_sizes"] = Json::object();
    facets["source"] = counts_json(result.facets.at(Facet::source));
    facets["date"] = counts_json(result.dates);
    for (const auto facet : {Facet::person, Facet::org, Facet::place}) {
      facets[std::string(name_of(facet))] = counts_json(result.facets.at(facet));
    }
    for (const auto& [facet, size] : result.facet_sizes) sizes[std::string(name_of(facet))] = size;
  }
  j["notes"] = result.notes;
  return j;
}

std::string result_tsv(const SearchResult& result, const std::string& query_id) {
  std::string out;
  const auto prefix = query_id.empty() ? std::string() : cell(query_id) + '\t';
  for (const auto& hit : result.hits) {
    const auto& a = hit.article;
    out += fmt::format("{}{}\t{:.4f}\t{}\t{}\t{}\t{}\t{}\n", prefix, hit.rank, hit.score,
                       a.published ? format_day(a.published.value.day) : "", cell(a.source.value),
                       cell(hit.id), cell(shown_title(hit).text), cell(a.path));
  }
  return out;
}

std::string result_trec(const SearchResult& result, const std::string& query_id) {
  const auto word = [](std::string_view text) {
    auto safe = printable(text);
    std::ranges::replace(safe, ' ', '_');
    return safe;
  };
  std::string out;
  for (const auto& hit : result.hits) {
    out += fmt::format("{} Q0 {} {} {:.4f} dateline\n", word(query_id), word(hit.id), hit.rank,
                       hit.score);
  }
  return out;
}

}  // namespace dateline
