// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace dateline {

/// A calendar day as the article states it (proleptic Gregorian, no zone).
using Day = std::chrono::sys_days;

/// When something was published, as precisely as the article says and no more:
/// a bare date has neither a time nor a zone.
struct Timestamp {
  Day day{};
  std::optional<std::int32_t>
      second_of_day;  ///< local to the stated zone, 0 to 86,400 (a leap second)
  std::optional<std::int32_t> utc_offset_minutes;  ///< only where the text states it

  friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

/// Why a text that should have been a date is none: one phrase, e.g. "names no such day".
struct DateProblem {
  std::string reason;
};

using ParsedDate = std::variant<Timestamp, DateProblem>;

/// Which of day and month a site writes first in 3/4/2023.
enum class DayMonthOrder { unknown, day_first, month_first };

/// What is known about a date's surroundings.
struct DateContext {
  Day latest{};  ///< a later day is a problem
  /// Where known, a date of the other order is a problem.
  DayMonthOrder order = DayMonthOrder::unknown;
  /// BCP 47, e.g. "de" or "en-GB"; "" where unknown. Decides between month names that several
  /// languages share, and the order of numbers where the language has but one.
  std::string_view language = {};
};

/// Reads one date in the forms of ISO 8601 (2023-03-17, 2023-03-17T16:05:00Z, 20230317T160500),
/// RFC 2822, RFC 850 and asctime, the long forms of some thirty languages ("March 17, 2023 4:05 pm
/// ET", "le 17 mars 2023 à 16h05", "2023年3月17日"), numeric forms (17/3/2023, 3/17/23: years 00 to
/// 68 are of this century) and Unix epoch numbers in seconds, milliseconds or microseconds. Never
/// guesses: a form that two readings fit, a month's name that means two months, a day that no
/// calendar has, one before `earliest_day()`, one after `latest` and midnight of 1970-01-01 (how
/// programs write "no date") are problems. A zone's name that stands for several zones leaves the
/// time without one. The name of a weekday is not checked against the day. Thread-safe.
ParsedDate parse_date(std::string_view text, const DateContext& context);

/// The same where nothing is known but the latest day.
ParsedDate parse_date(std::string_view text, Day latest);

/// What a date in numbers, e.g. 17/03/2023, shows about the order its site writes; unknown where
/// both orders fit, and for any other form.
DayMonthOrder order_shown_by(std::string_view numeric_date);

/// No newspaper is older: the Relation of Strasbourg first appeared in 1605.
Day earliest_day();

/// Tomorrow in UTC, so that no zone's today is refused. `$SOURCE_DATE_EPOCH` stands in for the
/// clock where it is set (https://reproducible-builds.org/specs/source-date-epoch/).
Day latest_plausible_day();

/// 9999-12-31, where a range without an end ends.
Day latest_range_day();

/// "2023-03-17"
std::string format_day(Day day);
/// "2023-03-17", "2023-03-17T16:05:00" or "2023-03-17T16:05:00+01:00", as precise as known.
std::string format_timestamp(const Timestamp& t);

/// The days from `first` to `last`, both included.
struct DayRange {
  Day first{};
  Day last{};
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

/// The range that "2023", "2023-03", "2023-03-17", "2023-03..2023-05", "..2023" or "2023.." means.
/// An open end is `earliest_day()` or `latest_range_day()`. Empty when the text is none of them,
/// names a day that no calendar has, or the range runs backwards.
std::optional<DayRange> parse_day_range(std::string_view text);

}  // namespace dateline
