// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/facets.h"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "common/date.h"
#include "common/index/schema.h"

namespace dateline {
namespace {

/// The index-wide ordinals of one type of entity: the table is ordered by type first.
std::pair<std::uint32_t, std::uint32_t> ordinals_of(const GenerationTables& tables, Facet facet) {
  const auto type = *entity_type_named(name_of(facet));
  const auto all = static_cast<std::uint32_t>(tables.entities.size());
  const auto first_from = [&](int wanted) {
    std::uint32_t low = 0;
    std::uint32_t high = all;
    while (low < high) {
      const auto middle = low + (high - low) / 2;
      if (static_cast<int>(tables.entity_type(middle)) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };
  return {first_from(static_cast<int>(type)), first_from(static_cast<int>(type) + 1)};
}

constexpr std::chrono::days longest_by_month{3 * 366};
constexpr std::chrono::days longest_by_day{92};

/// As many characters of YYYY-MM-DD as the period has.
std::size_t period_length(std::chrono::days span) {
  if (span > longest_by_month) return 4;
  return span > longest_by_day ? 7 : 10;
}

}  // namespace

FacetCounter::FacetCounter(const IndexSnapshot& snapshot, Facet facet, Naming naming)
    : snapshot_(snapshot), facet_(facet), naming_(naming) {
  const auto& tables = snapshot.tables();
  if (facet == Facet::source) {
    counts_.resize(tables.sources.size() + 1);
  } else {
    std::tie(first_, last_) = ordinals_of(tables, facet);
    counts_.resize(last_ - first_);
    seen_.resize(last_ - first_);
  }
}

void FacetCounter::add(std::size_t segment, const Bitset& rows) {
  if (facet_ == Facet::source) {
    add_sources(segment, rows);
  } else {
    add_entities(segment, rows);
  }
}

void FacetCounter::add_sources(std::size_t segment, const Bitset& rows) {
  const auto source = snapshot_.segment(segment).source;
  const auto map = snapshot_.tables().source_map(segment);
  rows.for_each([&](std::size_t row) {
    const auto known = source[row] != schema::no_source;
    ++counts_[known ? map[source[row]] : counts_.size() - 1];
  });
}

void FacetCounter::add_entities(std::size_t segment, const Bitset& rows) {
  const auto entities = snapshot_.entities(segment);
  rows.for_each([&](std::size_t row) {
    ++article_;
    entities.for_each_name(
        static_cast<std::uint32_t>(row), [&](std::uint32_t ordinal, EntityWeight weight) {
          if (ordinal < first_ || ordinal >= last_) return;
          auto& seen = seen_[ordinal - first_];
          if (seen.article != article_) seen = {article_, false, 0};
          seen.weight = add_weights(seen.weight, weight);
          if (seen.counted || (naming_ == Naming::salient && !is_salient(seen.weight))) return;
          seen.counted = true;
          ++counts_[ordinal - first_];
        });
  });
}

std::string_view FacetCounter::value(std::size_t position) const {
  const auto& tables = snapshot_.tables();
  if (facet_ != Facet::source) {
    return tables.entity_name(first_ + static_cast<std::uint32_t>(position));
  }
  return position < tables.sources.size() ? tables.sources[position] : unknown_value;
}

std::vector<FacetCount> FacetCounter::top(std::size_t limit) const {
  std::vector<std::uint32_t> used;
  for (std::uint32_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] > 0) used.push_back(i);
  }
  const auto shown = std::min(limit, used.size());
  std::partial_sort(used.begin(), used.begin() + static_cast<std::ptrdiff_t>(shown), used.end(),
                    [&](std::uint32_t a, std::uint32_t b) {
                      return counts_[a] != counts_[b] ? counts_[a] > counts_[b]
                                                      : value(a) < value(b);
                    });
  std::vector<FacetCount> top;
  for (std::size_t i = 0; i < shown; ++i) {
    top.push_back({std::string(value(used[i])), counts_[used[i]]});
  }
  return top;
}

std::uint64_t FacetCounter::size() const {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(counts_, [](std::uint32_t n) { return n > 0; }));
}

void DateCounter::add(std::size_t segment, const Bitset& rows) {
  const auto first = static_cast<std::int32_t>(earliest_day().time_since_epoch().count());
  const auto day = snapshot_.segment(segment).day;
  rows.for_each([&](std::size_t row) {
    if (day[row] < first) {
      ++undated_;
      return;
    }
    const auto at = static_cast<std::size_t>(day[row] - first);
    if (at >= articles_.size()) articles_.resize(at + 1);
    ++articles_[at];
  });
}

std::vector<FacetCount> DateCounter::histogram() const {
  std::vector<FacetCount> periods;
  const auto is_used = [](std::uint32_t n) { return n > 0; };
  const auto oldest = std::ranges::find_if(articles_, is_used);
  if (oldest != articles_.end()) {
    const auto span = std::chrono::days{articles_.end() - oldest - 1};
    const auto length = period_length(span);
    for (auto it = oldest; it != articles_.end(); ++it) {
      if (*it == 0) continue;
      const auto day = earliest_day() + std::chrono::days{it - articles_.begin()};
      auto period = format_day(day).substr(0, length);
      if (periods.empty() || periods.back().value != period) {
        periods.push_back({std::move(period), 0});
      }
      periods.back().articles += *it;
    }
  }
  if (undated_ > 0) periods.push_back({std::string(undated_value), undated_});
  return periods;
}

}  // namespace dateline
