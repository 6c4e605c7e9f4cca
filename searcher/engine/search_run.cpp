// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/search_run.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <utility>

#include "common/index/entity_weight.h"
#include "common/index/schema.h"
#include "searcher/engine/facets.h"

namespace dateline {
namespace {

/// What each word that the query asks for is worth in a snippet.
WordWorth worth_of(const QueryPlan& plan, Scorer& scorer) {
  WordWorth worth;
  for (std::size_t w = 0; w < plan.words.size(); ++w) {
    if (plan.words[w].asked <= 0 || plan.words[w].added) continue;
    for (const auto& term : plan.words[w].terms) {
      auto& known = worth[term.term];
      known = std::max(known, scorer.information(w));
    }
  }
  return worth;
}

/// The first rows of a set, which are its newest; all where there are not so many.
Bitset first_of(const Bitset& rows, std::size_t most) {
  Bitset first(rows.size());
  for (std::size_t w = 0; w < rows.words().size() && most > 0; ++w) {
    for (auto bits = rows.words()[w]; bits != 0 && most > 0; bits &= bits - 1, --most) {
      first.set(w * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
    }
  }
  return first;
}

/// Of the live articles; the newest of a segment stand first: newest_first().
std::int32_t newest_day(const IndexSnapshot& snapshot) {
  auto newest = schema::undated_day;
  for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
    const auto& day = snapshot.segment(s).day;
    const auto& dead = snapshot.tables().dead(s);
    std::uint32_t row = 0;
    while (row < day.size() && dead.test(row)) ++row;
    if (row < day.size()) newest = std::max(newest, day[row]);
  }
  return newest;
}

}  // namespace

SearchRun::SearchRun(const IndexSnapshot& snapshot, std::size_t thread,
                     const SearchRequest& request, const QueryPlan& plan, SearchResult& result)
    : snapshot_(snapshot),
      thread_(thread),
      request_(request),
      plan_(plan),
      result_(result),
      postings_(snapshot, plan),
      matcher_(snapshot, plan, naming_of(request.filters), postings_),
      scorer_(snapshot, plan, postings_),
      filters_(request.filters, snapshot, result.notes) {
  if (request.recency_days) newest_day_ = newest_day(snapshot);
}

std::vector<RankedArticle> SearchRun::match() {
  const bool by_date = request_.sort == SortOrder::relevance && !plan_.scores();
  const bool newest_first = by_date || request_.sort == SortOrder::newest;
  if (newest_first && !request_.exact_total && request_.facets.empty()) return newest();
  FacetCounts facets(snapshot_, request_, filters_);
  Ranking ranking(snapshot_, by_date ? SortOrder::newest : request_.sort,
                  request_.offset + request_.limit);
  const auto show = [&](std::size_t s, const Bitset& selected) {
    result_.total += selected.count();
    if (newest_first) {
      rank(s, first_of(selected, request_.offset + request_.limit), ranking);
    } else {
      rank(s, selected, ranking);
    }
  };
  for (std::size_t s = 0; s < snapshot_.segment_count(); ++s) {
    const auto all = snapshot_.segment(s).rows();
    if (request_.facets.empty()) {
      show(s, matching(s, all));
      continue;
    }
    auto within = candidates(s, all);
    if (within.is_empty()) continue;
    const auto unselected = matcher_.match(s, std::move(within));
    const auto selections = filters_.selections(s, unselected);
    std::optional<Bitset> narrowed;
    for (const auto& [facet, allowed] : selections) {
      if (!narrowed) narrowed = unselected;
      *narrowed &= allowed;
    }
    const auto& selected = narrowed ? *narrowed : unselected;
    facets.add(s, unselected, selections, selected);
    show(s, selected);
  }
  result_.facets = facets.results();
  return ranking.best();
}

/// Rows stand newest first, so the first that match are the newest: a segment is gone through in
/// parts, each larger than all before it, until there are enough.
std::vector<RankedArticle> SearchRun::newest() {
  constexpr std::uint32_t first_part = 1'024;
  constexpr std::uint32_t growth = 8;
  const auto wanted = request_.offset + request_.limit;
  Ranking ranking(snapshot_, SortOrder::newest, wanted);
  for (std::uint32_t s = 0; s < snapshot_.segment_count(); ++s) {
    const auto rows = snapshot_.segment(s).rows();
    for (auto end = std::min(first_part, rows);; end = rows / growth < end ? rows : end * growth) {
      postings_.read_up_to(s, end);
      const auto found = matching(s, end);
      const auto count = found.count();
      if (count < wanted && end < rows) continue;
      first_of(found, wanted).for_each([&](std::size_t row) {
        ranking.add({s, static_cast<std::uint32_t>(row), 0});
      });
      result_.total += count;
      result_.total_is_exact &= end == rows;
      break;
    }
  }
  return ranking.best();
}

/// What matches of the rows before `end`.
Bitset SearchRun::matching(std::size_t segment, std::uint32_t end) {
  auto within = candidates(segment, end);
  filters_.select_dates(segment, within);
  if (within.is_empty()) return within;
  auto rows = matcher_.match(segment, std::move(within));
  filters_.select_values(segment, rows);
  return rows;
}

void SearchRun::run() {
  const auto ranked = match();
  const auto worth = request_.snippet_columns > 0 ? worth_of(plan_, scorer_) : WordWorth();
  for (auto rank = request_.offset; rank < ranked.size(); ++rank) {
    result_.hits.push_back(hit(ranked[rank], rank + 1, worth));
  }
  if (!request_.explain) return;
  for (std::size_t w = 0; w < plan_.words.size(); ++w) {
    result_.explanation.words.push_back(explained(w));
  }
}

/// The live articles of a segment before row `end` that the bounds let through.
Bitset SearchRun::candidates(std::size_t segment, std::uint32_t end) const {
  auto rows = live_rows_before(snapshot_, segment, end);
  if (!plan_.without_id.empty()) {
    const auto& ids = snapshot_.segment(segment).id;
    rows.for_each([&](std::size_t row) {
      if (ids[row] == plan_.without_id) rows.reset(row);
    });
  }
  filters_.narrow(segment, rows);
  return rows;
}

void SearchRun::rank(std::size_t segment, const Bitset& rows, Ranking& ranking) {
  const auto number = static_cast<std::uint32_t>(segment);
  if (!plan_.scores()) {
    rows.for_each([&](std::size_t row) {
      ranking.add({number, static_cast<std::uint32_t>(row), 0});
    });
    return;
  }
  const auto most_by_freshness = request_.recency_days ? 2.0F : 1.0F;
  const auto bar = [&] { return ranking.least_score() / most_by_freshness; };
  scorer_.for_each_score(segment, rows, bar, [&](std::uint32_t row, float score) {
    if (request_.recency_days) score *= static_cast<float>(1 + freshness(segment, row));
    ranking.add({number, row, score});
  });
}

/// 1 for an article of the newest day, half of it for one that is so many days older, 0 for one
/// without a date.
double SearchRun::freshness(std::size_t segment, std::uint32_t row) const {
  const auto& columns = snapshot_.segment(segment);
  const auto day = columns.day[row];
  if (day == schema::undated_day) return 0;
  if (day > newest_day_) columns.refuse("has rows that are not in order of date");
  return std::exp2((static_cast<double>(day) - newest_day_) / *request_.recency_days);
}

Hit SearchRun::hit(const RankedArticle& ranked, std::size_t rank, const WordWorth& worth) {
  Hit hit;
  hit.rank = rank;
  hit.id = snapshot_.segment(ranked.segment).id[ranked.row];
  hit.score = ranked.score;
  hit.history = snapshot_.segment(ranked.segment).history(ranked.row);
  if (request_.explain) hit.score_parts = score_parts(ranked);
  if (request_.snippet_columns > 0) {
    hit.article = snapshot_.article(thread_, ranked.segment, ranked.row);
    hit.title_marks = mark_words(hit.article.title.value, worth);
    hit.snippet = make_snippet(hit.article, worth, request_.snippet_columns);
    hit.entities = telling_entities(ranked);
  }
  return hit;
}

std::vector<ScorePart> SearchRun::score_parts(const RankedArticle& ranked) {
  auto parts = scorer_.explain(ranked.segment, ranked.row);
  if (request_.recency_days && plan_.scores()) {
    const auto fresh = freshness(ranked.segment, ranked.row);
    parts.push_back({"recency", static_cast<double>(ranked.score) * fresh / (1 + fresh)});
  }
  return parts;
}

/// Whom and what the article is about: what its title names first, then what it names most.
std::vector<GivenEntity> SearchRun::telling_entities(const RankedArticle& ranked) const {
  constexpr std::size_t most = 6;
  auto uses = snapshot_.entities(ranked.segment).of_row(ranked.row);
  std::erase_if(uses, [](const EntityUse& use) { return !is_salient(use.weight); });
  std::ranges::stable_sort(uses, std::ranges::greater{}, [](const EntityUse& use) {
    return std::pair((use.weight & schema::weight_in_title) != 0, mentions_of(use.weight));
  });
  if (uses.size() > most) uses.resize(most);
  const auto& tables = snapshot_.tables();
  std::vector<GivenEntity> entities;
  for (const auto& use : uses) {
    entities.push_back({tables.entity_type(use.entity), std::string(tables.entity_name(use.entity)),
                        Provenance::none});
  }
  return entities;
}

ExplainedWord SearchRun::explained(std::size_t word) {
  const auto& planned = plan_.words[word];
  ExplainedWord explained{
      planned.shown, scorer_.word_articles(word), planned.asked > 0 ? scorer_.weight(word) : 0, {}};
  for (const auto& term : planned.terms) {
    const auto articles = live_articles(snapshot_, planned.field, term.term);
    if (articles > 0) explained.terms.push_back({term.term, articles});
  }
  std::ranges::stable_sort(explained.terms, std::ranges::greater{}, &ExplainedTerm::articles);
  return explained;
}

}  // namespace dateline
