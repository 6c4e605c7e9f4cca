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
std::string read(std::string_view text, std::string_view language = {},
                 DayMonthOrder order = DayMonthOrder::unknown) {
  const ParsedDate parsed = parse_date(text, {latest, order, language});
  if (const auto* timestamp = std::get_if<Timestamp>(&parsed)) return format_timestamp(*timestamp);
  return std::get<DateProblem>(parsed).reason;
}

std::string range(std::string_view text) {
  const auto found = parse_day_range(text);
  return found ? format_day(found->first) + " to " + format_day(found->last) : "none";
}

struct Row {
  const char* text;
  const char* expected;
};

template <std::size_t N>
void check_all(const Row (&rows)[N]) {
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(read(row.text) == row.expected);
  }
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
  CHECK(read("Mar. 17, 2023, 12:05 a.m. ET") == "2023-03-17T00:05:00-04:00");
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

TEST_CASE("timestamps as programs write them are read", "[date]") {
  const Row rows[] = {{"20140512T101500Z", "2014-05-12T10:15:00+00:00"},
                      {"20140512T101500+0200", "2014-05-12T10:15:00+02:00"},
                      {"20140512T1015-05", "2014-05-12T10:15:00-05:00"},
                      {"20140512101500+0200", "2014-05-12T10:15:00+02:00"},
                      {"2023-03-17t16:05:00z", "2023-03-17T16:05:00+00:00"},
                      {"2023-03-17T16:05:00+01", "2023-03-17T16:05:00+01:00"},
                      {"2023-03-17T16:05:00,5+0100", "2023-03-17T16:05:00+01:00"},
                      {"2023-03-17 16:05:00 UTC", "2023-03-17T16:05:00+00:00"},
                      {"2023-03-17 16:05:00 +0100 CET", "2023-03-17T16:05:00+01:00"},
                      {"2023-03-17T16:05:00+01:00[Europe/Berlin]", "2023-03-17T16:05:00+01:00"},
                      {"Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37"},
                      {"Fri Mar 17 2023 16:05:00 GMT+0100 (Central European Standard Time)",
                       "2023-03-17T16:05:00+01:00"},
                      {"26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01"},
                      {" 9-APR-1987 00:02:36.88", "1987-04-09T00:02:36"},
                      {"1679069100000000", "2023-03-17T16:05:00+00:00"}};
  check_all(rows);
}

TEST_CASE("the obsolete forms of mail and HTTP are read", "[date]") {
  const Row rows[] = {
      {"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37+00:00"},
      {"6 Nov 94 08:49 PDT", "1994-11-06T08:49:00-07:00"},
      {"Fri, 17 Mar 2023 16:05 UT", "2023-03-17T16:05:00+00:00"},
      {"Fri, 17 Mar 2023 16:05:00 -0500 (EST (comment))", "2023-03-17T16:05:00-05:00"},
      {"Fri, 17 Mar 2023 16:05:00 Q", "2023-03-17T16:05:00"}};
  check_all(rows);
}

TEST_CASE("times and zones are read as newspapers write them", "[date]") {
  const Row rows[] = {{"Mar 17, 2023 4:05 pm ET", "2023-03-17T16:05:00-04:00"},
                      {"Jan 17, 2023 4:05 pm ET", "2023-01-17T16:05:00-05:00"},
                      {"July 1, 2023 4:05 pm PT", "2023-07-01T16:05:00-07:00"},
                      {"March 17th, 2023 at 4:05 p.m. EDT", "2023-03-17T16:05:00-04:00"},
                      {"17 March 2023, 16:05 CET", "2023-03-17T16:05:00+01:00"},
                      {"Friday, March 17 2023 | 16:05 GMT", "2023-03-17T16:05:00+00:00"},
                      {"Updated 4:05 PM EDT, Fri March 17, 2023", "2023-03-17T16:05:00-04:00"},
                      {"5:36 AM EST January 5, 2023", "2023-01-05T05:36:00-05:00"},
                      {"17/3/2023, 16:05 (GMT+7)", "2023-03-17T16:05:00+07:00"},
                      {"17 March 2023 1605 GMT", "2023-03-17T16:05:00+00:00"},
                      {"16:05 MAR 17, 2023", "2023-03-17T16:05:00"},
                      {"17 March 2023 16:05 BST", "2023-03-17T16:05:00+01:00"},
                      {"17 March 2023 16:05 NPT", "2023-03-17T16:05:00+05:45"}};
  check_all(rows);
}

