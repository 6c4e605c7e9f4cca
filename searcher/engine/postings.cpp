// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/postings.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/index/sorted_strings.h"
#include "searcher/engine/row_values.h"

namespace dateline {
namespace {

/// 64 MiB of them.
constexpr std::size_t most_kept_rows = 8U << 20;

/// As the ranking counts the occurrences of a term in a field.
float frequency_of(const WordCount& count, QueryField field) {
  const auto in_title = static_cast<float>(count.in_title);
  const auto in_text = static_cast<float>(count.all - count.in_title);
  switch (field) {
    case QueryField::title:
      return static_cast<float>(title_weight) * in_title;
    case QueryField::body:
      return in_text;
    case QueryField::text:
      break;
  }
  return static_cast<float>(title_weight) * in_title + in_text;
}

/// Frequencies by the byte that a list has of a posting; those of large counts mean nothing.
std::array<float, 256> frequencies_by_byte(QueryField field, float weight) {
  std::array<float, 256> frequencies{};
  for (std::uint32_t packed = 0; packed < frequencies.size(); ++packed) {
    const auto all = packed & 63U;
    const WordCount count{all, std::min(all, packed >> 6U)};
    frequencies[packed] = weight * frequency_of(count, field);
  }
  return frequencies;
}

std::optional<WordList> list_of(const IndexSnapshot& snapshot, std::size_t segment,
                                const std::string& word) {
  const auto number = find_sorted(snapshot.segment(segment).words, word);
  if (!number) return std::nullopt;
  return snapshot.word_lists(segment).list(*number);
}

/// How many of a list's postings count in the field and stand in rows that are not `dead`.
std::uint64_t count_postings(const SegmentWordLists& lists, const WordList& list, QueryField field,
                             const Bitset& dead) {
  std::vector<std::uint32_t> rows;
  lists.read_rows(list, rows);
  std::uint64_t counted = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (dead.test(rows[i])) continue;
    counted += frequency_of(lists.count(list, i), field) > 0 ? 1U : 0U;
  }
  return counted;
}

/// Of the body's words those that stand in the title alone, of the title's those elsewhere.
void leave_out_other_fields(WordPostings& postings) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < postings.rows.size(); ++i) {
    if (postings.frequencies[i] <= 0) continue;
    postings.rows[kept] = postings.rows[i];
    postings.frequencies[kept++] = postings.frequencies[i];
  }
  postings.rows.resize(kept);
  postings.frequencies.resize(kept);
}

}  // namespace

std::uint64_t live_articles(const IndexSnapshot& snapshot, QueryField field,
                            const std::string& word) {
  std::uint64_t articles = 0;
  for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
    const auto list = list_of(snapshot, s, word);
    if (!list) continue;
    const auto& entry = snapshot.manifest().segments[s];
    const bool all_count = field == QueryField::text && entry.live == entry.rows;
    articles +=
        all_count ? list->counts.size()
                  : count_postings(snapshot.word_lists(s), *list, field, snapshot.tables().dead(s));
  }
  return articles;
}

PostingsReader::PostingsReader(const IndexSnapshot& snapshot, const QueryPlan& plan)
    : snapshot_(snapshot), plan_(plan) {
  forget();
}

void PostingsReader::forget() {
  kept_.assign(snapshot_.segment_count(),
               std::vector<std::optional<WordPostings>>(plan_.words.size()));
  kept_rows_ = 0;
}

void PostingsReader::read_up_to(std::uint32_t end) {
  end_ = end;
  forget();
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

WordPostings PostingsReader::read(std::size_t segment, const PlanWord& word) const {
  if (word.terms.size() != 1) return read_terms(segment, word);
  WordPostings postings;
  read_term(segment, word.field, word.terms.front(), postings);
  return postings;
}

/// In place of what `postings` had.
void PostingsReader::read_term(std::size_t segment, QueryField field, const PlanTerm& term,
                               WordPostings& postings) const {
  postings.rows.clear();
  postings.frequencies.clear();
  const auto list = list_of(snapshot_, segment, term.term);
  if (!list) return;
  const auto& lists = snapshot_.word_lists(segment);
  lists.read_rows(*list, postings.rows, end_);
  const auto by_byte = frequencies_by_byte(field, term.weight);
  postings.frequencies.resize(postings.rows.size());
  for (std::size_t i = 0; i < postings.rows.size(); ++i) {
    const auto packed = list->counts[i];
    postings.frequencies[i] = is_large(packed)
                                  ? term.weight * frequency_of(lists.count(*list, i), field)
                                  : by_byte[packed];
  }
  if (field != QueryField::text) leave_out_other_fields(postings);
}

WordPostings PostingsReader::read_terms(std::size_t segment, const PlanWord& word) const {
  const auto rows = snapshot_.segment(segment).rows();
  RowValues frequencies(rows);
  Bitset found(rows);
  WordPostings postings;
  for (const auto& term : word.terms) {
    read_term(segment, word.field, term, postings);
    for (std::size_t i = 0; i < postings.rows.size(); ++i) {
      found.set(postings.rows[i]);
      frequencies[postings.rows[i]] += postings.frequencies[i];
    }
  }
  const auto count = found.count();
  postings.rows.resize(count);
  postings.frequencies.resize(count);
  std::size_t i = 0;
  found.for_each([&](std::size_t row) {
    postings.rows[i] = static_cast<std::uint32_t>(row);
    postings.frequencies[i++] = frequencies[row];
  });
  return postings;
}

}  // namespace dateline
