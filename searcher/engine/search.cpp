// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/index/schema.h"
#include "common/index/stored_article.h"
#include "searcher/engine/facets.h"
#include "searcher/engine/filters.h"
#include "searcher/engine/matcher.h"
#include "searcher/engine/ranking.h"
#include "searcher/engine/snippet.h"

namespace dateline {
namespace {

/// Counts the facets of one search while its segments are gone through.
class FacetCounts {
 public:
  FacetCounts(const IndexSnapshot& snapshot, const ResolvedFilters& filters, Naming naming)
      : filters_(filters), dates_(snapshot) {
    for (const auto facet : value_facets) {
      counters_.emplace(facet, FacetCounter(snapshot, facet, naming));
    }
  }

  /// `unselected`: what matches before any selection among the values of a facet is applied.
  void add(std::size_t segment, const Bitset& unselected, const std::map<Facet, Bitset>& selections,
           const Bitset& selected) {
    dates_.add(segment, selected);
    for (auto& [facet, counter] : counters_) {
      if (!filters_.selects(facet)) {
        counter.add(segment, selected);
        continue;
      }
      // A facet's own selection does not narrow it: its other values stay in view with the
      // total that selecting them instead would give.
      auto rows = unselected;
      for (const auto& [other, allowed] : selections) {
        if (other != facet) rows &= allowed;
      }
      counter.add(segment, rows);
    }
  }

  void fill(SearchResult& result, std::size_t limit) const {
    for (const auto& [facet, counter] : counters_) {
      result.facets[facet] = counter.top(limit);
      result.facet_sizes[facet] = counter.size();
    }
    result.dates = dates_.histogram();
  }

 private:
  const ResolvedFilters& filters_;
  std::map<Facet, FacetCounter> counters_;
  DateCounter dates_;
};

TermWeights weights_of(const QueryPlan& plan, const Matcher& matcher) {
  TermWeights weights;
  for (std::size_t w = 0; w < plan.words.size(); ++w) {
    if (plan.words[w].asked == 0) continue;
    for (const auto& term : plan.words[w].terms) {
      weights[term] = std::max(weights[term], matcher.inverse_document_frequency(w));
    }
  }
  return weights;
}

}  // namespace

std::string_view name_of(Facet facet) {
  switch (facet) {
    case Facet::source:
      return "source";
    case Facet::person:
      return "person";
    case Facet::org:
      return "org";
    case Facet::place:
      return "place";
  }
  return {};
}

Searcher::Searcher(std::shared_ptr<const IndexSnapshot> snapshot, std::size_t thread)
    : snapshot_(std::move(snapshot)), thread_(thread) {}

SearchResult Searcher::search(const SearchRequest& request) {
  SearchResult result;
  const auto& manifest = snapshot_->manifest();
  result.generation = manifest.generation;
  const auto plan = make_plan(parse_query(request.query, request.mode), manifest.languages);
  const Matcher matcher(*snapshot_, thread_, plan);
  const ResolvedFilters filters(request.filters, *snapshot_, result.notes);
  const bool by_score = request.sort == SortOrder::relevance && plan.scores();
  FacetCounts facets(*snapshot_, filters, naming_of(request.filters));
  Ranking ranking(
      *snapshot_,
      by_score || request.sort != SortOrder::relevance ? request.sort : SortOrder::newest,
      request.offset + request.limit);

  for (std::size_t s = 0; s < snapshot_->segment_count(); ++s) {
    auto matches = matcher.match(s, plan.scores());
    filters.narrow(s, matches.rows);
    std::map<Facet, Bitset> selections;
    auto selected = matches.rows;
    for (const auto facet : value_facets) {
      if (!filters.selects(facet)) continue;
      selected &= selections.emplace(facet, filters.rows_selected(s, facet)).first->second;
    }
    if (request.facet_values > 0) facets.add(s, matches.rows, selections, selected);
    result.total += selected.count();
    ranking.add(s, selected, matches.scores);
  }
  if (result.total == 0) note_passing_mentions(request, result);
  if (request.facet_values > 0) facets.fill(result, request.facet_values);

  const auto weights = weights_of(plan, matcher);
  const auto ranked = ranking.best();
  for (auto rank = request.offset; rank < ranked.size(); ++rank) {
    const auto& place = ranked[rank];
    Hit hit;
    hit.rank = rank + 1;
    hit.id = snapshot_->segment(place.segment).id[place.row];
    hit.score = place.score;
    if (request.snippet_columns > 0) {
      const auto& database = snapshot_->databases(thread_)[place.segment];
      hit.article = load_article(database.get_document(place.row + 1).get_data());
      auto& analyser = analyser_for(hit.article);
      analyser.forget();
      hit.title_marks = mark_words(hit.article.title.value, weights, analyser);
      hit.snippet = make_snippet(hit.article, weights, analyser, request.snippet_columns);
    }
    result.hits.push_back(std::move(hit));
  }
  return result;
}

/// Who finds nothing about a name learns what --all-mentions would find.
void Searcher::note_passing_mentions(const SearchRequest& request, SearchResult& result) {
  const auto& filters = request.filters;
  const bool by_name =
      !filters.entities.empty() || std::ranges::any_of(filters.values, [](const auto& selected) {
        return selected.first != Facet::source;
      });
  if (filters.all_mentions || !by_name) return;
  auto wider = request;
  wider.filters.all_mentions = true;
  wider.limit = 0;
  wider.facet_values = 0;
  const auto passing = search(wider).total;
  if (passing == 0) return;
  result.notes.push_back(fmt::format(
      "{} the names in passing only: --all-mentions finds {}",
      passing == 1 ? std::string("1 article has") : fmt::format("{} articles have", passing),
      passing == 1 ? "it" : "them"));
}

TextAnalyser& Searcher::analyser_for(const Article& article) {
  const auto language = article.language ? article.language.value : std::string("en");
  return analysers_.try_emplace(language, language).first->second;
}

}  // namespace dateline
