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

/// Reads one date in the forms of ISO 8601 (2023-03-17, 2023-03-17T16:05:00Z, 20230317), RFC 2822
/// (Fri, 17 Mar 2023 16:05:00 +0100), the English long forms ("March 17, 2023 4:05 pm",
/// "17 March 2023"), numeric forms whose order is beyond doubt (17/3/2023, 3/17/23: years 00 to 68
/// are of this century) and Unix epoch numbers in seconds or milliseconds. Never guesses: a form
/// that two readings fit, a day that no calendar has, one before `earliest_day()`, one after
/// `latest` and midnight of 1970-01-01 (how programs write "no date") are problems. The name of a
/// weekday is not checked against the day.
ParsedDate parse_date(std::string_view text, Day latest);

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
