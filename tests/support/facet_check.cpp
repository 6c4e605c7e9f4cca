// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/facet_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "common/error.h"
#include "common/index/schema.h"
#include "common/index/stored_article.h"
#include "common/text/tokenizer.h"
#include "searcher/engine/values.h"

namespace dateline::test {
namespace {

constexpr std::array date_units{DateUnit::year, DateUnit::month, DateUnit::week, DateUnit::day};
constexpr std::array facet_orders{FacetOrder::count, FacetOrder::name, FacetOrder::significance};

std::string described(const SearchRequest& request) {
  auto text = fmt::format("{}'{}'", request.mode == QueryMode::any ? "any " : "", request.query);
  for (const auto& [facet, values] : request.filters.values) {
    text += fmt::format(" {}: '{}'", name_of(facet), fmt::join(values, "', '"));
  }
  for (const auto& name : request.filters.entities) text += fmt::format(" entity: '{}'", name);
  for (const auto& days : request.filters.dates) {
    text += fmt::format(" date: {}..{}", format_day(days.first), format_day(days.last));
  }
  if (request.filters.undated) text += " undated";
  if (request.filters.since) text += " since " + format_day(*request.filters.since);
  if (request.filters.until) text += " until " + format_day(*request.filters.until);
  if (request.filters.all_mentions) text += " all mentions";
  return text;
}

bool has_selected(const Filters& filters, Facet facet, const std::string& value) {
  const auto selected = filters.values.find(facet);
  return selected != filters.values.end() && std::ranges::count(selected->second, value) > 0;
}

/// As a value of a query.
std::string quoted(std::string name) {
  std::erase(name, '"');
  return '"' + name + '"';
}

}  // namespace

SearchRequest selecting(SearchRequest request, Facet facet, const std::string& value) {
  request.facets.clear();
  request.limit = 0;
  auto& filters = request.filters;
  if (facet != Facet::date) {
    filters.values[facet] = {value};
    return request;
  }
  filters.dates.clear();
  filters.undated = value == undated_value;
  if (!filters.undated) filters.dates.push_back(parse_day_range(value).value());
  return request;
}

FacetCheck::FacetCheck(std::shared_ptr<const IndexSnapshot> snapshot, std::uint32_t seed)
    : snapshot_(std::move(snapshot)), searcher_(snapshot_), random_(seed) {}

FacetCheck::Report FacetCheck::run(std::size_t requests, std::size_t values_each) {
  Report report;
  while (report.requests < requests) {
    const auto request = random_request();
    try {
      check(request, values_each, report);
      ++report.requests;
    } catch (const Error& e) {
      if (e.code() != ExitCode::usage) throw;
      ++report.refused;
    }
  }
  return report;
}

SearchRequest FacetCheck::random_request() {
  const auto article = random_article();
  SearchRequest request;
  request.query = query(article);
  request.mode = one_in(5) ? QueryMode::any : QueryMode::all;
  request.today = latest_plausible_day();
  request.limit = below(3);
  request.snippet_columns = 0;
  request.facet_order = facet_orders[below(facet_orders.size())];
  request.facet_values = 1 + below(15);
  // Half of the filters fit the article that the query is made from.
  add_filters(one_in(2) ? article : random_article(), request.filters);
  add_facets(request);
  return request;
}

FacetCheck::Place FacetCheck::random_article() {
  Place place;
  do {
    place.segment = below(snapshot_->segment_count());
    place.row = static_cast<std::uint32_t>(below(snapshot_->segment(place.segment).rows()));
  } while (snapshot_->tables().dead(place.segment).test(place.row));
  return place;
}

/// Two words of the title that stand together, or one.
std::string FacetCheck::word(const Place& article) {
  const auto& database = snapshot_->databases(0)[article.segment];
  const auto text = load_article(
      database.get_document(snapshot_->segment(article.segment).document_of(article.row))
          .get_data());
  const std::string part = one_in(2) ? text.title.value : text.body.substr(0, 2'000);
  Tokenizer tokens(part);
  std::vector<std::string> words;
  while (tokens.next()) words.emplace_back(tokens.word());
  if (words.size() < 2) return "the";
  const auto at = below(words.size() - 1);
  return one_in(3) ? words[at] + ' ' + words[at + 1] : words[at];
}

std::string FacetCheck::value(const Place& article, Facet facet) {
  const auto& tables = snapshot_->tables();
  const FacetNames names(tables, facet);
  if (one_in(12) || names.size() == 0) return std::string(unknown_value);
  if (one_in(12)) return "No Such Name";
  std::vector<std::uint32_t> own;
  if (const auto attribute = attribute_of(facet)) {
    const auto map = tables.name_map(*attribute, article.segment);
    for (const auto name : snapshot_->segment(article.segment).stated(*attribute, article.row)) {
      own.push_back(map[name]);
    }
  } else {
    for (const auto& use : snapshot_->entities(article.segment).of_row(article.row)) {
      if (use.entity >= names.first() && use.entity < names.end()) own.push_back(use.entity);
    }
  }
  if (own.empty() || one_in(4)) {
    return std::string(names[names.first() + static_cast<std::uint32_t>(below(names.size()))]);
  }
  return std::string(names[own[below(own.size())]]);
}

std::string FacetCheck::entity(const Place& article) {
  constexpr std::array types{Facet::person, Facet::org, Facet::place};
  return value(article, types[below(types.size())]);
}

std::string FacetCheck::date(const Place& article) {
  const auto day = snapshot_->segment(article.segment).day[article.row];
  if (day == schema::undated_day || one_in(10)) return std::string(undated_value);
  const Day on{std::chrono::days{day}};
  const auto text = format_day(on);
  switch (below(7)) {
    case 0:
      return text;
    case 1:
      return text.substr(0, 7);
    case 2:
      return text + ".." + format_day(on + std::chrono::days{below(40)});
    case 3:
      return text.substr(0, 4) + "..";
    case 4:
      return ".." + text.substr(0, 7);
    case 5:
      return format_day(on - std::chrono::days{below(1'500)}).substr(0, 4) + ".." +
             text.substr(0, 4);
    default:
      return text.substr(0, 4);
  }
}

std::string FacetCheck::clause(const Place& article) {
  const auto one = [&] {
    const auto words = word(article);
    return words.substr(0, words.find(' '));
  };
  switch (below(16)) {
    case 0:
      return quoted(word(article));
    case 1:
      return one() + " OR " + one();
    case 2:
      return "-" + one();
    case 3:
      return "title:" + one();
    case 4:
      return "body:" + one();
    case 5:
      return one().substr(0, 4) + "*";
    case 6:
      return "~" + one();
    case 7:
      return fmt::format("{} NEAR/{} {}", one(), 1 + below(9), one());
    case 8:
      return one() + (one_in(2) ? " SENTENCE " : " PARAGRAPH ") + one();
    case 9:
      return "entity:" + quoted(entity(article));
    case 10: {
      const auto facet = value_facets[below(value_facets.size())];
      return fmt::format("{}:{}", name_of(facet), quoted(value(article, facet)));
    }
    case 11:
      return fmt::format("(person:{} OR place:{})", quoted(value(article, Facet::person)),
                         quoted(value(article, Facet::place)));
    case 12:
      return "date:" + date(article);
    case 13:
      return "source:" + quoted(value(article, Facet::source)) + " OR date:" + date(article);
    default:
      return one();
  }
}

std::string FacetCheck::query(const Place& article) {
  std::string text;
  for (auto clauses = below(4); clauses > 0; --clauses) text += clause(article) + ' ';
  return text;
}

void FacetCheck::add_filters(const Place& article, Filters& filters) {
  for (const auto facet : value_facets) {
    if (!one_in(6)) continue;
    for (auto values = 1 + below(3); values > 0; --values) {
      filters.values[facet].push_back(value(one_in(3) ? random_article() : article, facet));
    }
  }
  if (one_in(10)) filters.entities.push_back(entity(article));
  for (auto dates = one_in(3) ? 1 + below(3) : 0; dates > 0; --dates) {
    const auto text = date(one_in(3) ? random_article() : article);
    if (const auto days = parse_day_range(text)) {
      filters.dates.push_back(*days);
    } else {
      filters.undated = true;
    }
  }
  const auto bound = parse_day_range(date(random_article()));
  if (bound && one_in(12)) filters.since = bound->first;
  if (bound && one_in(12)) filters.until = bound->last;
  filters.all_mentions = one_in(2);
}

void FacetCheck::add_facets(SearchRequest& request) {
  for (auto facets = 1 + below(5); facets > 0; --facets) {
    FacetRequest asked;
    asked.facet = all_facets[below(all_facets.size())];
    if (asked.facet == Facet::date) {
      if (!one_in(4)) asked.unit = date_units[below(date_units.size())];
    } else if (one_in(3)) {
      asked.prefix = value(random_article(), asked.facet).substr(0, 1 + below(2));
    }
    request.facets.push_back(asked);
  }
}

void FacetCheck::check(const SearchRequest& request, std::size_t values_each, Report& report) {
  const auto result = searcher_.search(request);
  if (result.total > 0) ++report.with_articles;
  for (const auto& facet : result.facets) check_values(request, facet, values_each, report);
}

void FacetCheck::check_values(const SearchRequest& request, const FacetResult& facet,
                              std::size_t values_each, Report& report) {
  auto values = facet.values;
  if (values.size() > values_each) {
    std::ranges::shuffle(values, random_);
    values.resize(values_each);
  }
  for (const auto& listed : values) {
    const auto chosen = selecting(request, facet.asked.facet, listed.value);
    const auto total = searcher_.search(chosen).total;
    ++report.values;
    if (listed.articles > 0) ++report.not_empty;
    const bool marked_rightly =
        facet.asked.facet == Facet::date ||
        listed.selected == has_selected(request.filters, facet.asked.facet, listed.value);
    if (total == listed.articles && marked_rightly) continue;
    report.failures.push_back(fmt::format(
        "{} {}{} '{}' of {}: {} listed, {} found", listed.selected ? "selected" : "offered",
        name_of(facet.asked.facet), facet.asked.unit ? "s" : "", listed.value, described(request),
        listed.articles, total));
  }
}

}  // namespace dateline::test
