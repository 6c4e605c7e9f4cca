// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/matcher.h"

#include <xapian.h>

#include <algorithm>
#include <cmath>

#include "common/index/schema.h"

namespace dateline {
namespace {

// Chosen by measuring on four public collections with judged queries: docs/ranking.md.
constexpr double k1 = 1.2;
constexpr double b = 0.75;
/// A word in the title counts as this many in the text.
constexpr double title_weight = 3.0;

std::string term_of(QueryField field, const std::string& term) {
  return schema::term(field == QueryField::title ? schema::title_terms : schema::text_terms, term);
}

/// Calls `f(row, frequency)` for each article of a segment that holds the term.
template <class F>
void for_each_posting(const Xapian::Database& database, const std::string& term, F&& f) {
  const auto end = database.postlist_end(term);
  for (auto p = database.postlist_begin(term); p != end; ++p) f(*p - 1, p.get_wdf());
}

}  // namespace

Matcher::Matcher(const IndexSnapshot& snapshot, std::size_t thread, const QueryPlan& plan)
    : snapshot_(snapshot), databases_(snapshot.databases(thread)), plan_(plan) {
  count_word_articles();
}

void Matcher::count_word_articles() {
  word_articles_.resize(plan_.words.size());
  for (std::size_t w = 0; w < plan_.words.size(); ++w) {
    if (plan_.words[w].asked > 0) word_articles_[w] = count_articles(plan_.words[w]);
  }
}

std::uint64_t Matcher::count_articles(const PlanWord& word) const {
  std::uint64_t articles = 0;
  for (std::size_t s = 0; s < databases_.size(); ++s) {
    const auto& entry = snapshot_.manifest().segments[s];
    if (word.terms.size() == 1 && entry.live == entry.rows) {
      articles += databases_[s].get_termfreq(term_of(word.field, word.terms.front()));
    } else {
      articles += rows_with(s, word).subtract(snapshot_.tables().dead(s)).count();
    }
  }
  return articles;
}

double Matcher::inverse_document_frequency(std::size_t word) const {
  const auto n = static_cast<double>(snapshot_.manifest().articles);
  const auto df = static_cast<double>(word_articles_[word]);
  return std::log(1.0 + (n - df + 0.5) / (df + 0.5));
}

SegmentMatches Matcher::match(std::size_t segment, bool with_scores) const {
  SegmentMatches matches;
  matches.rows = evaluate(segment, plan_.root);
  matches.rows.subtract(snapshot_.tables().dead(segment));
  if (with_scores) score(segment, matches.scores);
  return matches;
}

void Matcher::score(std::size_t segment, std::vector<float>& scores) const {
  const auto& columns = snapshot_.segment(segment);
  const auto& manifest = snapshot_.manifest();
  const auto weighted_length = [](double tokens, double title_tokens) {
    return tokens + (title_weight - 1) * title_tokens;
  };
  const auto articles = static_cast<double>(std::max<std::uint64_t>(1, manifest.articles));
  const auto average = std::max(1.0, weighted_length(static_cast<double>(manifest.tokens),
                                                     static_cast<double>(manifest.title_tokens)) /
                                         articles);
  std::vector<float> length_norms(columns.rows());
  for (std::uint32_t row = 0; row < columns.rows(); ++row) {
    const auto length = weighted_length(columns.tokens[row], columns.title_tokens[row]);
    length_norms[row] = static_cast<float>(k1 * (1 - b + b * length / average));
  }
  scores.assign(columns.rows(), 0.0F);
  for (std::size_t w = 0; w < plan_.words.size(); ++w) {
    if (plan_.words[w].asked > 0) score_word(segment, w, length_norms, scores);
  }
}

void Matcher::score_word(std::size_t segment, std::size_t word,
                         const std::vector<float>& length_norms, std::vector<float>& scores) const {
  const auto& wanted = plan_.words[word];
  const auto& database = databases_[segment];
  std::vector<float> frequencies(length_norms.size());
  std::vector<Xapian::docid> rows;
  for (const auto& term : wanted.terms) {
    const bool in_title_only = wanted.field == QueryField::title;
    for_each_posting(database, term_of(QueryField::title, term), [&](auto row, auto wdf) {
      // The text's postings count a title's words once already.
      frequencies[row] +=
          static_cast<float>((in_title_only ? title_weight : title_weight - 1) * wdf);
      if (in_title_only) rows.push_back(row);
    });
    if (in_title_only) continue;
    for_each_posting(database, term, [&](auto row, auto wdf) {
      frequencies[row] += static_cast<float>(wdf);
      rows.push_back(row);
    });
  }
  const auto weight = static_cast<float>(static_cast<double>(wanted.asked) *
                                         inverse_document_frequency(word) * (k1 + 1));
  for (const auto row : rows) {
    const auto f = frequencies[row];
    frequencies[row] = 0;  // a row that two terms brought counts once
    scores[row] += weight * f / (f + length_norms[row]);
  }
}

Bitset Matcher::evaluate(std::size_t segment, const PlanNode& node) const {
  switch (node.kind) {
    case QueryNode::Kind::word:
      return rows_with(segment, plan_.words[node.words.front()]);
    case QueryNode::Kind::phrase:
      return phrase_rows(segment, node);
    case QueryNode::Kind::all: {
      Bitset rows(snapshot_.segment(segment).rows());
      rows.set_all();
      for (const auto& child : node.children) rows &= evaluate(segment, child);
      return rows;
    }
    case QueryNode::Kind::any: {
      Bitset rows(snapshot_.segment(segment).rows());
      for (const auto& child : node.children) rows |= evaluate(segment, child);
      return rows;
    }
    case QueryNode::Kind::all_but: {
      auto rows = evaluate(segment, node.children.front());
      for (std::size_t i = 1; i < node.children.size(); ++i) {
        rows.subtract(evaluate(segment, node.children[i]));
      }
      return rows;
    }
  }
  return Bitset(snapshot_.segment(segment).rows());
}

Bitset Matcher::rows_with(std::size_t segment, const PlanWord& word) const {
  Bitset rows(snapshot_.segment(segment).rows());
  for (const auto& term : word.terms) {
    for_each_posting(databases_[segment], term_of(word.field, term),
                     [&](auto row, auto) { rows.set(row); });
  }
  return rows;
}

Bitset Matcher::phrase_rows(std::size_t segment, const PlanNode& node) const {
  auto candidates = rows_with(segment, plan_.words[node.words.front()]);
  for (std::size_t i = 1; i < node.words.size(); ++i) {
    candidates &= rows_with(segment, plan_.words[node.words[i]]);
  }
  candidates.subtract(snapshot_.tables().dead(segment));
  Bitset rows(candidates.size());
  candidates.for_each([&](std::size_t row) {
    if (has_phrase(segment, static_cast<std::uint32_t>(row), node)) rows.set(row);
  });
  return rows;
}

bool Matcher::has_phrase(std::size_t segment, std::uint32_t row, const PlanNode& node) const {
  auto starts = positions(segment, row, plan_.words[node.words.front()]);
  for (std::uint32_t i = 1; i < node.words.size() && !starts.empty(); ++i) {
    const auto next = positions(segment, row, plan_.words[node.words[i]]);
    std::erase_if(
        starts, [&](std::uint32_t start) { return !std::ranges::binary_search(next, start + i); });
  }
  return !starts.empty();
}

std::vector<std::uint32_t> Matcher::positions(std::size_t segment, std::uint32_t row,
                                              const PlanWord& word) const {
  // The title's positions come first: schema::field_gap.
  const auto last =
      word.field == QueryField::title ? snapshot_.segment(segment).title_tokens[row] : UINT32_MAX;
  const auto& database = databases_[segment];
  std::vector<std::uint32_t> found;
  for (const auto& term : word.terms) {
    const auto end = database.positionlist_end(row + 1, term);
    for (auto p = database.positionlist_begin(row + 1, term); p != end && *p <= last; ++p) {
      found.push_back(*p);
    }
  }
  if (word.terms.size() > 1) std::ranges::sort(found);
  return found;
}

}  // namespace dateline
