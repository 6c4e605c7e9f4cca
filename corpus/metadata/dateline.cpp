// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/dateline.h"

#include <unicode/locid.h>
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
std::string_view head_of(std::string_view text) {
  text = text.substr(0, longest_dateline + 4);
  std::size_t dash = text.npos;
  for (const std::string_view mark :
       {" - ", " – ", " — ", " -- ", ") -", ") –", ") —", " —", "– ", "— "})
    if (const auto at = text.find(mark); at != text.npos)
      dash = std::min(dash, mark.front() == ')' ? at + 1 : at);
  if (dash <= longest_dateline) return text.substr(0, dash);
  const auto bracket = text.find(") ");
  return bracket == text.npos ? std::string_view() : text.substr(0, bracket + 1);
}

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

/// "NEW YORK" as "New York".
std::string in_title_case(std::string_view capitals) {
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(capitals.data(), static_cast<std::int32_t>(capitals.size())));
  text.toTitle(nullptr, icu::Locale::getRoot());
  std::string title;
  return text.toUTF8String(title);
}

/// "" for what is hardly a place.
std::string place_in(std::string_view head, bool agency_follows) {
  std::string_view first = head.substr(0, head.find_first_of(",("));
  first = first.substr(0, first.find('/'));
  const std::string place = single_line(first);
  const auto words = static_cast<std::size_t>(std::count(place.begin(), place.end(), ' ')) + 1;
  if (place.size() < 3 || place.size() > longest_place || words > most_words_of_place) return {};
  if (place.find_first_of("0123456789:.;!?\"'|") != place.npos || !is_capital(place.front()))
    return {};
  const bool capitals = std::none_of(place.begin(), place.end(), is_small);
  if (!capitals && !agency_follows) return {};
  return capitals ? in_title_case(place) : place;
}

/// What is in the brackets at the end.
std::string source_in(std::string_view head, const OutletNames& outlets) {
  const auto close = head.rfind(')');
  const auto open = head.rfind('(');
  if (open == head.npos || close == head.npos || close < open || head.size() - close > 2) return {};
  const std::string agency = single_line(head.substr(open + 1, close - open - 1));
  const bool capitals =
      agency.size() >= 2 && agency.size() <= 8 &&
      std::all_of(agency.begin(), agency.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return capitals || outlets.knows(agency) ? agency : std::string();
}

}  // namespace

Dateline read_dateline(std::string_view text, const OutletNames& outlets) {
  const std::string_view head = head_of(text);
  if (head.empty()) return {};
  Dateline dateline;
  dateline.source = source_in(head, outlets);
  if (head.front() != '(') dateline.place = place_in(head, !dateline.source.empty());
  return dateline;
}

}  // namespace dateline
