// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/postings.h"

#include <algorithm>
#include <utility>

#include "common/index/sorted_strings.h"

namespace dateline {
namespace {

/// 64 MiB, a bit each.
constexpr std::size_t most_kept_rows = 512U << 20;

/// What an occurrence counts in the ranking of a field, and one in the title besides.
struct Worth {
  float anywhere = 0;
  float more_in_title = 0;

  float of(const WordCount& count) const {
    return anywhere * static_cast<float>(count.all) +
           more_in_title * static_cast<float>(count.in_title);
  }
};

Worth worth_in(QueryField field) {
  constexpr auto title = static_cast<float>(title_weight);
  switch (field) {
    case QueryField::title:
      return {0, title};
    case QueryField::body:
      return {1, -1};
    case QueryField::text:
      break;
  }
  return {1, title - 1};
}

std::optional<WordList> list_of(const IndexSnapshot& snapshot, std::size_t segment,
                                const std::string& word) {
  const auto number = find_sorted(snapshot.segment(segment).words, word);
  if (!number) return std::nullopt;
  return snapshot.word_lists(segment).list(*number);
}

/// Calls `f(row)` for those rows below `end` that hold the word in the field.
template <class F>
void for_each_row_of(const SegmentWordLists& lists, const WordList& list, QueryField field,
                     std::uint32_t end, F&& f) {
  const auto worth = worth_in(field);
  lists.for_each_row(list, end, [&](std::uint32_t row, std::size_t posting) {
    if (field == QueryField::text || worth.of(lists.count(list, posting)) > 0) f(row);
  });
}

}  // namespace

std::uint64_t live_articles(const IndexSnapshot& snapshot, QueryField field,
                            const std::string& word) {
  std::uint64_t articles = 0;
  for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
    const auto list = list_of(snapshot, s, word);
    if (!list) continue;
    const auto& entry = snapshot.manifest().segments[s];
    if (field == QueryField::text && entry.live == entry.rows) {
      articles += list->counts.size();
      continue;
    }
    const auto& dead = snapshot.tables().dead(s);
    for_each_row_of(snapshot.word_lists(s), *list, field, SegmentWordLists::all_rows,
                    [&](std::uint32_t row) { articles += dead.test(row) ? 0U : 1U; });
  }
  return articles;
}

PostingsReader::PostingsReader(const IndexSnapshot& snapshot, const QueryPlan& plan)
    : snapshot_(snapshot), plan_(plan) {
  forget();
}

void PostingsReader::forget() {
  kept_.assign(snapshot_.segment_count(), std::vector<std::optional<Bitset>>(plan_.words.size()));
  kept_rows_ = 0;
}

void PostingsReader::read_up_to(std::uint32_t end) {
  end_ = end;
  forget();
}

const Bitset& PostingsReader::rows(std::size_t segment, std::size_t word) {
  auto& kept = kept_[segment][word];
  if (kept) return *kept;
  auto rows = read_rows(segment, plan_.words[word]);
  if (kept_rows_ + rows.size() > most_kept_rows) {
    passing_ = std::move(rows);
    return passing_;
  }
  kept_rows_ += rows.size();
  kept = std::move(rows);
  return *kept;
}

Bitset PostingsReader::read_rows(std::size_t segment, const PlanWord& word) const {
  const auto& lists = snapshot_.word_lists(segment);
  Bitset rows(snapshot_.segment(segment).rows());
  for (const auto& term : word.terms) {
    const auto list = list_of(snapshot_, segment, term.term);
    if (!list) continue;
    for_each_row_of(lists, *list, word.field, end_, [&](std::uint32_t row) { rows.set(row); });
  }
  return rows;
}

FrequencyReader PostingsReader::frequencies(std::size_t segment, std::size_t word) const {
  const auto& planned = plan_.words[word];
  const auto& lists = snapshot_.word_lists(segment);
  FrequencyReader frequencies(lists, planned.field);
  for (const auto& term : planned.terms) {
    const auto list = list_of(snapshot_, segment, term.term);
    if (list) frequencies.forms_.push_back({RowCursor(lists, *list), term.weight});
  }
  return frequencies;
}

void FrequencyReader::add_up_to(std::uint32_t end, std::uint32_t begin, const Bitset& wanted,
                                std::span<float> frequencies) {
  const auto worth = worth_in(field_);
  for (auto& [cursor, weight] : forms_) {
    cursor.read_up_to(
        end, [&, &list = cursor.list(), weight = weight](std::uint32_t row, std::size_t posting) {
          if (!wanted.test(row)) return;
          frequencies[row - begin] += weight * worth.of(lists_->count(list, posting));
        });
  }
}

}  // namespace dateline
