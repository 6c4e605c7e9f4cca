// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "common/date/characters.h"
#include "common/date/names.h"
#include "common/date/scanner.h"

namespace dateline {
namespace {

using date::calendar_day;
using date::digits_at_start;
using date::number;
using date::trimmed;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::size_t longest_date = 200;  // bytes
constexpr std::int32_t seconds_per_day = 86'400;

Timestamp from_epoch_seconds(std::int64_t seconds) {
  const Day on = std::chrono::floor<days>(std::chrono::sys_seconds{std::chrono::seconds{seconds}});
  const auto since_midnight = seconds - on.time_since_epoch().count() * seconds_per_day;
  return {on, static_cast<std::int32_t>(since_midnight), 0};
}

/// An epoch number in seconds (9 or 10 digits), milliseconds (13) or microseconds (16). Twelve
/// digits could as well be a day and a time.
std::optional<Timestamp> epoch_number(std::string_view text) {
  const std::size_t width = digits_at_start(text);
  const std::string_view after = text.substr(width);
  const bool fraction =
      after.size() > 1 && after[0] == '.' && digits_at_start(after.substr(1)) == after.size() - 1;
  if (!after.empty() && !fraction) return std::nullopt;
  if (width != 9 && width != 10 && width != 13 && width != 16) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + width, value);
  return from_epoch_seconds(width == 16 ? value / 1'000'000 : width == 13 ? value / 1000 : value);
}

/// Midnight of 1 January 1970 is what programs write when they have no date.
bool is_clock_zero(const Timestamp& t) { return t.day == Day{} && t.second_of_day == 0; }

ParsedDate checked(const ParsedDate& parsed, Day latest) {
  const auto* t = std::get_if<Timestamp>(&parsed);
  if (!t) return parsed;
  if (t->day < earliest_day()) return DateProblem{"is before the first newspaper"};
  if (t->day > latest) return DateProblem{"lies in the future"};
  if (is_clock_zero(*t)) return DateProblem{"is the zero of a computer's clock"};
  return *t;
}

/// What "2023", "2023-03" or "2023-03-17" spans.
std::optional<DayRange> parse_span(std::string_view text) {
  const auto digits = [&](std::size_t from, std::size_t count) -> std::optional<int> {
    const auto part = text.substr(std::min(from, text.size()), count);
    if (part.size() != count || digits_at_start(part) != count) return std::nullopt;
    return number(part);
  };
  const auto y = digits(0, 4);
  if (!y || *y == 0) return std::nullopt;
  if (text.size() == 4) return DayRange{*calendar_day(*y, 1, 1), *calendar_day(*y, 12, 31)};
  const auto m = digits(5, 2);
  if (text[4] != '-' || !m) return std::nullopt;
  const auto first = calendar_day(*y, *m, 1);
  if (!first) return std::nullopt;
  if (text.size() == 7) {
    const auto last = year{*y} / month{static_cast<unsigned>(*m)} / std::chrono::last;
    return DayRange{*first, sys_days{last}};
  }
  const auto d = digits(8, 2);
  if (text.size() != 10 || text[7] != '-' || !d) return std::nullopt;
  const auto only = calendar_day(*y, *m, *d);
  if (!only) return std::nullopt;
  return DayRange{*only, *only};
}

}  // namespace

ParsedDate parse_date(std::string_view text, const DateContext& context) {
  const std::string_view t = trimmed(text);
  if (t.empty()) return DateProblem{"is empty"};
  if (t.size() > longest_date) return DateProblem{"is in no known form"};
  if (const auto epoch = epoch_number(t)) return checked(*epoch, context.latest);
  const auto folded = date::fold_date(t);
  if (!folded) return DateProblem{"is in no known form"};
  return checked(date::DateScanner(*folded, context).scan(), context.latest);
}

ParsedDate parse_date(std::string_view text, Day latest) {
  return parse_date(text, DateContext{.latest = latest});
}

DayMonthOrder order_shown_by(std::string_view numeric_date) {
  const auto parts = date::three_numbers(trimmed(numeric_date));
  if (!parts || parts->a_width == 4 || (parts->c_width == 2 && parts->separator == '-'))
    return DayMonthOrder::unknown;
  const int y = parts->c_width == 4 ? parts->c : date::century_added(parts->c);
  const bool day_first = calendar_day(y, parts->b, parts->a).has_value();
  const bool month_first = calendar_day(y, parts->a, parts->b).has_value();
  if (day_first == month_first) return DayMonthOrder::unknown;
  return day_first ? DayMonthOrder::day_first : DayMonthOrder::month_first;
}

Day earliest_day() { return sys_days{year{1605} / 1 / 1}; }

Day latest_range_day() { return sys_days{year{9999} / 12 / 31}; }

Day latest_plausible_day() {
  auto now = std::chrono::system_clock::now();
  if (const char* given = std::getenv("SOURCE_DATE_EPOCH")) {
    const std::string_view text(given);
    std::int64_t seconds = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size() && seconds >= 0 &&
        seconds / seconds_per_day <= latest_range_day().time_since_epoch().count())
      now = std::chrono::sys_seconds{std::chrono::seconds{seconds}};
  }
  return std::chrono::floor<days>(now) + days{1};
}

std::string format_day(Day d) {
  const year_month_day ymd{d};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string format_timestamp(const Timestamp& t) {
  std::string text = format_day(t.day);
  if (!t.second_of_day) return text;
  const bool leap_second = *t.second_of_day == seconds_per_day;
  const std::int32_t s = leap_second ? seconds_per_day - 1 : *t.second_of_day;
  text += fmt::format("T{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, leap_second ? 60 : s % 60);
  if (!t.utc_offset_minutes) return text;
  const std::int32_t offset = *t.utc_offset_minutes;
  text += fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', std::abs(offset) / 60,
                      std::abs(offset) % 60);
  return text;
}

std::optional<DayRange> parse_day_range(std::string_view text) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return parse_span(text);
  const std::string_view from = text.substr(0, dots), to = text.substr(dots + 2);
  if (from.empty() && to.empty()) return std::nullopt;
  DayRange range{earliest_day(), latest_range_day()};
  if (!from.empty()) {
    const auto span = parse_span(from);
    if (!span) return std::nullopt;
    range.first = span->first;
  }
  if (!to.empty()) {
    const auto span = parse_span(to);
    if (!span) return std::nullopt;
    range.last = span->last;
  }
  if (range.first > range.last) return std::nullopt;
  return range;
}

}  // namespace dateline
