// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

namespace dateline {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::size_t longest_date = 100;
constexpr std::int32_t seconds_per_day = 86'400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::size_t digits_at_start(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) -
                                  text.begin());
}

/// `digits` holds digits only, few enough for an int.
int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::optional<Day> calendar_day(int y, int m, int d) {
  const year_month_day ymd{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (m < 1 || d < 1 || !ymd.ok()) return std::nullopt;
  return sys_days{ymd};
}

template <std::size_t N>
std::optional<int> position_in(const std::array<std::string_view, N>& names,
                               std::string_view word) {
  const auto fits = [&](std::string_view name) {
    return word == name || (word.size() >= 3 && name.starts_with(word));
  };
  const auto found = std::find_if(names.begin(), names.end(), fits);
  if (found == names.end()) return std::nullopt;
  return static_cast<int>(found - names.begin());
}

std::optional<int> month_named(std::string_view word) {
  static constexpr std::array<std::string_view, 12> months{
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  const auto index = position_in(months, word);
  return index ? std::optional(*index + 1) : std::nullopt;
}

bool is_weekday(std::string_view word) {
  static constexpr std::array<std::string_view, 7> weekdays{
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  return position_in(weekdays, word).has_value();
}

/// Words that stand around a date and say nothing about which one it is.
bool is_filler(std::string_view word) {
  static constexpr std::array<std::string_view, 11> fillers{
      "at", "on", "of", "the", "published", "posted", "date", "st", "nd", "rd", "th"};
  return std::find(fillers.begin(), fillers.end(), word) != fillers.end();
}

/// A zone's name and its offset; none where the name stands for more than one offset.
struct Zone {
  std::string_view name;
  std::optional<std::int32_t> offset_minutes;
};

const Zone* zone_named(std::string_view word) {
  static constexpr std::array<Zone, 24> zones{{
      {"z", 0},      {"ut", 0},     {"utc", 0},    {"gmt", 0},    {"est", -300}, {"edt", -240},
      {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"cet", 60},
      {"cest", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},  {"jst", 540},  {"et", {}},
      {"ct", {}},    {"mt", {}},    {"pt", {}},    {"cst", {}},   {"bst", {}},   {"ist", {}},
  }};
  const auto found =
      std::find_if(zones.begin(), zones.end(), [&](const Zone& z) { return z.name == word; });
  return found == zones.end() ? nullptr : &*found;
}

/// Collects the parts of one date from left to right. Each part may come once.
class DateScanner {
 public:
  explicit DateScanner(std::string_view text) : rest_(text) {}

  ParsedDate scan() {
    while (!rest_.empty() && !problem_) step();
    if (problem_) return DateProblem{*problem_};
    return assembled();
  }

 private:
  void step() {
    const char c = rest_.front();
    if (is_digit(c)) {
      step_at_digit();
    } else if (is_letter(c)) {
      step_at_word();
    } else if ((c == '+' || c == '-') && second_ && !offset_ && rest_.size() > 1 &&
               is_digit(rest_[1])) {
      read_offset();
    } else if (std::string_view(" \t,|()-/.;:").find(c) != std::string_view::npos) {
      rest_.remove_prefix(1);
    } else {
      fail("is in no known form");
    }
  }

  void step_at_digit() {
    if (read_year_first() || read_year_last() || read_compact() || read_clock()) return;
    if (is_year_and_month()) {
      fail("names no day");
      return;
    }
    const std::size_t width = digits_at_start(rest_);
    if (width == 4 && !year_) {
      year_ = number(take(width));
    } else if (width <= 2 && !day_) {
      day_ = number(take(width));
    } else {
      fail("is in no known form");
    }
  }

  void step_at_word() {
    if (day_ && month_ && year_ && !second_ && rest_.size() > 1 && lower(rest_.front()) == 't' &&
        is_digit(rest_[1])) {
      rest_.remove_prefix(1);
      if (!read_clock() && !read_basic_clock()) fail("names no such time");
      return;
    }
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_letter);
    std::string word(take(static_cast<std::size_t>(end - rest_.begin())));
    std::transform(word.begin(), word.end(), word.begin(), lower);
    if (const auto m = month_named(word); m && !month_) {
      month_ = *m;
    } else if (const Zone* zone = zone_named(word); zone && second_ && !zone_seen_) {
      zone_seen_ = true;
      offset_ = zone->offset_minutes;
    } else if (!is_weekday(word) && !is_filler(word)) {
      unknown_word_ = true;
    }
  }

  /// "2023-03-17", also with '/' or '.' and without leading zeros.
  bool read_year_first() {
    const auto parts = three_numbers(4, 4);
    if (!parts || year_ || month_ || day_) return false;
    year_ = parts->a;
    month_ = parts->b;
    day_ = parts->c;
    take(parts->length);
    return true;
  }

  /// "17/3/2023", "3/17/2023" and, where no other reading fits, "3/17/23".
  bool read_year_last() {
    const auto parts = three_numbers(1, 2);
    if (!parts || year_ || month_ || day_) return false;
    take(parts->length);
    if (parts->a <= 12 && parts->b <= 12 && parts->a != parts->b) {
      fail("could have day and month either way round");
      return true;
    }
    const bool day_first = parts->a > 12;
    day_ = day_first ? parts->a : parts->b;
    month_ = day_first ? parts->b : parts->a;
    year_ = parts->c;
    if (parts->c_width == 4) return true;
    if (parts->separator == '-') fail("could have its year at either end");
    year_ = parts->c <= 68 ? 2000 + parts->c : 1900 + parts->c;
    return true;
  }

  /// "20230317", before a time or the end.
  bool read_compact() {
    if (digits_at_start(rest_) != 8 || year_ || month_ || day_) return false;
    year_ = number(take(4));
    month_ = number(take(2));
    day_ = number(take(2));
    return true;
  }

  /// "2023-03" or "3/2023".
  bool is_year_and_month() const {
    const std::size_t a_width = digits_at_start(rest_);
    if (a_width >= rest_.size() ||
        std::string_view("-/.").find(rest_[a_width]) == std::string_view::npos)
      return false;
    const std::size_t b_width = digits_at_start(rest_.substr(a_width + 1));
    const bool year_first = a_width == 4 && (b_width == 1 || b_width == 2);
    const bool year_last = (a_width == 1 || a_width == 2) && b_width == 4;
    return (year_first || year_last) && a_width + 1 + b_width == rest_.size();
  }

  struct ThreeNumbers {
    int a, b, c;
    std::size_t c_width;
    char separator;
    std::size_t length;
  };

  /// Three numbers around one separator; the first of `least` to `most` digits.
  std::optional<ThreeNumbers> three_numbers(std::size_t least, std::size_t most) const {
    const std::size_t a_width = digits_at_start(rest_);
    if (a_width < least || a_width > most || a_width >= rest_.size()) return std::nullopt;
    const char separator = rest_[a_width];
    if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
    const std::string_view after_a = rest_.substr(a_width + 1);
    const std::size_t b_width = digits_at_start(after_a);
    if (b_width < 1 || b_width > 2 || b_width >= after_a.size() || after_a[b_width] != separator)
      return std::nullopt;
    const std::string_view after_b = after_a.substr(b_width + 1);
    const std::size_t c_width = digits_at_start(after_b);
    const bool c_fits = a_width == 4 ? c_width == 1 || c_width == 2 : c_width == 2 || c_width == 4;
    if (!c_fits) return std::nullopt;
    return ThreeNumbers{number(rest_.substr(0, a_width)),
                        number(after_a.substr(0, b_width)),
                        number(after_b.substr(0, c_width)),
                        c_width,
                        separator,
                        a_width + b_width + c_width + 2};
  }

  /// "16:05", "16:05:00.123", "4:05 pm", "4.05pm" or "4pm".
  bool read_clock() {
    const std::size_t hour_width = digits_at_start(rest_);
    if (second_ || hour_width < 1 || hour_width > 2) return false;
    const int hour = number(rest_.substr(0, hour_width));
    std::string_view after = rest_.substr(hour_width);
    int minute = 0, second = 0;
    bool colon = false;
    if (after.size() > 2 && (after[0] == ':' || after[0] == '.') &&
        digits_at_start(after.substr(1)) == 2) {
      colon = after[0] == ':';
      minute = number(after.substr(1, 2));
      after.remove_prefix(3);
      if (colon && after.size() > 2 && after[0] == ':' && digits_at_start(after.substr(1)) == 2) {
        second = number(after.substr(1, 2));
        after.remove_prefix(3);
        skip_fraction(after);
      }
    }
    const char half = take_half_of_day(after);
    if (!colon && half == 0) return false;
    rest_ = after;
    set_clock(hour, minute, second, half);
    return true;
  }

  /// "160500" or "1605", as in 20230317T160500.
  bool read_basic_clock() {
    const std::size_t width = digits_at_start(rest_);
    if (width != 4 && width != 6) return false;
    const int hour = number(take(2));
    const int minute = number(take(2));
    const int second = width == 6 ? number(take(2)) : 0;
    skip_fraction(rest_);
    set_clock(hour, minute, second, 0);
    return true;
  }

  static void skip_fraction(std::string_view& text) {
    if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || !is_digit(text[1])) return;
    text.remove_prefix(1);
    text.remove_prefix(digits_at_start(text));
  }

  /// Takes "pm", " p.m." and the like off `text`: 'a', 'p', or 0 when there is none.
  static char take_half_of_day(std::string_view& text) {
    std::string_view after = text;
    while (!after.empty() && after.front() == ' ') after.remove_prefix(1);
    if (after.empty()) return 0;
    const char half = lower(after.front());
    if (half != 'a' && half != 'p') return 0;
    after.remove_prefix(1);
    if (!after.empty() && after.front() == '.') after.remove_prefix(1);
    if (after.empty() || lower(after.front()) != 'm') return 0;
    after.remove_prefix(1);
    if (!after.empty() && is_letter(after.front())) return 0;
    text = after;
    return half;
  }

  void set_clock(int hour, int minute, int second, char half) {
    const bool twelve_hours = half != 0;
    const bool hour_fits = twelve_hours ? hour >= 1 && hour <= 12 : hour <= 23;
    const bool leap_second = second == 60 && minute == 59;
    if (!hour_fits || minute > 59 || (second > 59 && !leap_second)) {
      fail("names no such time");
      return;
    }
    if (twelve_hours) hour = hour % 12 + (half == 'p' ? 12 : 0);
    second_ = hour * 3600 + minute * 60 + second;
  }

  /// "+01:00", "+0100" or "-5".
  void read_offset() {
    const int sign = rest_.front() == '-' ? -1 : 1;
    rest_.remove_prefix(1);
    const std::size_t width = digits_at_start(rest_);
    if (width > 4 || width == 3) {
      fail("is in no known form");
      return;
    }
    const int hours = number(take(std::min<std::size_t>(width, 2)));
    int minutes = 0;
    if (width == 4) {
      minutes = number(take(2));
    } else if (rest_.size() >= 3 && rest_[0] == ':' && digits_at_start(rest_.substr(1)) == 2) {
      rest_.remove_prefix(1);
      minutes = number(take(2));
    }
    if (hours > 14 || minutes > 59) fail("names no such zone");
    offset_ = sign * (hours * 60 + minutes);
  }

  ParsedDate assembled() const {
    if (unknown_word_)
      return DateProblem{missing_month() ? "names no month" : "is in no known form"};
    if (missing_month()) return DateProblem{"names no month"};
    if (!day_) return DateProblem{"names no day"};
    if (!year_) return DateProblem{"names no year"};
    const auto found = calendar_day(*year_, *month_, *day_);
    if (!found) return DateProblem{"names no such day"};
    return Timestamp{*found, second_, second_ ? offset_ : std::nullopt};
  }

  bool missing_month() const { return !month_ && day_ && year_; }

  std::string_view take(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  void fail(std::string reason) {
    if (!problem_) problem_ = std::move(reason);
  }

  std::string_view rest_;
  std::optional<int> year_, month_, day_;
  std::optional<std::int32_t> second_, offset_;
  bool zone_seen_ = false;
  bool unknown_word_ = false;
  std::optional<std::string> problem_;
};

Timestamp from_epoch_seconds(std::int64_t seconds) {
  const Day on = std::chrono::floor<days>(std::chrono::sys_seconds{std::chrono::seconds{seconds}});
  const auto since_midnight = seconds - on.time_since_epoch().count() * seconds_per_day;
  return {on, static_cast<std::int32_t>(since_midnight), 0};
}

/// An epoch number in seconds (9 or 10 digits) or milliseconds (13). Twelve digits could as well be
/// a day and a time.
std::optional<Timestamp> epoch_number(std::string_view text) {
  const std::size_t width = digits_at_start(text);
  const std::string_view after = text.substr(width);
  const bool fraction =
      after.size() > 1 && after[0] == '.' && digits_at_start(after.substr(1)) == after.size() - 1;
  if (!after.empty() && !fraction) return std::nullopt;
  if (width != 9 && width != 10 && width != 13) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + width, value);
  return from_epoch_seconds(width == 13 ? value / 1000 : value);
}

/// "20230317160500" as the scanner reads it.
std::optional<std::string> fourteen_digits(std::string_view text) {
  if (text.size() != 14 || digits_at_start(text) != 14) return std::nullopt;
  return fmt::format("{}T{}", text.substr(0, 8), text.substr(8));
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

ParsedDate parse_date(std::string_view text, Day latest) {
  const std::string_view t = trimmed(text);
  if (t.empty()) return DateProblem{"is empty"};
  if (t.size() > longest_date) return DateProblem{"is in no known form"};
  if (const auto epoch = epoch_number(t)) return checked(*epoch, latest);
  const auto spread = fourteen_digits(t);
  return checked(DateScanner(spread ? *spread : t).scan(), latest);
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
