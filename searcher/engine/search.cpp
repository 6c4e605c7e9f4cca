// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"
#include "searcher/engine/advice.h"
#include "searcher/engine/search_run.h"
#include "searcher/engine/telling_words.h"

namespace dateline {
namespace {

// Chosen by measuring: docs/ranking.md.
constexpr std::size_t feedback_articles = 20;
constexpr std::size_t feedback_words = 60;
constexpr double feedback_steepness = 4;
constexpr std::size_t likeness_words = 40;

constexpr std::size_t most_partial_hits = 5;

constexpr std::string_view other_words_note =
    "the index was made with other versions of Xapian or ICU, which makes looking up words slow; "
    "the next run of dateline-index mends that";

/// The same request for a count, without hits, facets and explanation.
SearchRequest for_count(SearchRequest request) {
  request.limit = 0;
  request.offset = 0;
  request.facets.clear();
  request.explain = false;
  request.exact_total = true;
  request.recency_days.reset();
  return request;
}

std::string language_of(const IndexSnapshot& snapshot, const RankedArticle& article) {
  return stemming_language(snapshot.segment(article.segment).language_of(article.row));
}

/// Words with weights from 1 on down.
std::vector<AddedWord> in_proportion(const std::vector<TellingWord>& words, double greatest) {
  std::vector<AddedWord> added;
  for (const auto& word : words) {
    added.push_back({word.word, greatest * word.weight / words.front().weight});
  }
  return added;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::vector<FacetRequest> default_facets() {
  std::vector<FacetRequest> facets;
  for (const auto facet : {Facet::source, Facet::date, Facet::person, Facet::org, Facet::place}) {
    facets.push_back({facet, {}, {}});
  }
  return facets;
}

Searcher::Searcher(std::shared_ptr<const IndexSnapshot> snapshot, std::size_t thread)
    : snapshot_(std::move(snapshot)),
      thread_(thread),
      vocabulary_(*snapshot_),
      synonyms_(snapshot_->tables().synonyms(), snapshot_->user_synonyms()) {}

SearchResult Searcher::search(const SearchRequest& request) {
  SearchResult result;
  result.generation = snapshot_->manifest().generation;
  if (!snapshot_->words_in_order()) result.notes.emplace_back(other_words_note);
  if (!request.like_id.empty() || !request.like_text.empty()) {
    if (!is_blank(request.query)) {
      throw Error(ExitCode::usage, "a query stands beside --like",
                  "give one of them; filters may narrow either");
    }
    const auto plan = plan_likeness(request);
    SearchRun(*snapshot_, thread_, request, plan, result).run();
    return result;
  }
  auto query = parse_query(request.query, request.mode, request.today);
  std::vector<std::string> notes;
  widen(request, query, notes);
  auto plan = make_plan(query, request.query, *snapshot_, vocabulary_);
  notes.insert(notes.end(), plan.notes.begin(), plan.notes.end());
  if (request.expand && plan.scores()) expand(request, plan);
  if (request.explain) result.explanation.query = format_query(query);
  SearchRun(*snapshot_, thread_, request, plan, result).run();
  result.notes.insert(result.notes.begin(), notes.begin(), notes.end());
  if (result.total == 0 && request.advice) advise(request, query, plan, result);
  return result;
}

std::vector<Bitset> Searcher::match(const SearchRequest& request, std::vector<Bitset> within) {
  auto query = parse_query(request.query, request.mode, request.today);
  std::vector<std::string> unused;
  widen(request, query, unused);
  constexpr bool close_names = false;
  const auto plan = make_plan(query, request.query, *snapshot_, vocabulary_, close_names);
  const ResolvedFilters filters(request.filters, *snapshot_, unused, close_names);
  PostingsReader postings(*snapshot_, plan);
  Matcher matcher(*snapshot_, plan, naming_of(request.filters), postings);
  for (std::size_t s = 0; s < within.size(); ++s) {
    auto& rows = within[s];
    filters.narrow(s, rows);
    filters.select_dates(s, rows);
    if (rows.is_empty()) continue;
    rows = matcher.match(s, std::move(rows));
    filters.select_values(s, rows);
  }
  return within;
}

void Searcher::widen(const SearchRequest& request, QueryNode& query,
                     std::vector<std::string>& notes) {
  if (!request.synonyms) return;
  const auto is_known = [&](const std::string& word) {
    return !vocabulary_.forms_of(word).empty();
  };
  synonyms_.apply(query, is_known, notes);
}

/// Pseudo-relevance feedback: the words that tell what the best articles are about.
void Searcher::expand(const SearchRequest& request, QueryPlan& plan) {
  auto first = for_count(request);
  first.limit = feedback_articles;
  first.sort = SortOrder::relevance;
  SearchResult unused;
  SearchRun run(*snapshot_, thread_, first, plan, unused);
  TellingWords words(*snapshot_, vocabulary_);
  const LengthNorm lengths(*snapshot_);
  const auto best = run.match();
  for (const auto& article : best) {
    if (article.score <= 0) continue;
    const auto& columns = snapshot_->segment(article.segment);
    words.add(
        frequencies_in(snapshot_->article(thread_, article.segment, article.row)),
        language_of(*snapshot_, article),
        lengths.of(columns.tokens[article.row], columns.title_tokens[article.row]),
        std::pow(static_cast<double>(article.score / best.front().score), feedback_steepness));
  }
  double greatest = 0;
  for (std::size_t w = 0; w < plan.words.size(); ++w) {
    if (run.scorer().word_articles(w) > 0) greatest = std::max(greatest, plan.words[w].asked);
  }
  const auto found =
      words.best(feedback_words, [&](const std::string& word) { return plan.asks_for(word); });
  add_words(in_proportion(found, greatest), request.mode == QueryMode::any, vocabulary_, plan);
}

QueryPlan Searcher::plan_likeness(const SearchRequest& request) {
  TellingWords words(*snapshot_, vocabulary_);
  QueryPlan plan;
  plan.root.kind = QueryNode::Kind::any;
  const LengthNorm lengths(*snapshot_);
  if (request.like_id.empty()) {
    const auto text = frequencies_in(request.like_text);
    double tokens = 0;
    for (const auto& [word, frequency] : text) tokens += frequency;
    words.add(text, stemming_language({}), lengths.of(tokens, 0), 1);
  } else {
    const auto article = find_article(request.like_id);
    const auto& columns = snapshot_->segment(article.segment);
    plan.without_id = request.like_id;
    words.add(frequencies_in(snapshot_->article(thread_, article.segment, article.row)),
              language_of(*snapshot_, article),
              lengths.of(columns.tokens[article.row], columns.title_tokens[article.row]), 1);
  }
  const auto found = words.best(likeness_words, [](const std::string&) { return false; });
  add_words(in_proportion(found, 1), true, vocabulary_, plan);
  for (auto& word : plan.words) word.added = false;
  return plan;
}

RankedArticle Searcher::find_article(const std::string& id) const {
  for (std::uint32_t s = 0; s < snapshot_->segment_count(); ++s) {
    const auto& ids = snapshot_->segment(s).id;
    const auto& dead = snapshot_->tables().dead(s);
    for (std::uint32_t row = 0; row < ids.size(); ++row) {
      if (ids[row] == id && !dead.test(row)) return {s, row, 0};
    }
  }
  throw Error(ExitCode::usage, fmt::format("no article has the id '{}'", printable(id)),
              "give an id as the results show it: dateline-search --format ids QUERY");
}

void Searcher::advise(const SearchRequest& request, const QueryNode& query, const QueryPlan& plan,
                      SearchResult& result) {
  note_passing_mentions(request, plan, result);
  result.advice.spelling = respelled(query, request.query, vocabulary_);
  if (!result.advice.spelling.empty()) {
    auto corrected = for_count(request);
    corrected.query = result.advice.spelling;
    result.advice.spelling_total = count_query(corrected);
  }
  for (const auto& [written, filters] : with_one_less(request.filters)) {
    auto without = for_count(request);
    without.filters = filters;
    const auto total = count(without, plan);
    if (total > result.advice.without_it) {
      result.advice.costliest_filter = written;
      result.advice.without_it = total;
    }
  }
  const auto loose = loosened(plan);
  if (!loose) return;
  auto partial = request;
  partial.offset = 0;
  partial.limit = std::min(request.limit, most_partial_hits);
  partial.facets.clear();
  partial.explain = false;
  partial.exact_total = true;
  SearchResult found;
  SearchRun(*snapshot_, thread_, partial, *loose, found).run();
  result.advice.partial_total = found.total;
  result.advice.partial = std::move(found.hits);
}

std::uint64_t Searcher::count_query(const SearchRequest& request) {
  auto query = parse_query(request.query, request.mode, request.today);
  std::vector<std::string> unused;
  widen(request, query, unused);
  return count(request, make_plan(query, request.query, *snapshot_, vocabulary_));
}

std::uint64_t Searcher::count(const SearchRequest& request, const QueryPlan& plan) {
  SearchResult counted;
  SearchRun(*snapshot_, thread_, request, plan, counted).match();
  return counted.total;
}

/// Who finds nothing about a name learns what --all-mentions would find.
void Searcher::note_passing_mentions(const SearchRequest& request, const QueryPlan& plan,
                                     SearchResult& result) {
  if (request.filters.all_mentions) return;
  auto wider = for_count(request);
  wider.filters.all_mentions = true;
  const auto passing = count(wider, plan);
  if (passing == 0) return;
  result.notes.push_back(fmt::format(
      "{} the names in passing only: --all-mentions finds {}",
      passing == 1 ? std::string("1 article has") : fmt::format("{} articles have", passing),
      passing == 1 ? "it" : "them"));
}

}  // namespace dateline
