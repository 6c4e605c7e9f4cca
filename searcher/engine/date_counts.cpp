// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/date_counts.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

#include "common/index/schema.h"

namespace dateline {
namespace {

using std::chrono::days;

constexpr days longest_by_month{3 * 366};
constexpr days longest_by_day{92};
/// Beyond it, periods without articles are left out.
constexpr std::size_t most_periods_with_gaps = 5'000;

constexpr std::array coarse_to_fine{DateUnit::year, DateUnit::month, DateUnit::week, DateUnit::day};

DayRange period_of(Day day, DateUnit unit) {
  const std::chrono::year_month_day date{day};
  switch (unit) {
    case DateUnit::year:
      return {Day{date.year() / 1 / 1}, Day{date.year() / 12 / 31}};
    case DateUnit::month:
      return {Day{date.year() / date.month() / 1},
              Day{date.year() / date.month() / std::chrono::last}};
    case DateUnit::week: {
      const auto monday = day - (std::chrono::weekday{day} - std::chrono::Monday);
      return {std::max(monday, earliest_day()), monday + days{6}};
    }
    case DateUnit::day:
      return {day, day};
  }
  return {day, day};
}

/// As a filter of dates takes it.
std::string format_period(const DayRange& period, DateUnit unit) {
  switch (unit) {
    case DateUnit::year:
      return format_day(period.first).substr(0, 4);
    case DateUnit::month:
      return format_day(period.first).substr(0, 7);
    case DateUnit::week:
      return format_day(period.first) + ".." + format_day(period.last);
    case DateUnit::day:
      return format_day(period.first);
  }
  return {};
}

/// Whether it begins and ends where periods of the unit do; an open end fits any.
bool consists_of(const DayRange& range, DateUnit unit) {
  const bool begins =
      range.first == earliest_day() || period_of(range.first, unit).first == range.first;
  const bool ends =
      range.last == latest_range_day() || period_of(range.last, unit).last == range.last;
  return begins && ends;
}

/// The coarsest unit that a range consists of.
DateUnit unit_of(const DayRange& range) {
  return *std::ranges::find_if(coarse_to_fine,
                               [&](DateUnit unit) { return consists_of(range, unit); });
}

/// The finest unit of the ranges; none: there are none.
std::optional<DateUnit> finest_unit(const std::vector<DayRange>& ranges) {
  std::optional<DateUnit> finest;
  for (const auto& range : ranges) finest = std::max(finest, std::optional(unit_of(range)));
  return finest;
}

bool overlaps(const DayRange& period, const std::vector<DayRange>& ranges) {
  return std::ranges::any_of(ranges, [&](const DayRange& range) {
    return period.first <= range.last && range.first <= period.last;
  });
}

bool lies_within(const DayRange& period, const std::vector<DayRange>& ranges) {
  return std::ranges::any_of(ranges, [&](const DayRange& range) {
    return range.first <= period.first && period.last <= range.last;
  });
}

struct Period {
  DayRange days;
  std::uint64_t articles = 0;
};

bool is_empty(const Period& period) { return period.articles == 0; }

/// Those before the first that has articles and after the last; all where they are too many.
void leave_out_gaps(std::vector<Period>& periods) {
  const auto first = std::ranges::find_if_not(periods, is_empty);
  periods.erase(periods.begin(), first);
  while (!periods.empty() && is_empty(periods.back())) periods.pop_back();
  if (periods.size() > most_periods_with_gaps) std::erase_if(periods, is_empty);
}

/// Adds those of the ranges that are one period of the unit.
void add_selected(const std::vector<DayRange>& ranges, DateUnit unit,
                  std::vector<Period>& periods) {
  for (const auto& range : ranges) {
    if (period_of(range.first, unit) == range && !std::ranges::count(periods, range, &Period::days))
      periods.push_back({range, 0});
  }
  std::ranges::sort(periods, {}, [](const Period& period) { return period.days.first; });
}

/// All periods from the first that has articles to the last; `articles` by day from `first` on.
std::vector<Period> periods_of(Day first, const std::vector<std::uint32_t>& articles,
                               DateUnit unit) {
  std::vector<Period> periods;
  for (std::size_t at = 0; at < articles.size(); ++at) {
    if (periods.empty() && articles[at] == 0) continue;
    const auto day = first + days{at};
    if (periods.empty() || day > periods.back().days.last) {
      periods.push_back({period_of(day, unit), 0});
    }
    periods.back().articles += articles[at];
  }
  return periods;
}

std::optional<DateUnit> unit_by_span(const std::vector<Period>& day_counts,
                                     const std::vector<DayRange>& within) {
  std::optional<DayRange> span;
  for (const auto& [day, articles] : day_counts) {
    if (articles == 0 || (!within.empty() && !overlaps(day, within))) continue;
    span = DayRange{span ? span->first : day.first, day.last};
  }
  if (!span) return std::nullopt;
  const auto length = span->last - span->first;
  if (length > longest_by_month) return DateUnit::year;
  return length > longest_by_day ? DateUnit::month : DateUnit::day;
}

/// Days that calendars know, so that whoever reckons with them need not look: about 30,000 years.
bool is_day(std::int32_t day) {
  constexpr std::int32_t farthest = 11'000'000;
  return day > -farthest && day < farthest;
}

}  // namespace

DateCounts::DateCounts(const IndexSnapshot& snapshot) : snapshot_(snapshot) {
  for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
    const auto days = snapshot.segment(s).run_days();
    // The newest stand first, the undated last: newest_first().
    const auto undated =
        std::ranges::lower_bound(days, schema::undated_day, std::ranges::greater{});
    if (undated == days.begin()) continue;
    first_ = std::min(first_, *std::prev(undated));
    last_ = std::max(last_, days.front());
    if (!is_day(first_) || !is_day(last_)) snapshot.segment(s).refuse("has days that never are");
  }
}

