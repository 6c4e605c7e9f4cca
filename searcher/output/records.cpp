// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/records.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "common/text/cells.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

using Strings = std::vector<std::string>;

const Strings json_fields{"rank",    "id",      "title",    "source", "date",     "published",
                          "score",   "snippet", "marks",    "path",   "record",   "deck",
                          "authors", "topics",  "language", "url",    "entities", "provenance"};
const Strings column_fields{"rank", "score", "date", "source", "id", "title", "path"};

bool is_json(OutputFormat format) {
  return format == OutputFormat::json || format == OutputFormat::jsonl;
}

Strings fields_of(const SearchRequest& request, const OutputOptions& output) {
  auto fields = output.fields;
  if (fields.empty()) {
    fields = is_json(output.format) ? json_fields : column_fields;
    if (output.format == OutputFormat::jsonl) fields.emplace_back("generation");
    if (request.explain) fields.emplace_back("score_parts");
  }
  if (output.full && std::ranges::find(fields, "text") == fields.end()) {
    fields.emplace_back("text");
  }
  return fields;
}

Json hit_json(const Hit& hit, std::uint64_t generation, const Strings& fields) {
  auto j = Json::object();
  for (const auto& field : fields) j[field] = field_value(field, hit, generation);
  return j;
}

Json hits_json(const std::vector<Hit>& hits, std::uint64_t generation, const Strings& fields) {
  auto list = Json::array();
  for (const auto& hit : hits) list.push_back(hit_json(hit, generation, fields));
  return list;
}

Json count_json(const FacetCount& count, FacetOrder order) {
  Json j = {{"value", count.value}, {"count", count.articles}};
  if (order == FacetOrder::significance) {
    j["significance"] = std::round(count.significance * 1e4) / 1e4;
  }
  if (count.selected) j["selected"] = true;
  return j;
}

void add_facets(const SearchResult& result, FacetOrder order, Json& j) {
  auto& facets = j["facets"] = Json::object();
  for (const auto& facet : result.facets) {
    const std::string name(name_of(facet.asked.facet));
    auto& list = facets[name] = Json::array();
    for (const auto& count : facet.values) list.push_back(count_json(count, order));
    if (facet.size) j["facet_sizes"][name] = *facet.size;
  }
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json advice_json(const SearchResult& result, const Strings& fields) {
  const auto& advice = result.advice;
  return {{"spelling", text_or_null(advice.spelling)},
          {"spelling_total", advice.spelling_total},
          {"costliest_filter", text_or_null(advice.costliest_filter)},
          {"without_it", advice.without_it},
          {"partial_total", advice.partial_total},
          {"partial", hits_json(advice.partial, result.generation, fields)}};
}

Json explanation_json(const Explanation& explanation) {
  auto words = Json::array();
  for (const auto& word : explanation.words) {
    auto terms = Json::array();
    for (const auto& term : word.terms) {
      terms.push_back({{"term", term.term}, {"articles", term.articles}});
    }
    words.push_back({{"word", word.word},
                     {"articles", word.articles},
                     {"weight", std::round(word.weight * 1e4) / 1e4},
                     {"terms", terms}});
  }
  return {{"query", explanation.query}, {"words", words}};
}

/// One line of columns, each value made fit for them.
class ColumnLine {
 public:
  explicit ColumnLine(const OutputOptions& output)
      : csv_(output.format == OutputFormat::csv), raw_(output.raw_cells) {}

  /// What articles say, rather than numbers and our own words.
  ColumnLine& add_text(const std::string& text) {
    return add(raw_ ? text : spreadsheet_text(text));
  }

  ColumnLine& add(std::string_view text) {
    if (!first_) line_ += csv_ ? ',' : '\t';
    first_ = false;
    line_ += csv_ ? quoted(text) : std::string(text);
    return *this;
  }
  std::string ended() const { return line_ + '\n'; }

 private:
  /// RFC 4180.
  static std::string quoted(std::string_view text) {
    if (text.find_first_of("\",\n\r") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"') out += '"';
      out += c;
    }
    return out + '"';
  }

  bool csv_, raw_;
  bool first_ = true;
  std::string line_;
};

ColumnLine line_for(const OutputOptions& output, const std::string& query_id) {
  ColumnLine line(output);
  if (!query_id.empty()) line.add(printable(query_id));
  return line;
}

std::string hit_lines(const SearchResult& result, const SearchRequest& request,
                      const OutputOptions& output, const std::string& query_id) {
  const auto fields = fields_of(request, output);
  std::string out;
  for (const auto& hit : result.hits) {
    auto line = line_for(output, query_id);
    for (const auto& field : fields) {
      const auto value = field_value(field, hit, result.generation);
      if (value.is_number()) {
        line.add(cell_text(value));
      } else {
        line.add_text(cell_text(value));
      }
    }
    out += line.ended();
  }
  return out;
}

std::string facet_lines(const SearchResult& result, const OutputOptions& output,
                        const std::string& query_id) {
  std::string out;
  for (const auto& facet : result.facets) {
    for (const auto& count : facet.values) {
      out += line_for(output, query_id)
                 .add(name_of(facet.asked.facet))
                 .add_text(printable(count.value))
                 .add(std::to_string(count.articles))
                 .ended();
    }
  }
  return out;
}

std::string facet_objects(const SearchResult& result, const SearchRequest& request) {
  std::string out;
  for (const auto& facet : result.facets) {
    for (const auto& count : facet.values) {
      auto j = versioned_json();
      j["generation"] = result.generation;
      j["facet"] = name_of(facet.asked.facet);
      j.update(count_json(count, request.facet_order));
      out += dump_json(j) + '\n';
    }
  }
  return out;
}

std::string hit_objects(const SearchResult& result, const SearchRequest& request,
                        const OutputOptions& output) {
  const auto fields = fields_of(request, output);
  std::string out;
  for (const auto& hit : result.hits) {
    auto j = versioned_json();
    j.update(hit_json(hit, result.generation, fields));
    out += dump_json(j) + '\n';
  }
  return out;
}

std::string trec_lines(const SearchResult& result, const std::string& query_id) {
  std::string out;
  for (const auto& hit : result.hits) {
    out += fmt::format("{} Q0 {} {} {:.4f} dateline\n", trec_word(query_id), trec_word(hit.id),
                       hit.rank, hit.score);
  }
  return out;
}

std::string id_lines(const SearchResult& result, char separator) {
  std::string out;
  for (const auto& hit : result.hits) out += printable(hit.id) + separator;
  return out;
}

std::string json_record(const SearchResult& result, const SearchRequest& request,
                        const OutputOptions& output, const std::string& query_id) {
  auto j = versioned_json();
  if (!query_id.empty()) j["id"] = query_id;
  j.update(result_json(result, request, output));
  return dump_json(j) + '\n';
}

}  // namespace

