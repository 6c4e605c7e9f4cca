// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/dateline.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "corpus/bytes/encoding.h"

namespace dateline {
namespace {

constexpr std::size_t longest_dateline = 80;  // bytes before the dash
constexpr std::size_t longest_place = 40;
constexpr std::size_t most_words_of_place = 4;

/// What stands before the dash, or up to the bracket where no dash follows it; "" for none.
std::string_view head_of(std::string_view text, bool& before_dash) {
  text = text.substr(0, longest_dateline + 4);
  std::size_t dash = text.npos;
  for (const std::string_view mark :
       {" - ", " – ", " — ", " -- ", ") -", ") –", ") —", " —", "– ", "— "})
    if (const auto at = text.find(mark); at != text.npos)
      dash = std::min(dash, mark.front() == ')' ? at + 1 : at);
  before_dash = dash <= longest_dateline;
  if (before_dash) return text.substr(0, dash);
  const auto bracket = text.find(") ");
  return bracket == text.npos ? std::string_view() : text.substr(0, bracket + 1);
}

/// Whether a text has capital letters and no small ones; a script without either has neither.
bool is_in_capitals(std::string_view utf8) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  bool capitals = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_isULowercase(c)) return false;
    capitals |= u_isUUppercase(c) != 0;
  }
  return capitals;
}

/// "NEW YORK" as "New York".
std::string in_title_case(std::string_view capitals) {
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(capitals.data(), static_cast<std::int32_t>(capitals.size())));
  text.toTitle(nullptr, icu::Locale::getRoot());
  std::string title;
  return text.toUTF8String(title);
}

bool has_date(std::string_view head) {
  return head.find(',') != head.npos && head.find_first_of("0123456789") != head.npos;
}

/// "" for what is hardly a place: "EXCLUSIVE - " leads a text as well, so a date or an agency must
/// follow.
std::string place_in(std::string_view head, bool agency_follows) {
  std::string_view first = head.substr(0, head.find_first_of(",("));
  first = first.substr(0, first.find('/'));
  const std::string place = single_line(first);
  const auto words = static_cast<std::size_t>(std::count(place.begin(), place.end(), ' ')) + 1;
  if (place.size() < 3 || place.size() > longest_place || words > most_words_of_place) return {};
  if (place.find_first_of("0123456789:.;!?\"'|") != place.npos) return {};
  const bool capitals = is_in_capitals(place);
  if (!agency_follows && !(capitals && has_date(head))) return {};
  return capitals ? in_title_case(place) : place;
}

/// What is in the brackets at the end: an agency that the table knows, or whatever follows a date.
std::string source_in(std::string_view head, bool before_dash, const OutletNames& outlets) {
  const auto close = head.rfind(')');
  const auto open = head.rfind('(');
  if (open == head.npos || close == head.npos || close < open || head.size() - close > 2) return {};
  const std::string agency = single_line(head.substr(open + 1, close - open - 1));
  const bool after_date = before_dash && has_date(head.substr(0, open));
  return after_date || outlets.knows(agency) ? agency : std::string();
}

}  // namespace

Dateline read_dateline(std::string_view text, const OutletNames& outlets) {
  bool before_dash = false;
  const std::string_view head = head_of(text, before_dash);
  if (head.empty()) return {};
  Dateline dateline;
  dateline.source = source_in(head, before_dash, outlets);
  if (head.front() != '(') dateline.place = place_in(head, !dateline.source.empty());
  return dateline;
}

}  // namespace dateline
