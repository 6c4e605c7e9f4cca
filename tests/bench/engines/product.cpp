// SPDX-License-Identifier: GPL-3.0-or-later
// dateline's own engine, asked in process. It does not build: dateline-index does.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>

#include "common/freed_memory.h"
#include "searcher/engine/search.h"
#include "tests/bench/engines/protocol.h"

namespace dateline::bench {
namespace {

using Operator = Question::Operator;

std::string query_text(const Question& question) {
  const auto words = fmt::format("{}", fmt::join(question.words, " "));
  switch (question.op) {
    case Operator::phrase:
      return '"' + words + '"';
    case Operator::prefix:
      return words + '*';
    case Operator::any:
    case Operator::all:
    case Operator::every:
      return words;
  }
  throw Unsupported("no such operator");
}

SearchRequest request_for(const Question& question) {
  SearchRequest request;
  request.query = query_text(question);
  request.mode = question.op == Operator::any ? QueryMode::any : QueryMode::all;
  request.today = std::chrono::sys_days{std::chrono::year{2024} / 1 / 1};
  request.advice = false;
  if (!question.text) request.snippet_columns = 0;
  if (question.newest) request.sort = SortOrder::newest;
  request.exact_total = question.total;
  if (!question.month.empty()) request.filters.dates = {parse_day_range(question.month).value()};
  if (!question.source.empty()) request.filters.values[Facet::source] = {question.source};
  if (question.facets) {
    request.facets = {{Facet::source, {}, {}},
                      {Facet::date, {}, DateUnit::month},
                      {Facet::person, {}, {}},
                      {Facet::org, {}, {}},
                      {Facet::place, {}, {}}};
  }
  return request;
}

void serve_index(const std::string& index) {
  keep_freed_memory();
  Searcher searcher(IndexSnapshot::open(index));
  serve([&](const Question& question) { return searcher.search(request_for(question)).total; });
}

}  // namespace
}  // namespace dateline::bench

int main(int argc, char** argv) {
  return dateline::bench::run_engine(
      argc, argv,
      [](const auto&, const auto&) { throw std::runtime_error("dateline-index builds"); },
      dateline::bench::serve_index);
}