TEST_CASE("a zone that could be several leaves the time without one", "[date]") {
  CHECK(read("17 March 2023 16:05 IST") == "2023-03-17T16:05:00");
  CHECK(read("17 March 2023 16:05 XYZT") == "2023-03-17T16:05:00");
  CHECK(read("March 17, 1995 4:05 pm ET") == "1995-03-17T16:05:00");
  CHECK(read("March 12, 2023 2:30 am ET") == "2023-03-12T02:30:00");
  CHECK(read("November 5, 2023 1:30 am ET") == "2023-11-05T01:30:00");
  CHECK(read("November 5, 2023 2:30 am ET") == "2023-11-05T02:30:00-05:00");
}

TEST_CASE("dates of many languages are read", "[date]") {
  const Row rows[] = {{"17. März 2023", "2023-03-17"},
                      {"17. Maerz 2023", "names no month"},
                      {"Freitag, 17. MÄRZ 2023, 16.05 Uhr", "2023-03-17T16:05:00"},
                      {"17. Jan. 2023 um 16:05 Uhr", "2023-01-17T16:05:00"},
                      {"le 17 mars 2023 à 16h05", "2023-03-17T16:05:00"},
                      {"17 mars 2023 - 16 h 05", "2023-03-17T16:05:00"},
                      {"mar. 17 janv. 2023", "2023-01-17"},
                      {"1er août 2023", "2023-08-01"},
                      {"17 de marzo de 2023", "2023-03-17"},
                      {"17 de março de 2023 às 16h05", "2023-03-17T16:05:00"},
                      {"17 marzo 2023 alle ore 16:05", "2023-03-17T16:05:00"},
                      {"vrijdag 17 maart 2023 om 16:05", "2023-03-17T16:05:00"},
                      {"fredag den 17. marts 2023 kl. 16.05", "2023-03-17T16:05:00"},
                      {"17 mars 2023 kl. 16.05", "2023-03-17T16:05:00"},
                      {"17. maaliskuuta 2023 klo 16.05", "2023-03-17T16:05:00"},
                      {"17 marca 2023", "2023-03-17"},
                      {"17. března 2023", "2023-03-17"},
                      {"17. 3. 2023", "2023-03-17"},
                      {"2023. március 17.", "2023-03-17"},
                      {"2023. 03. 17.", "2023-03-17"},
                      {"17 martie 2023", "2023-03-17"},
                      {"17 марта 2023 г., 16:05 МСК", "2023-03-17T16:05:00+03:00"},
                      {"17 березня 2023 року", "2023-03-17"},
                      {"17 март 2023", "2023-03-17"},
                      {"17 Μαρτίου 2023", "2023-03-17"},
                      {"17 Kasım 2023", "2023-11-17"},
                      {"17 KASIM 2023", "2023-11-17"},
                      {"17. märts 2023", "2023-03-17"},
                      {"2023. gada 17. martā", "names no month"},
                      {"2023 m. kovo 17 d.", "2023-03-17"},
                      {"17. mars 2023", "2023-03-17"},
                      {"17 d’abril de 2023", "2023-04-17"},
                      {"17 Maret 2023", "2023-03-17"},
                      {"17 Machi 2023", "2023-03-17"},
                      {"Ngày 17 tháng 3 năm 2023", "2023-03-17"},
                      {"2023年3月17日 16時05分", "2023-03-17T16:05:00"},
                      {"2023年3月17日(金) 午後4時05分", "2023-03-17T16:05:00"},
                      {"２０２３年３月１７日", "2023-03-17"},
                      {"2023年03月17日 16:05", "2023-03-17T16:05:00"},
                      {"2023년 3월 17일 오후 4시 5분", "2023-03-17T16:05:00"},
                      {"2023년 2월 30일", "names no such day"}};
  check_all(rows);
}

