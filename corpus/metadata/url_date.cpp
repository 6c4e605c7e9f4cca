// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/url_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <variant>
#include <vector>

#include "corpus/metadata/file_name_date.h"

namespace dateline {
namespace {

std::vector<std::string_view> path_parts(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme != url.npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("?#"));
  std::vector<std::string_view> parts;
  while (!url.empty() && parts.size() < 64) {
    const auto end = std::min(url.find('/'), url.size());
    parts.push_back(url.substr(0, end));
    url.remove_prefix(std::min(end + 1, url.size()));
  }
  return parts;
}

bool is_number(std::string_view text, std::size_t shortest, std::size_t longest) {
  return text.size() >= shortest && text.size() <= longest &&
         text.find_first_not_of("0123456789") == text.npos;
}

/// 1 to 12 for "3", "03" or "mar"; 0 for no month.
int month_of(std::string_view text) {
  if (is_number(text, 1, 2)) return std::stoi(std::string(text));
  constexpr std::array<std::string_view, 12> names{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
  const auto found = std::find(names.begin(), names.end(), text);
  return found == names.end() ? 0 : static_cast<int>(found - names.begin()) + 1;
}

}  // namespace

std::optional<Day> date_in_url(std::string_view url, Day latest) {
  const std::vector<std::string_view> parts = path_parts(url);
  for (std::size_t i = 1; i + 2 < parts.size(); ++i) {
    if (!is_number(parts[i], 4, 4) || !is_number(parts[i + 2], 1, 2)) continue;
    const int month = month_of(parts[i + 1]);
    if (month == 0) continue;
    const ParsedDate parsed = parse_date(
        fmt::format("{}-{:02}-{:0>2}", parts[i], month, std::string(parts[i + 2])), latest);
    if (const auto* timestamp = std::get_if<Timestamp>(&parsed)) return timestamp->day;
  }
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (const auto day = date_in_file_name(parts[i], latest)) return day;
  return std::nullopt;
}

}  // namespace dateline
