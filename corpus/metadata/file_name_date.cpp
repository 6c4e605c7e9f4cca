// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/file_name_date.h"

#include <string>
#include <variant>

namespace dateline {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool fits(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (pattern[i] == '9' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
  return text.size() == pattern.size() || !is_word_character(text[pattern.size()]);
}

/// The date at the start of `text` in the form that parse_date() reads; "" for none.
std::string iso_date_at_start(std::string_view text) {
  std::string date(text.substr(0, 10));
  if (fits(text, "9999-99-99")) return date;
  if (fits(text, "9999_99_99")) {
    date[4] = date[7] = '-';
    return date;
  }
  const bool compact = fits(text, "99999999") && text.substr(0, 2) >= "19";
  return compact ? std::string(text.substr(0, 8)) : std::string();
}

}  // namespace

std::optional<Day> date_in_file_name(std::string_view name, Day latest) {
  std::optional<Day> found;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (at > 0 && is_word_character(name[at - 1])) continue;
    const std::string date = iso_date_at_start(name.substr(at));
    if (date.empty()) continue;
    const ParsedDate parsed = parse_date(date, latest);
    const auto* timestamp = std::get_if<Timestamp>(&parsed);
    if (!timestamp) continue;
    if (found && *found != timestamp->day) return std::nullopt;
    found = timestamp->day;
  }
  return found;
}

}  // namespace dateline
