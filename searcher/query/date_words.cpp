// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/date_words.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string>

#include "common/text/unicode.h"

namespace dateline {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month_day;
using std::chrono::years;

std::optional<Day> day_named(std::string_view text, Day today) {
  if (text == "today") return today;
  if (text == "yesterday") return today - days{1};
  return std::nullopt;
}

Day months_before(Day day, months count) {
  const year_month_day date{day};
  const auto month = date.year() / date.month() - count;
  const auto same_number = month / date.day();
  return same_number.ok() ? Day{same_number} : Day{month / std::chrono::last};
}

/// "3 weeks": what stands after "last".
std::optional<DayRange> periods_until(std::string_view text, Day today) {
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  constexpr int most = 9'999;
  if (error != std::errc() || count < 1 || count > most) return std::nullopt;
  auto unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (!unit.starts_with(' ')) return std::nullopt;
  unit.remove_prefix(1);
  if (unit.ends_with('s')) unit.remove_suffix(1);
  Day before{};
  if (unit == "day") {
    before = today - days{count};
  } else if (unit == "week") {
    before = today - days{7 * count};
  } else if (unit == "month") {
    before = months_before(today, months{count});
  } else if (unit == "year") {
    before = months_before(today, months{12 * count});
  } else {
    return std::nullopt;
  }
  return DayRange{std::max(before + days{1}, earliest_day()), today};
}

std::optional<DayRange> range_between(std::string_view from, std::string_view to, Day today) {
  const auto first = day_named(from, today);
  const auto last = day_named(to, today);
  if (!first && !last) return std::nullopt;
  DayRange range{earliest_day(), latest_range_day()};
  if (first) {
    range.first = *first;
  } else if (!from.empty()) {
    const auto days_from = parse_day_range(from);
    if (!days_from) return std::nullopt;
    range.first = days_from->first;
  }
  if (last) {
    range.last = *last;
  } else if (!to.empty()) {
    const auto days_to = parse_day_range(to);
    if (!days_to) return std::nullopt;
    range.last = days_to->last;
  }
  if (range.first > range.last) return std::nullopt;
  return range;
}

}  // namespace

std::optional<DayRange> parse_date_words(std::string_view text, Day today) {
  if (const auto range = parse_day_range(text)) return range;
  auto words = lower_case(text);
  if (const auto day = day_named(words, today)) return DayRange{*day, *day};
  if (const auto dots = words.find(".."); dots != std::string::npos) {
    const std::string_view ends = words;
    return range_between(ends.substr(0, dots), ends.substr(dots + 2), today);
  }
  std::ranges::replace(words, '-', ' ');
  constexpr std::string_view last = "last ";
  if (!words.starts_with(last)) return std::nullopt;
  return periods_until(std::string_view(words).substr(last.size()), today);
}

}  // namespace dateline
