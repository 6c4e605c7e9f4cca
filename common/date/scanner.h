// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/date.h"
#include "common/date/zones.h"

namespace dateline::date {

/// Three numbers around one separator, as at the start of "17/3/2023 16:05" or "2023-03-17".
struct ThreeNumbers {
  int a, b, c;
  std::size_t a_width, c_width;  ///< digits
  char separator;
  std::size_t length;  ///< bytes in all
};

/// Nothing where `text` does not begin so; either the first or the last may be a year.
std::optional<ThreeNumbers> three_numbers(std::string_view text);

/// The order that the language's writers keep to; unknown where there are two.
DayMonthOrder order_of_language(std::string_view language);

/// Collects the parts of one date from left to right. Each part may come once.
class DateScanner {
 public:
  /// `folded` as fold_date() leaves it, and as long as the scanner lives.
  DateScanner(std::string_view folded, const DateContext& context);

  /// To be called once. Whether the day lies within the bounds is not looked at.
  ParsedDate scan();

 private:
  void step();
  void step_at_digit();
  void step_at_word();
  bool step_after_clock(char c);
  void take_word(const std::string& word);
  bool take_month(const std::string& word);
  bool take_zone(const std::string& word, bool abbreviation);
  void take_day_or_year();

  bool read_year_first();
  bool read_year_last();
  void set_either_way_round(const ThreeNumbers& parts);
  bool read_compact_day();
  bool read_number_with_unit();
  bool read_clock();
  bool read_dotted_clock();
  bool read_hour_with_unit();
  bool read_basic_clock();
  bool read_iso_clock();
  void read_offset();
  bool is_year_and_month() const;
  bool is_clock_of_four_digits() const;

  void set_clock(int hour, int minute, int second, char half);
  void set_half(char half);
  bool day_is_complete() const { return year_ && month_ && day_; }
  std::string_view take(std::size_t count);
  std::string_view word_at(std::size_t from) const;
  void skip_past(char closing);
  void fail(std::string reason);
  ParsedDate assembled() const;

  std::string_view rest_;
  std::string language_;
  DayMonthOrder order_, stated_order_;
  std::optional<int> year_, month_, day_;
  std::optional<int> weak_month_;  ///< of a word that is a weekday elsewhere: French "mar."
  std::optional<std::int32_t> second_, offset_;
  std::optional<Zone> zone_;
  char half_ = 0;  ///< 'a' or 'p' where it stood before the clock
  bool just_after_clock_ = false;
  bool month_follows_ = false;  ///< as in Vietnamese "17 tháng 3"
  bool unknown_zone_ = false;
  int brackets_ = 0;
  bool unknown_word_ = false;
  std::optional<std::string> problem_;
};

}  // namespace dateline::date
