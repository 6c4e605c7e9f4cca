// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "common/date/characters.h"
#include "common/date/names.h"
#include "common/date/scanner.h"

// What DateScanner reads of times: clocks, halves of the day, offsets.

namespace dateline::date {
namespace {

void skip_fraction(std::string_view& text) {
  if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || !is_digit(text[1])) return;
  text.remove_prefix(1);
  text.remove_prefix(digits_at_start(text));
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
}

/// Takes ":05" off `text`: the number, or -1 where there is none.
int take_part(std::string_view& text, char separator) {
  if (text.size() < 3 || text[0] != separator || digits_at_start(text.substr(1)) != 2) return -1;
  const int value = number(text.substr(1, 2));
  text.remove_prefix(3);
  return value;
}

/// Takes "pm", " p.m." and the like off `text`: 'a', 'p', or 0 when there is none.
char take_half_of_day(std::string_view& text) {
  std::string_view after = text;
  skip_blanks(after);
  if (after.empty()) return 0;
  const char half = lower(after.front());
  if (half != 'a' && half != 'p') return 0;
  after.remove_prefix(1);
  if (!after.empty() && after.front() == '.') after.remove_prefix(1);
  skip_blanks(after);
  if (after.empty() || lower(after.front()) != 'm') return 0;
  after.remove_prefix(1);
  if (!after.empty() && is_letter(after.front())) return 0;
  text = after;
  return half;
}

/// Takes the word for "hours" that stands between or behind the numbers: "16h05", "16 Uhr".
bool take_hour_unit(std::string_view& text) {
  static constexpr std::array<std::string_view, 8> units{"h",   "hrs", "hours", "uhr",
                                                         "hod", "ч",   "giờ",   "gio"};
  std::string_view after = text;
  skip_blanks(after);
  std::string word;
  while (!after.empty() && is_letter(after.front())) {
    word += lower(after.front());
    after.remove_prefix(1);
  }
  if (std::find(units.begin(), units.end(), word) == units.end()) return false;
  text = after;
  return true;
}

}  // namespace

/// "16:05", "16:05:00.123", "4:05 pm", "4.05pm" or "4pm".
bool DateScanner::read_clock() {
  const std::size_t hour_width = digits_at_start(rest_);
  if (second_ || hour_width < 1 || hour_width > 2) return false;
  const int hour = number(rest_.substr(0, hour_width));
  std::string_view after = rest_.substr(hour_width);
  int minute = take_part(after, ':');
  const bool colon = minute >= 0;
  int second = 0;
  if (colon) {
    second = std::max(take_part(after, ':'), 0);
    skip_fraction(after);
  } else {
    minute = std::max(take_part(after, '.'), 0);
  }
  const char half = take_half_of_day(after);
  if (!colon && half == 0) return false;
  rest_ = after;
  set_clock(hour, minute, second, half != 0 ? half : half_);
  return true;
}

/// "16.05", where it cannot be a day and a month: after a whole date, or before "Uhr".
bool DateScanner::read_dotted_clock() {
  const std::size_t hour_width = digits_at_start(rest_);
  if (second_ || hour_width < 1 || hour_width > 2) return false;
  std::string_view after = rest_.substr(hour_width);
  const int minute = take_part(after, '.');
  if (minute < 0 || (after.size() > 1 && after[0] == '.' && is_digit(after[1]))) return false;
  std::string_view beyond = after;
  const bool unit = take_hour_unit(beyond);
  if (!day_is_complete() && !unit) return false;
  const int hour = number(take(hour_width));
  rest_ = unit ? beyond : after;
  set_clock(hour, minute, 0, 0);
  return true;
}

/// "16h05", "16 h 05", "16 Uhr".
bool DateScanner::read_hour_with_unit() {
  const std::size_t width = digits_at_start(rest_);
  if (second_ || width > 2) return false;
  std::string_view after = rest_.substr(width);
  if (!take_hour_unit(after)) return false;
  std::string_view minutes = after;
  skip_blanks(minutes);
  int minute = 0;
  const bool more = digits_at_start(minutes) == 2 &&
                    (minutes.size() == 2 || (minutes[2] != '.' && minutes[2] != '/')) &&
                    (after.size() == minutes.size() || day_is_complete());
  if (more) {
    minute = number(minutes.substr(0, 2));
    after = minutes.substr(2);
  }
  const int hour = number(take(width));
  rest_ = after;
  set_clock(hour, minute, 0, 0);
  return true;
}

/// What follows ISO 8601's T.
bool DateScanner::read_iso_clock() {
  if (read_clock() || read_basic_clock()) return true;
  if (digits_at_start(rest_) != 2) return false;
  set_clock(number(take(2)), 0, 0, 0);
  return true;
}

/// "160500" or "1605", as in 20230317T160500.
bool DateScanner::read_basic_clock() {
  const std::size_t width = digits_at_start(rest_);
  if (width != 4 && width != 6) return false;
  const int hour = number(take(2));
  const int minute = number(take(2));
  const int second = width == 6 ? number(take(2)) : 0;
  skip_fraction(rest_);
  set_clock(hour, minute, second, 0);
  return true;
}

void DateScanner::set_half(char half) {
  if (half_ != 0 || second_) fail("names no such time");
  half_ = half;
}

void DateScanner::set_clock(int hour, int minute, int second, char half) {
  const bool twelve_hours = half != 0;
  const bool hour_fits = twelve_hours ? hour >= 1 && hour <= 12 : hour <= 23;
  const bool leap_second = second == 60 && minute == 59;
  if (second_ || !hour_fits || minute > 59 || (second > 59 && !leap_second)) {
    fail("names no such time");
    return;
  }
  if (twelve_hours) hour = hour % 12 + (half == 'p' ? 12 : 0);
  second_ = hour * 3600 + minute * 60 + second;
  just_after_clock_ = true;
}

/// "+01:00", "+0100" or "-5".
void DateScanner::read_offset() {
  just_after_clock_ = false;
  const int sign = take(1) == "-" ? -1 : 1;
  const std::size_t width = digits_at_start(rest_);
  if (width > 4 || width == 3) {
    fail("is in no known form");
    return;
  }
  const int hours = number(take(std::min<std::size_t>(width, 2)));
  int minutes = 0;
  if (width == 4)
    minutes = number(take(2));
  else
    minutes = std::max(take_part(rest_, ':'), 0);
  if (hours > 14 || minutes > 59) fail("names no such zone");
  offset_ = sign * (hours * 60 + minutes);
}

}  // namespace dateline::date
