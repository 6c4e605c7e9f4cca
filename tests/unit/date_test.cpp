// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/date.h"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace dateline;
using Catch::Matchers::Contains;
using std::chrono::sys_days;
using std::chrono::year;

namespace {

constexpr Day latest = sys_days{year{2024} / 1 / 1};

/// The date as format_timestamp() writes it, or the problem.
std::string read(std::string_view text) {
  const ParsedDate parsed = parse_date(text, latest);
  if (const auto* timestamp = std::get_if<Timestamp>(&parsed)) return format_timestamp(*timestamp);
  return std::get<DateProblem>(parsed).reason;
}

std::string range(std::string_view text) {
  const auto found = parse_day_range(text);
  return found ? format_day(found->first) + " to " + format_day(found->last) : "none";
}

}  // namespace

TEST_CASE("a bare date has neither a time nor a zone", "[date]") {
  const auto timestamp = std::get<Timestamp>(parse_date("2023-03-17", latest));
  CHECK_FALSE(timestamp.second_of_day);
  CHECK_FALSE(timestamp.utc_offset_minutes);
  CHECK(format_timestamp(timestamp) == "2023-03-17");
}

TEST_CASE("ISO 8601 dates are read as precisely as they are stated", "[date]") {
  CHECK(read("2023-03-17T16:05:00Z") == "2023-03-17T16:05:00+00:00");
  CHECK(read("2023-03-17T16:05:00.123+01:00") == "2023-03-17T16:05:00+01:00");
  CHECK(read("2023-03-17T16:05") == "2023-03-17T16:05:00");
  CHECK(read("2023-03-17 16:05:09 -0530") == "2023-03-17T16:05:09-05:30");
  CHECK(read("20230317") == "2023-03-17");
  CHECK(read("20230317T160500Z") == "2023-03-17T16:05:00+00:00");
  CHECK(read("20230317160500") == "2023-03-17T16:05:00");
  CHECK(read(" 2023/3/7 ") == "2023-03-07");
}

TEST_CASE("the stated day stays the day, whatever it is in UTC", "[date]") {
  CHECK(read("2022-12-21T23:10:00-05:00") == "2022-12-21T23:10:00-05:00");
}

TEST_CASE("RFC 2822 dates are read", "[date]") {
  CHECK(read("Fri, 17 Mar 2023 16:05:00 +0100") == "2023-03-17T16:05:00+01:00");
  CHECK(read("17 Mar 2023 16:05 GMT") == "2023-03-17T16:05:00+00:00");
  CHECK(read("Fri, 17 Mar 2023 16:05:00 EST") == "2023-03-17T16:05:00-05:00");
  CHECK(read("Fri Mar 17 16:05:00 +0000 2023") == "2023-03-17T16:05:00+00:00");
}

TEST_CASE("English long forms are read", "[date]") {
  CHECK(read("March 17, 2023 4:05 pm") == "2023-03-17T16:05:00");
  CHECK(read("Mar. 17, 2023, 12:05 a.m. ET") == "2023-03-17T00:05:00");
  CHECK(read("17 March 2023") == "2023-03-17");
  CHECK(read("Friday 17th of March 2023 at 4pm") == "2023-03-17T16:00:00");
  CHECK(read("17-Mar-2023") == "2023-03-17");
  CHECK(read("Sept 1, 2023") == "2023-09-01");
}

TEST_CASE("numbers are read as a day and a month only where one order is possible", "[date]") {
  CHECK(read("17/3/2023") == "2023-03-17");
  CHECK(read("3/17/2023") == "2023-03-17");
  CHECK(read("17.03.2023") == "2023-03-17");
  CHECK(read("7/23/17") == "2017-07-23");
  CHECK(read("7/23/69") == "1969-07-23");
  CHECK(read("12/12/17") == "2017-12-12");
  CHECK_THAT(read("12/1/22"), Contains("either way round"));
  CHECK_THAT(read("03/04/2023"), Contains("either way round"));
  CHECK_THAT(read("17-03-23"), Contains("either end"));
}

TEST_CASE("Unix epoch numbers are read in seconds and milliseconds", "[date]") {
  CHECK(read("1679069100") == "2023-03-17T16:05:00+00:00");
  CHECK(read("1679069100000") == "2023-03-17T16:05:00+00:00");
  CHECK(read("1679069100.250") == "2023-03-17T16:05:00+00:00");
}

