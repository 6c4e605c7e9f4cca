// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/date/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "common/date/characters.h"
#include "common/date/names.h"

namespace dateline::date {
namespace {

constexpr std::string_view unknown_form = "is in no known form";
constexpr std::size_t longest_zone_name = 5;

std::string subtag(std::string_view language) {
  std::string primary(language.substr(0, language.find_first_of("-_")));
  std::transform(primary.begin(), primary.end(), primary.begin(), lower);
  return primary;
}

/// The half of the day as it stands before the clock in Chinese, Japanese and Korean.
char eastern_half_of_day(std::string_view word) {
  for (const std::string_view after : {"午後", "下午", "晚上", "오후"})
    if (word == after) return 'p';
  for (const std::string_view before : {"午前", "上午", "早上", "오전"})
    if (word == before) return 'a';
  return 0;
}

std::size_t blanks_at_start(std::string_view text) {
  return std::min(text.find_first_not_of(' '), text.size());
}

}  // namespace

DateScanner::DateScanner(std::string_view folded, const DateContext& context)
    : rest_(folded),
      language_(subtag(context.language)),
      order_(context.order == DayMonthOrder::unknown ? order_of_language(context.language)
                                                     : context.order),
      stated_order_(context.order) {}

ParsedDate DateScanner::scan() {
  while (!rest_.empty() && !problem_) step();
  if (problem_) return DateProblem{*problem_};
  if (!month_) month_ = weak_month_;
  return assembled();
}

void DateScanner::step() {
  const char c = rest_.front();
  if (step_after_clock(c)) return;
  if (is_digit(c)) {
    step_at_digit();
  } else if (is_letter(c)) {
    step_at_word();
  } else if (std::string_view(" \t\r\n,|()-/.;:'@").find(c) != std::string_view::npos) {
    if (c == '(') ++brackets_;
    if (c == ')') --brackets_;
    take(1);
  } else {
    fail(std::string(unknown_form));
  }
}

/// Offsets, and what may be left out: "[Europe/Berlin]", and RFC 2822's comments after the zone.
bool DateScanner::step_after_clock(char c) {
  if (!second_) return false;
  if ((c == '+' || c == '-') && !offset_ && rest_.size() > 1 && is_digit(rest_[1])) {
    read_offset();
    return true;
  }
  if (c == '[' || (c == '(' && (offset_ || zone_))) {
    skip_past(c == '[' ? ']' : ')');
    return true;
  }
  return false;
}

void DateScanner::skip_past(char closing) {
  const char opening = rest_.front();
  int depth = 0;
  do {
    const char c = take(1).front();
    depth += c == opening ? 1 : c == closing ? -1 : 0;
  } while (depth > 0 && !rest_.empty());
}

void DateScanner::step_at_digit() {
  if (read_year_first() || read_year_last() || read_compact_day() || read_number_with_unit() ||
      read_clock() || read_dotted_clock())
    return;
  if (is_year_and_month())
    fail("names no day");
  else
    take_day_or_year();
}

void DateScanner::take_day_or_year() {
  const std::size_t width = digits_at_start(rest_);
  if (day_is_complete() && !second_ && (width == 6 || is_clock_of_four_digits())) {
    read_basic_clock();
    return;
  }
  if (width == 4 && !year_) {
    year_ = number(take(width));
  } else if (width <= 2 && std::exchange(month_follows_, false) && !month_) {
    month_ = number(take(width));
  } else if (width <= 2 && !day_) {
    day_ = number(take(width));
  } else if (width == 2 && day_ && month_ && !year_) {
    year_ = century_added(number(take(width)));
  } else {
    fail(std::string(unknown_form));
  }
}

/// "1605 GMT": without a zone it might be a year.
bool DateScanner::is_clock_of_four_digits() const {
  const std::size_t width = digits_at_start(rest_);
  std::string word(word_at(width + blanks_at_start(rest_.substr(width))));
  std::transform(word.begin(), word.end(), word.begin(), lower);
  return width == 4 && (zone_named(word) || word == "hrs" || word == "h");
}

void DateScanner::step_at_word() {
  const bool after_clock = std::exchange(just_after_clock_, false);
  if (day_is_complete() && !second_ && rest_.size() > 1 && lower(rest_.front()) == 't' &&
      is_digit(rest_[1])) {
    take(1);
    if (!read_iso_clock()) fail("names no such time");
    return;
  }
  std::string word(word_at(0));
  take(word.size());
  const bool capitals = std::none_of(word.begin(), word.end(),
                                     [](char c) { return c != lower(c) ? false : is_letter(c); });
  std::transform(word.begin(), word.end(), word.begin(), lower);
  const bool abbreviation = after_clock && capitals && word.size() <= longest_zone_name;
  if (const char half = eastern_half_of_day(word)) return set_half(half);
  if (word == "thang" || word == "nam") {
    month_follows_ = word == "thang";
    return;
  }
  if (after_clock && zone_named(word) && take_zone(word, true)) return;
  if (!take_month(word) && !take_zone(word, abbreviation)) take_word(word);
}

void DateScanner::take_word(const std::string& word) {
  if (!is_weekday(word) && !is_filler(word) && brackets_ <= 0) unknown_word_ = true;
}

/// False where the word is no month, or no longer needed as one.
bool DateScanner::take_month(const std::string& word) {
  if (month_ && is_weekday(word)) return true;
  const auto named = month_named(word, language_);
  if (!named) return false;
  if (named->month == 0) {
    fail(named->disagreement);
  } else if (is_weekday(word)) {
    weak_month_ = named->month;
  } else if (!month_) {
    month_ = named->month;
  } else if (*month_ != named->month) {
    fail("names two months");
  }
  return true;
}

bool DateScanner::take_zone(const std::string& word, bool abbreviation) {
  if (!second_) return false;
  const Zone* zone = zone_named(word);
  if (!zone) {
    if (!abbreviation || zone_ || is_weekday(word) || is_filler(word)) return false;
    unknown_zone_ = true;
    return true;
  }
  if (zone_ || unknown_zone_) return true;
  zone_ = *zone;
  return true;
}

/// "2023-03-17", also with '/' or '.' and without leading zeros.
bool DateScanner::read_year_first() {
  const auto parts = three_numbers(rest_);
  if (!parts || parts->a_width != 4 || year_ || month_ || day_) return false;
  year_ = parts->a;
  month_ = parts->b;
  day_ = parts->c;
  take(parts->length);
  return true;
}

/// "17/3/2023", "3/17/2023" and, where no other reading fits, "3/17/23".
bool DateScanner::read_year_last() {
  const auto parts = three_numbers(rest_);
  if (!parts || parts->a_width == 4 || year_ || month_ || day_) return false;
  take(parts->length);
  const bool both_fit = parts->a <= 12 && parts->b <= 12 && parts->a != parts->b;
  if (both_fit && order_ == DayMonthOrder::unknown) {
    set_either_way_round(*parts);
    return true;
  }
  const bool day_first = both_fit ? order_ == DayMonthOrder::day_first : parts->a > 12;
  const auto shown = day_first ? DayMonthOrder::day_first : DayMonthOrder::month_first;
  if (parts->a != parts->b && stated_order_ != DayMonthOrder::unknown && stated_order_ != shown)
    fail("has day and month in another order than the one that holds here");
  day_ = day_first ? parts->a : parts->b;
  month_ = day_first ? parts->b : parts->a;
  year_ = parts->c_width == 4 ? parts->c : century_added(parts->c);
  if (parts->c_width == 2 && parts->separator == '-') fail("could have its year at either end");
  return true;
}

void DateScanner::set_either_way_round(const ThreeNumbers& parts) {
  if (parts.a < 1 || parts.b < 1) return fail("names no such day");
  fail(fmt::format(
      "could be {} {} or {} {}, with day and month either way round: say which the site writes",
      parts.a, english_month(parts.b), english_month(parts.a), parts.b));
}

/// "20230317", before a time or the end.
bool DateScanner::read_compact_day() {
  const std::size_t width = digits_at_start(rest_);
  if ((width != 8 && width != 14) || year_ || month_ || day_) return false;
  year_ = number(take(4));
  month_ = number(take(2));
  day_ = number(take(2));
  return width == 8 || read_basic_clock();
}

/// "2023年3月17日 16時05分", "2023년 3월 17일": each number says what it is.
bool DateScanner::read_number_with_unit() {
  enum class Unit { year, month, day, hour, minute, second };
  static constexpr std::array<std::pair<std::string_view, Unit>, 17> units{{{"年", Unit::year},
                                                                            {"년", Unit::year},
                                                                            {"月", Unit::month},
                                                                            {"월", Unit::month},
                                                                            {"日", Unit::day},
                                                                            {"일", Unit::day},
                                                                            {"号", Unit::day},
                                                                            {"號", Unit::day},
                                                                            {"時", Unit::hour},
                                                                            {"时", Unit::hour},
                                                                            {"点", Unit::hour},
                                                                            {"點", Unit::hour},
                                                                            {"시", Unit::hour},
                                                                            {"分", Unit::minute},
                                                                            {"분", Unit::minute},
                                                                            {"秒", Unit::second},
                                                                            {"초", Unit::second}}};
  const std::size_t width = digits_at_start(rest_);
  if (width > 4) return false;
  const std::size_t blank = blanks_at_start(rest_.substr(width));
  const std::string_view after = rest_.substr(width + blank);
  const auto unit = std::find_if(units.begin(), units.end(),
                                 [&](const auto& row) { return after.starts_with(row.first); });
  if (unit == units.end()) return read_hour_with_unit();
  const int value = number(take(width));
  take(blank + unit->first.size());
  switch (unit->second) {
    case Unit::year:
      year_ = value;
      break;
    case Unit::month:
      month_ = value;
      break;
    case Unit::day:
      day_ = value;
      break;
    case Unit::hour:
      set_clock(value, 0, 0, half_);
      break;
    case Unit::minute:
    case Unit::second:
      if (!second_ || value > 59)
        fail("names no such time");
      else
        *second_ += unit->second == Unit::minute ? value * 60 : value;
      break;
  }
  return true;
}

/// "2023-03" or "3/2023".
bool DateScanner::is_year_and_month() const {
  const std::size_t a_width = digits_at_start(rest_);
  if (a_width >= rest_.size() ||
      std::string_view("-/.").find(rest_[a_width]) == std::string_view::npos)
    return false;
  const std::size_t b_width = digits_at_start(rest_.substr(a_width + 1));
  const bool year_first = a_width == 4 && (b_width == 1 || b_width == 2);
  const bool year_last = (a_width == 1 || a_width == 2) && b_width == 4;
  return (year_first || year_last) && a_width + 1 + b_width == rest_.size();
}

ParsedDate DateScanner::assembled() const {
  const bool no_month = !month_ && day_ && year_;
  if (unknown_word_ && !no_month) return DateProblem{std::string(unknown_form)};
  if (no_month) return DateProblem{"names no month"};
  if (!day_ && !unknown_word_ && (month_ || year_)) return DateProblem{"names no day"};
  if (!day_) return DateProblem{second_ ? "names no day" : std::string(unknown_form)};
  if (!month_) return DateProblem{"names no month"};
  if (!year_) return DateProblem{"names no year"};
  const auto found = calendar_day(*year_, *month_, *day_);
  if (!found) return DateProblem{"names no such day"};
  if (!second_) return Timestamp{*found, {}, {}};
  if (offset_ || !zone_) return Timestamp{*found, second_, offset_};
  return Timestamp{*found, second_, offset_at(*zone_, *found, *second_)};
}

std::string_view DateScanner::take(std::size_t count) {
  const std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(taken.size());
  return taken;
}

std::string_view DateScanner::word_at(std::size_t from) const {
  const std::string_view text = rest_.substr(std::min(from, rest_.size()));
  const auto end = std::find_if_not(text.begin(), text.end(), is_letter);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

void DateScanner::fail(std::string reason) {
  if (!problem_) problem_ = std::move(reason);
}

std::optional<ThreeNumbers> three_numbers(std::string_view text) {
  std::array<int, 3> values{};
  std::array<std::size_t, 3> widths{};
  char separator = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    widths[i] = digits_at_start(text.substr(at));
    if (widths[i] < 1 || widths[i] > 4) return std::nullopt;
    values[i] = number(text.substr(at, widths[i]));
    at += widths[i];
    if (i == 2) break;
    if (at >= text.size() || std::string_view("-/.").find(text[at]) == std::string_view::npos ||
        (i == 1 && text[at] != separator))
      return std::nullopt;
    separator = text[at++];
    if (separator == '.') at += blanks_at_start(text.substr(at));
  }
  const bool year_first = widths[0] == 4 && widths[2] <= 2;
  const bool year_last = widths[0] <= 2 && (widths[2] == 2 || widths[2] == 4);
  if (widths[1] > 2 || (!year_first && !year_last)) return std::nullopt;
  return ThreeNumbers{values[0], values[1], values[2], widths[0], widths[2], separator, at};
}

DayMonthOrder order_of_language(std::string_view language) {
  static constexpr std::array day_first{
      "de", "fr", "es",    "it",    "pt",    "nl",    "sv",    "da",   "nb", "nn", "no",
      "fi", "pl", "cs",    "sk",    "sl",    "hr",    "sr",    "bs",   "ro", "bg", "ru",
      "uk", "be", "el",    "tr",    "et",    "lv",    "is",    "ca",   "id", "vi", "ar",
      "he", "hi", "en-gb", "en-au", "en-in", "en-za", "en-nz", "en-ie"};
  static constexpr std::array undecided{"fr-ca", "es-us", "es-pr", "es-pa"};
  std::string tag(language);
  std::transform(tag.begin(), tag.end(), tag.begin(),
                 [](char c) { return c == '_' ? '-' : lower(c); });
  const auto in = [&](const auto& tags, std::string_view wanted) {
    return std::find(tags.begin(), tags.end(), wanted) != tags.end();
  };
  if (tag == "en-us") return DayMonthOrder::month_first;
  if (in(undecided, tag)) return DayMonthOrder::unknown;
  return in(day_first, tag) || in(day_first, subtag(tag)) ? DayMonthOrder::day_first
                                                          : DayMonthOrder::unknown;
}

}  // namespace dateline::date