void DateCounts::add(std::size_t segment, const Bitset& rows) {
  const auto& columns = snapshot_.segment(segment);
  if (rows.count() < columns.run_days().size()) {
    rows.for_each([&](std::size_t row) { add(columns, columns.day[row], 1); });
    return;
  }
  for (std::size_t i = 0; i < columns.run_days().size(); ++i) {
    const auto run = columns.day_run(i);
    add(columns, run.day, rows.count(run.first, run.end));
  }
}

void DateCounts::add(const SegmentColumns& columns, std::int32_t day, std::size_t articles) {
  if (day == schema::undated_day) {
    undated_ += articles;
    return;
  }
  if (articles == 0) return;
  if (day < first_ || day > last_) columns.refuse("has rows that are not in order of date");
  const auto at = static_cast<std::size_t>(day - first_);
  if (at >= articles_.size()) articles_.resize(at + 1);
  articles_[at] += static_cast<std::uint32_t>(articles);
}

DateHistogram DateCounts::histogram(std::optional<DateUnit> asked,
                                    const DateSelection& selection) const {
  const auto selected_unit = finest_unit(selection.dates);
  const bool narrowed = selected_unit && (!asked || *asked > *selected_unit);
  const Day first{days{first_}};
  DateHistogram result{
      asked ? asked : unit_by_span(periods_of(first, articles_, DateUnit::day), selection.dates),
      {}};
  if (result.unit) {
    auto listed = periods_of(first, articles_, *result.unit);
    if (narrowed) {
      std::erase_if(listed, [&](const auto& p) { return !overlaps(p.days, selection.dates); });
    }
    leave_out_gaps(listed);
    add_selected(selection.dates, *result.unit, listed);
    const bool marked = selected_unit && *result.unit <= *selected_unit;
    for (const auto& [period, articles] : listed) {
      result.values.push_back({format_period(period, *result.unit), articles, 0,
                               marked && lies_within(period, selection.dates)});
    }
  }
  if (selection.undated || (undated_ > 0 && !narrowed)) {
    result.values.push_back({std::string(undated_value), undated_, 0, selection.undated});
  }
  return result;
}

}  // namespace dateline
