// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/postings.h"

#include <algorithm>
#include <utility>

#include "common/index/schema.h"

namespace dateline {
namespace {

/// 64 MiB of them.
constexpr std::size_t most_kept_rows = 8U << 20;

/// Below what one occurrence counts; what is taken away again may leave a rounding error.
constexpr float least_frequency = 0.5F;

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
  frequencies_.resize(snapshot_.segment(segment).rows());
  rows_.clear();
  if (word.field != QueryField::title) add_text(segment, word);
  add_title(segment, word);
  std::ranges::sort(rows_);
  rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
  WordPostings postings;
  postings.rows.reserve(rows_.size());
  postings.frequencies.reserve(rows_.size());
  for (const auto row : rows_) {
    const auto frequency = std::exchange(frequencies_[row], 0.0F);
    if (frequency < least_frequency) continue;  // of the body's words, in the title alone
    postings.rows.push_back(row);
    postings.frequencies.push_back(frequency);
  }
  return postings;
}

void PostingsReader::add_text(std::size_t segment, const PlanWord& word) {
  for (const auto& term : word.terms) {
    for_each_posting(snapshot_, databases_[segment], segment, term.term, [&](auto row, auto wdf) {
      frequencies_[row] += term.weight * static_cast<float>(wdf);
      rows_.push_back(row);
    });
  }
}

/// The text's postings count a title's words once already.
void PostingsReader::add_title(std::size_t segment, const PlanWord& word) {
  const bool title_only = word.field == QueryField::title;
  const auto counts = static_cast<float>(title_only                       ? title_weight
                                         : word.field == QueryField::body ? -1
                                                                          : title_weight - 1);
  for (const auto& term : word.terms) {
    for_each_posting(snapshot_, databases_[segment], segment,
                     schema::term(schema::title_terms, term.term), [&](auto row, auto wdf) {
                       frequencies_[row] += term.weight * counts * static_cast<float>(wdf);
                       if (title_only) rows_.push_back(row);
                     });
  }
}

}  // namespace dateline
