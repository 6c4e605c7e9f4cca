// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/postings.h"

#include <algorithm>
#include <optional>
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

/// How many live rows of a segment hold the word of a list in the field, where that can be told
/// without reading them.
std::optional<std::uint64_t> live_by_list(const IndexSnapshot& snapshot, std::size_t segment,
                                          QueryField field, const WordList& list) {
  const auto& entry = snapshot.manifest().segments[segment];
  if (field != QueryField::text || entry.live < entry.rows) return std::nullopt;
  return list.counts.size();
}

}  // namespace

std::uint64_t live_articles(const IndexSnapshot& snapshot, QueryField field,
                            const std::string& word) {
  std::uint64_t articles = 0;
  for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
    const auto list = list_of(snapshot, s, word);
    if (!list) continue;
    if (const auto told = live_by_list(snapshot, s, field, *list)) {
      articles += *told;
      continue;
    }
    const auto& dead = snapshot.tables().dead(s);
    for_each_row_of(snapshot.word_lists(s), *list, field, SegmentWordLists::all_rows,
                    [&](std::uint32_t row) { articles += dead.test(row) ? 0U : 1U; });
  }
  return articles;
}

PostingsReader::PostingsReader(const IndexSnapshot& snapshot, const QueryPlan& plan)
    : snapshot_(snapshot), plan_(plan), kept_(snapshot.segment_count()) {
  for (auto& kept : kept_) kept.rows.resize(plan.words.size());
}

void PostingsReader::read_up_to(std::size_t segment, std::uint32_t end) {
  auto& kept = kept_[segment];
  if (kept.end == end) return;
  kept.end = end;
  for (auto& rows : kept.rows) {
    if (rows) kept_rows_ -= rows->size();
    rows.reset();
  }
}

std::shared_ptr<const Bitset> PostingsReader::rows(std::size_t segment, std::size_t word) {
  auto& kept = kept_[segment].rows[word];
  if (kept) return kept;
  auto rows =
      std::make_shared<const Bitset>(read_rows(segment, plan_.words[word], kept_[segment].end));
  if (kept_rows_ + rows->size() <= most_kept_rows) {
    kept_rows_ += rows->size();
    kept = rows;
  }
  return rows;
}

std::uint64_t PostingsReader::live_rows(std::size_t segment, std::size_t word) {
  const auto& planned = plan_.words[word];
  if (planned.terms.size() == 1) {
    const auto list = list_of(snapshot_, segment, planned.terms.front().term);
    if (!list) return 0;
    if (const auto told = live_by_list(snapshot_, segment, planned.field, *list)) return *told;
  }
  const auto& entry = snapshot_.manifest().segments[segment];
  const auto count = [&](const Bitset& held) {
    if (entry.live == entry.rows) return held.count();
    return held.count() - held.count_in(snapshot_.tables().dead(segment).words());
  };
  constexpr auto all = SegmentWordLists::all_rows;
  return kept_[segment].end == all ? count(*rows(segment, word))
                                   : count(read_rows(segment, planned, all));
}

Bitset PostingsReader::read_rows(std::size_t segment, const PlanWord& word,
                                 std::uint32_t end) const {
  const auto& lists = snapshot_.word_lists(segment);
  Bitset rows(std::min(end, snapshot_.segment(segment).rows()));
  for (const auto& term : word.terms) {
    const auto list = list_of(snapshot_, segment, term.term);
    if (!list) continue;
    for_each_row_of(lists, *list, word.field, end, [&](std::uint32_t row) { rows.set(row); });
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

void FrequencyReader::add(std::uint32_t begin, const Bitset& wanted, std::span<float> frequencies) {
  const auto worth = worth_in(field_);
  const auto end = begin + static_cast<std::uint32_t>(frequencies.size());
  const auto any_wanted = [&](std::uint64_t first, std::uint64_t last) {
    return last >= begin && wanted.has_any(std::max<std::uint64_t>(first, begin), last + 1);
  };
  for (auto& [cursor, weight] : forms_) {
    const auto add = [&, &list = cursor.list(), weight = weight](std::uint32_t row,
                                                                 std::size_t posting) {
      if (row < begin || !wanted.test(row)) return;
      frequencies[row - begin] += weight * worth.of(lists_->count(list, posting));
    };
    cursor.read_up_to(end, add, any_wanted);
  }
}

}  // namespace dateline