TEST_CASE("what stands for no date is never 1970", "[date]") {
  for (const char* text : {"0", "-1", "1970-01-01T00:00:00Z", "1970-01-01 00:00:00", "n/a", "null"})
    CHECK(std::holds_alternative<DateProblem>(parse_date(text, latest)));
  CHECK(read("1970-01-01") == "1970-01-01");
  CHECK(read("1970-01-01T08:30:00Z") == "1970-01-01T08:30:00+00:00");
}

TEST_CASE("a day that no calendar has is a problem", "[date]") {
  CHECK(read("2023-02-29") == "names no such day");
  CHECK(read("2023-13-01") == "names no such day");
  CHECK(read("31 April 2023") == "names no such day");
  CHECK(read("2023-03-00") == "names no such day");
  CHECK(read("0000-00-00") == "names no such day");
  CHECK(read("29 February 2020") == "2020-02-29");
}

TEST_CASE("a date before the first newspaper or in the future is a problem", "[date]") {
  CHECK_THAT(read("0001-01-01"), Contains("before the first newspaper"));
  CHECK_THAT(read("1604-12-31"), Contains("before the first newspaper"));
  CHECK(read("1605-01-01") == "1605-01-01");
  CHECK(read("2024-01-01") == "2024-01-01");
  CHECK(read("2024-01-02") == "lies in the future");
}

TEST_CASE("a text without a day says what it lacks", "[date]") {
  CHECK(read("2023") == "names no day");
  CHECK(read("2023-03") == "names no day");
  CHECK(read("March 2023") == "names no day");
  CHECK(read("17 March") == "names no year");
  CHECK(read("31 Foo 2022") == "names no month");
  CHECK(read("yesterday") == "is in no known form");
  CHECK(read("") == "is empty");
}

TEST_CASE("a time that no clock shows is a problem", "[date]") {
  CHECK(read("2023-03-17 25:10") == "names no such time");
  CHECK(read("2023-03-17 13:10 pm") == "names no such time");
  CHECK(read("2023-03-17T16:61:00Z") == "names no such time");
  CHECK(read("2023-03-17T16:05:00+99:00") == "names no such zone");
  CHECK(read("2016-12-31T23:59:60Z") == "2016-12-31T23:59:60+00:00");
}

TEST_CASE("hostile texts are problems, soon", "[date]") {
  CHECK(std::holds_alternative<DateProblem>(parse_date(std::string(1 << 20, '9'), latest)));
  CHECK(std::holds_alternative<DateProblem>(parse_date(std::string(99, '-'), latest)));
  CHECK(std::holds_alternative<DateProblem>(parse_date("999999999999999999999", latest)));
  CHECK(std::holds_alternative<DateProblem>(parse_date("2023-03-17 1 2 3", latest)));
  CHECK(std::holds_alternative<DateProblem>(parse_date("17 3 \xFF 2023", latest)));
}

TEST_CASE("a range is a year, a month, a day or two of them", "[date]") {
  CHECK(range("2023") == "2023-01-01 to 2023-12-31");
  CHECK(range("2024-02") == "2024-02-01 to 2024-02-29");
  CHECK(range("2023-03-17") == "2023-03-17 to 2023-03-17");
  CHECK(range("2023-03..2023-05") == "2023-03-01 to 2023-05-31");
  CHECK(range("..2023") == format_day(earliest_day()) + " to 2023-12-31");
  CHECK(range("2023..") == "2023-01-01 to " + format_day(latest_range_day()));
}

TEST_CASE("a range that is none is empty", "[date]") {
  for (const char* text : {"", "..", "23", "2023-3", "2023-13", "2023-02-30", "2023-05..2023-03",
                           "2023-01-01x", "2023/01/01", "0000", "2023..x", "2023...2024", "-2023"})
    CHECK(range(text) == "none");
}

TEST_CASE("SOURCE_DATE_EPOCH stands in for the clock", "[date]") {
  ::setenv("SOURCE_DATE_EPOCH", "1679069100", 1);
  CHECK(format_day(latest_plausible_day()) == "2023-03-18");
  ::setenv("SOURCE_DATE_EPOCH", "soon", 1);
  CHECK(latest_plausible_day() > latest);
  ::unsetenv("SOURCE_DATE_EPOCH");
}