Json versioned_json() { return {{"format_version", json_format_version}}; }

Json result_json(const SearchResult& result, const SearchRequest& request,
                 const OutputOptions& output) {
  auto j = versioned_json();
  j["query"] = request.query;
  j["generation"] = result.generation;
  j["total"] = result.total;
  if (!result.total_is_exact) j["total_is_exact"] = false;
  j["all_mentions"] = request.filters.all_mentions;
  if (output.count) return j;
  auto wanted = output;
  wanted.format = OutputFormat::json;
  const auto fields = fields_of(request, wanted);
  if (!output.facets_only) j["hits"] = hits_json(result.hits, result.generation, fields);
  if (!result.facets.empty()) add_facets(result, request.facet_order, j);
  if (result.total == 0) j["advice"] = advice_json(result, fields);
  if (request.explain) j["explanation"] = explanation_json(result.explanation);
  j["notes"] = result.notes;
  return j;
}

std::string result_record(const SearchResult& result, const SearchRequest& request,
                          const OutputOptions& output, const std::string& query_id) {
  const bool in_batch = !query_id.empty();
  switch (output.format) {
    case OutputFormat::json:
      return json_record(result, request, output, query_id);
    case OutputFormat::jsonl:
      if (in_batch || output.count) return json_record(result, request, output, query_id);
      return output.facets_only ? facet_objects(result, request)
                                : hit_objects(result, request, output);
    case OutputFormat::text:
    case OutputFormat::tsv:
    case OutputFormat::csv:
    case OutputFormat::trec:
    case OutputFormat::ids:
      break;
  }
  if (output.count) return line_for(output, query_id).add(std::to_string(result.total)).ended();
  if (output.format == OutputFormat::trec) return trec_lines(result, in_batch ? query_id : "1");
  if (output.format == OutputFormat::ids) return id_lines(result, output.id_separator);
  return output.facets_only ? facet_lines(result, output, query_id)
                            : hit_lines(result, request, output, query_id);
}

std::string header_record(const OutputOptions& output, const SearchRequest& request,
                          bool with_query_id) {
  if (!output.header) return {};
  auto line = line_for(output, with_query_id ? "query" : "");
  if (output.count) return line.add("total").ended();
  if (output.facets_only) return line.add("facet").add("value").add("count").ended();
  for (const auto& field : fields_of(request, output)) line.add(field);
  return line.ended();
}

std::string trec_word(std::string_view id) {
  auto safe = printable(id);
  std::ranges::replace(safe, ' ', '_');
  return safe;
}

}  // namespace dateline
