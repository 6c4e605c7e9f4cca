// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>

#include "searcher/query/date_words.h"

using namespace dateline;

namespace {

/// "first..last", or "" for what is no date.
std::string days(std::string_view text, std::string_view today = "2023-03-17") {
  const auto range = parse_date_words(text, parse_day_range(today).value().first);
  return range ? format_day(range->first) + ".." + format_day(range->last) : "";
}

}  // namespace

TEST_CASE("date words: whatever a range of days may be", "[query][date]") {
  CHECK(days("2023") == "2023-01-01..2023-12-31");
  CHECK(days("2023-02") == "2023-02-01..2023-02-28");
  CHECK(days("2023-03-17") == "2023-03-17..2023-03-17");
  CHECK(days("2022..2023-02") == "2022-01-01..2023-02-28");
  CHECK(days("..2023") == "1605-01-01..2023-12-31");
  CHECK(days("2023..") == "2023-01-01..9999-12-31");
}

TEST_CASE("date words: today and yesterday, in any case and as ends of a range", "[query][date]") {
  CHECK(days("today") == "2023-03-17..2023-03-17");
  CHECK(days("Yesterday") == "2023-03-16..2023-03-16");
  CHECK(days("yesterday..TODAY") == "2023-03-16..2023-03-17");
  CHECK(days("2023..today") == "2023-01-01..2023-03-17");
  CHECK(days("today..") == "2023-03-17..9999-12-31");
  CHECK(days("..yesterday") == "1605-01-01..2023-03-16");
  CHECK(days("today..yesterday").empty());
}

TEST_CASE("date words: the last N days, weeks, months and years end today", "[query][date]") {
  CHECK(days("last 1 day") == "2023-03-17..2023-03-17");
  CHECK(days("last 3 weeks") == "2023-02-25..2023-03-17");
  CHECK(days("LAST-3-Weeks") == "2023-02-25..2023-03-17");
  CHECK(days("last 1 month") == "2023-02-18..2023-03-17");
  CHECK(days("last 12 months") == days("last 1 year"));
  CHECK(days("last 1 year") == "2022-03-18..2023-03-17");
  CHECK(days("last 9999 years") == "1605-01-01..2023-03-17");
}

TEST_CASE("date words: months before a day that they lack begin after their last",
          "[query][date]") {
  CHECK(days("last 1 month", "2023-03-31") == "2023-03-01..2023-03-31");
  CHECK(days("last 1 year", "2024-02-29") == "2023-03-01..2024-02-29");
}

TEST_CASE("date words: what could mean two things, or nothing, is no date", "[query][date]") {
  for (const auto* text : {"",
                           "last",
                           "last month",
                           "last week",
                           "last 0 days",
                           "last -3 days",
                           "last +3 days",
                           "last 3",
                           "last 3 ",
                           "last 3 dayss",
                           "last 3 fortnights",
                           "last three weeks",
                           "last 10000 days",
                           "last 3 weeks..today",
                           "3 weeks",
                           "next 3 weeks",
                           "tomorrow",
                           "..",
                           "today..2022",
                           "today..x",
                           "17/3/2023",
                           "2023-02-30",
                           "March 2023",
                           "undated"}) {
    INFO(text);
    CHECK(days(text).empty());
  }
}
