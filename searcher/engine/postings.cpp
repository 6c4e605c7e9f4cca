// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/postings.h"

#include <algorithm>
#include <utility>

#include "common/index/schema.h"
#include "searcher/engine/row_values.h"

namespace dateline {
namespace {

/// 64 MiB of them.
constexpr std::size_t most_kept_rows = 8U << 20;

/// Below what one occurrence counts.
constexpr float least_frequency = 0.5F;

constexpr Xapian::docid no_document = 0;

/// What an occurrence in the title counts besides the one that the text's postings count for it.
float counts_in_title(QueryField field) {
  return field == QueryField::body ? -1.0F : static_cast<float>(title_weight) - 1.0F;
}

/// Calls `f(row, frequency)` for each article of a segment that holds the term.
template <class F>
void for_each_posting(const IndexSnapshot& snapshot, const Xapian::Database& database,
                      std::size_t segment, const std::string& term, F&& f) {
  const auto& columns = snapshot.segment(segment);
  const auto end = database.postlist_end(term);
  for (auto p = database.postlist_begin(term); p != end; ++p) {
    if (*p > columns.rows()) columns.refuse("has fewer rows than its postings");
    f(*p - 1, p.get_wdf());
  }
}

}  // namespace

std::uint64_t live_articles(const IndexSnapshot& snapshot, std::size_t thread,
                            const std::string& term) {
  std::uint64_t articles = 0;
  for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
    const auto& database = snapshot.databases(thread)[s];
    const auto& entry = snapshot.manifest().segments[s];
    if (entry.live == entry.rows) {
      articles += database.get_termfreq(term);
      continue;
    }
    const auto& dead = snapshot.tables().dead(s);
    for_each_posting(snapshot, database, s, term,
                     [&](auto row, auto) { articles += dead.test(row) ? 0U : 1U; });
  }
  return articles;
}

PostingsReader::PostingsReader(const IndexSnapshot& snapshot, std::size_t thread,
                               const QueryPlan& plan)
    : snapshot_(snapshot),
      databases_(snapshot.databases(thread)),
      plan_(plan),
      kept_(snapshot.segment_count(), std::vector<std::optional<WordPostings>>(plan.words.size())) {
}

const WordPostings& PostingsReader::of(std::size_t segment, std::size_t word) {
  auto& kept = kept_[segment][word];
  if (kept) return *kept;
  auto postings = read(segment, plan_.words[word]);
  if (kept_rows_ + postings.rows.size() > most_kept_rows) {
    passing_ = std::move(postings);
    return passing_;
  }
  kept_rows_ += postings.rows.size();
  kept = std::move(postings);
  return *kept;
}

Bitset PostingsReader::rows(std::size_t segment, std::size_t word) {
  Bitset rows(snapshot_.segment(segment).rows());
  for (const auto row : of(segment, word).rows) rows.set(row);
  return rows;
}

WordPostings PostingsReader::read(std::size_t segment, const PlanWord& word) {
  return word.terms.size() == 1 ? read_term(segment, word.field, word.terms.front())
                                : read_terms(segment, word);
}

/// Of the word's text and title postings, both in order of their rows, the latter among the former.
WordPostings PostingsReader::read_term(std::size_t segment, QueryField field,
                                       const PlanTerm& term) {
  const auto& database = databases_[segment];
  const auto title_term = schema::term(schema::title_terms, term.term);
  WordPostings postings;
  const auto put = [&](std::uint32_t row, float frequency) {
    if (frequency < least_frequency) return;  // of the body's words, in the title alone
    postings.rows.push_back(row);
    postings.frequencies.push_back(term.weight * frequency);
  };
  if (field == QueryField::title) {
    for_each_posting(snapshot_, database, segment, title_term, [&](auto row, auto wdf) {
      put(row, static_cast<float>(title_weight) * static_cast<float>(wdf));
    });
    return postings;
  }
  const auto count = database.get_termfreq(term.term);
  postings.rows.reserve(count);
  postings.frequencies.reserve(count);
  const auto title_counts = counts_in_title(field);
  auto title = database.postlist_begin(title_term);
  const auto title_end = database.postlist_end(title_term);
  auto next_title = title == title_end ? no_document : *title;
  for_each_posting(snapshot_, database, segment, term.term, [&](auto row, auto wdf) {
    auto frequency = static_cast<float>(wdf);
    if (row + 1 == next_title) {
      frequency += title_counts * static_cast<float>(title.get_wdf());
      next_title = ++title == title_end ? no_document : *title;
    }
    put(row, frequency);
  });
  return postings;
}

WordPostings PostingsReader::read_terms(std::size_t segment, const PlanWord& word) {
  const auto rows = snapshot_.segment(segment).rows();
  RowValues frequencies(rows);
  Bitset found(rows);
  for (const auto& term : word.terms) {
    const auto postings = read_term(segment, word.field, term);
    for (std::size_t i = 0; i < postings.rows.size(); ++i) {
      found.set(postings.rows[i]);
      frequencies[postings.rows[i]] += postings.frequencies[i];
    }
  }
  WordPostings postings;
  const auto count = found.count();
  postings.rows.reserve(count);
  postings.frequencies.reserve(count);
  found.for_each([&](std::size_t row) {
    postings.rows.push_back(static_cast<std::uint32_t>(row));
    postings.frequencies.push_back(frequencies[row]);
  });
  return postings;
}

}  // namespace dateline
