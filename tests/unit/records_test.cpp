// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/output/records.h"

#include <catch2/catch.hpp>

using namespace dateline;

namespace {

SearchResult one_hit() {
  SearchResult result;
  result.generation = 7;
  result.total = 1;
  auto& hit = result.hits.emplace_back();
  hit.rank = 1;
  hit.id = "a";
  hit.score = 1.5F;
  hit.article.title = {"He said \"no\", twice", Provenance::given};
  hit.article.authors = {{"A. One", "B. Two"}, Provenance::given};
  hit.article.body = "Line one.\n\nLine two.";
  hit.entities = {{EntityType::place, "Moscow", Provenance::given}};
  hit.score_parts = {{"no", 1.5}};
  return result;
}

OutputOptions in(OutputFormat format, std::vector<std::string> fields = {}) {
  OutputOptions output;
  output.format = format;
  output.fields = std::move(fields);
  output.header = format == OutputFormat::csv;
  return output;
}

}  // namespace

TEST_CASE("the fields asked for come in their order, in every format", "[records]") {
  const std::vector<std::string> fields{"title", "authors", "entities", "generation", "url"};
  CHECK(result_record(one_hit(), {}, in(OutputFormat::csv, fields)) ==
        "\"He said \"\"no\"\", twice\",A. One; B. Two,Moscow,7,\n");
  CHECK(header_record(in(OutputFormat::csv, fields), {}, true) ==
        "query,title,authors,entities,generation,url\n");
  CHECK(result_record(one_hit(), {}, in(OutputFormat::tsv, fields), "q") ==
        "q\tHe said \"no\", twice\tA. One; B. Two\tMoscow\t7\t\n");
  const auto line = result_record(one_hit(), {}, in(OutputFormat::jsonl, {"url", "id"}));
  CHECK(line == "{\"format_version\":1,\"url\":null,\"id\":\"a\"}\n");
}

TEST_CASE("every field has a value and a cell", "[records]") {
  const auto result = one_hit();
  for (const auto name : field_names()) {
    INFO(name);
    const auto cell = cell_text(field_value(name, result.hits[0], 7));
    CHECK(cell.find_first_of("\t\n") == std::string::npos);
  }
}

TEST_CASE("JSON has what the engine told, and leaves out what it was not asked", "[records]") {
  auto result = one_hit();
  SearchRequest request;
  auto plain = result_json(result, request);
  CHECK_FALSE(plain.contains("explanation"));
  CHECK_FALSE(plain.contains("advice"));
  CHECK_FALSE(plain["hits"][0].contains("score_parts"));
  CHECK(plain["hits"][0]["entities"] == Json::parse(R"([{"type":"place","name":"Moscow"}])"));

  request.explain = true;
  request.facet_order = FacetOrder::significance;
  result.explanation.words.push_back({"no", 3, 1.25, {{"no", 3}}});
  FacetResult facet;
  facet.asked.facet = Facet::person;
  facet.values = {{"Xi Jinping", 4, 2.5, true}};
  facet.size = 9;
  result.facets.push_back(facet);
  const auto full = result_json(result, request);
  CHECK(full["explanation"]["words"][0] == Json::parse(R"({"word":"no","articles":3,"weight":1.25,)"
                                                       R"("terms":[{"term":"no","articles":3}]})"));
  CHECK(full["hits"][0]["score_parts"] == Json::parse(R"([{"what":"no","score":1.5}])"));
  CHECK(full["facets"]["person"] ==
        Json::parse(R"([{"value":"Xi Jinping","count":4,"significance":2.5,"selected":true}])"));
  CHECK(full["facet_sizes"]["person"] == 9);

  result.facets[0].size.reset();
  CHECK_FALSE(result_json(result, request).contains("facet_sizes"));
}

TEST_CASE("JSON of an answer without articles has the advice", "[records]") {
  SearchResult none;
  none.advice.spelling = "moscow";
  none.advice.partial_total = 2;
  none.advice.partial = one_hit().hits;
  const auto advice = result_json(none, {})["advice"];
  CHECK(advice["spelling"] == "moscow");
  CHECK(advice["costliest_filter"].is_null());
  CHECK(advice["partial_total"] == 2);
  CHECK(advice["partial"][0]["id"] == "a");
}
