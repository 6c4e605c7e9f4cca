// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dateline::date {

/// `text` as names are compared: diacritics off, letters beyond ASCII in lower case (those of ASCII
/// as they are), digits of every script as 0 to 9, other signs beyond ASCII as '-' or ' '. Empty
/// where it is not UTF-8.
std::optional<std::string> fold_date(std::string_view text);

/// What a word means as a month: `month` is 1 to 12, or 0 where languages disagree, which
/// `disagreement` then says.
struct MonthName {
  int month = 0;
  std::string disagreement;
};

/// `word` folded, in lower case. `language` (a primary subtag, "" for unknown) decides where it has
/// such a month.
std::optional<MonthName> month_named(std::string_view word, std::string_view language);

/// Whether `word`, folded and in lower case, is a day of the week.
bool is_weekday(std::string_view word);

/// Words that stand around a date and say nothing about which one it is.
bool is_filler(std::string_view word);

/// The English names of the months, January first.
std::string_view english_month(int month);

}  // namespace dateline::date