TEST_CASE("a month that languages disagree on needs the language", "[date]") {
  CHECK(read("17 listopada 2023", "pl") == "2023-11-17");
  CHECK(read("17. listopada 2023", "hr") == "2023-10-17");
  CHECK(read("17. listopad 2023", "cs-CZ") == "2023-11-17");
  CHECK(read("17. listopad 2023") ==
        "month 'listopad' is October in one language and November in another");
}

TEST_CASE("no language takes a month's English name for another", "[date]") {
  for (const char* month :
       {"January",   "February", "March",    "April",    "May",  "June", "July", "August",
        "September", "October",  "November", "December", "Jan",  "Feb",  "Mar",  "Apr",
        "Jun",       "Jul",      "Aug",      "Sep",      "Sept", "Oct",  "Nov",  "Dec"})
    CHECK(read(std::string("17 ") + month + " 2023").starts_with("2023-"));
}

TEST_CASE("the language or its region decides the order of numbers where it has but one",
          "[date]") {
  for (const char* language : {"de", "fr", "es-MX", "pt-BR", "ru", "en-GB", "en_AU", "EN-ie"})
    CHECK(read("03/04/2023", language) == "2023-04-03");
  CHECK(read("03/04/2023", "en-US") == "2023-03-04");
  for (const char* language : {"", "en", "en-CA", "fr-CA", "ja", "zh-Hant", "tlh"})
    CHECK_THAT(read("03/04/2023", language),
               Catch::Matchers::StartsWith("could be 3 April or March 4"));
  CHECK(read("3/17/2023", "de") == "2023-03-17");
}

TEST_CASE("a date of another order than the site's is refused", "[date]") {
  CHECK(read("03/04/2023", "", DayMonthOrder::month_first) == "2023-03-04");
  CHECK(read("03/04/2023", "en-US", DayMonthOrder::day_first) == "2023-04-03");
  CHECK_THAT(read("17/03/2023", "", DayMonthOrder::month_first), Contains("another order"));
  CHECK_THAT(read("03/17/2023", "", DayMonthOrder::day_first), Contains("another order"));
  CHECK(read("12/12/2023", "", DayMonthOrder::day_first) == "2023-12-12");
}

TEST_CASE("an unambiguous date shows the order of its site", "[date]") {
  CHECK(order_shown_by("17/03/2023") == DayMonthOrder::day_first);
  CHECK(order_shown_by("3.17.2023 16:05") == DayMonthOrder::month_first);
  for (const char* text : {"03/04/2023", "12/12/2023", "2023-03-17", "17 March 2023", "17-03-23",
                           "32/13/2023", "30/02/2023", "", "//"})
    CHECK(order_shown_by(text) == DayMonthOrder::unknown);
}

TEST_CASE("what contradicts itself is no date", "[date]") {
  for (const char* text : {"17 March April 2023", "2023-03-17 16:05 17:05", "17 March 2023 2024",
                           "午後 16時 2023-03-17", "17 March 2023 and so on", "2023年13月40日"}) {
    INFO(text);
    CHECK(std::holds_alternative<DateProblem>(parse_date(text, latest)));
  }
}

TEST_CASE("hostile texts of other scripts and lengths are problems", "[date]") {
  using namespace std::string_literals;
  for (const std::string& text :
       {std::string(1 << 20, '('), std::string(150, '('), std::string(150, '1'),
        "2023-03-17\0"s + std::string(1, '\0') + "16:05", "\xE6\x9C\x88"s, std::string(1, '\xE6'),
        "17 " + std::string(150, 'a') + " 2023", "2023-03-17T16:05:00(((((((("s,
        std::string(190, '9') + "年", "99999999年99月99日"s}) {
    const ParsedDate parsed = parse_date(text, latest);
    if (const auto* read_as = std::get_if<Timestamp>(&parsed))
      CHECK(format_day(read_as->day) == "2023-03-17");
  }
}
