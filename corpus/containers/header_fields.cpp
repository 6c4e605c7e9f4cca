// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/containers/header_fields.h"

#include <algorithm>

namespace dateline {

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

void HeaderFields::add_line(std::string_view line) {
  if (line.empty() || ++lines_ > most_lines) return;
  if (line.front() == ' ' || line.front() == '\t') {
    const auto field = fields_.find(last_);
    if (field != fields_.end() && field->second.size() + line.size() <= longest_line)
      field->second.append(" ").append(trimmed(line));
    return;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  last_ = lower_ascii(trimmed(line.substr(0, colon)));
  fields_.try_emplace(last_, trimmed(line.substr(colon + 1)));
}

std::string_view HeaderFields::value(std::string_view lower_name) const {
  const auto field = fields_.find(lower_name);
  return field == fields_.end() ? std::string_view() : std::string_view(field->second);
}

ContentType parse_content_type(std::string_view header) {
  ContentType parsed;
  parsed.type = lower_ascii(trimmed(header.substr(0, header.find(';'))));
  const std::string lower = lower_ascii(header);
  const auto at = lower.find("charset=");
  if (at == std::string::npos) return parsed;
  std::string_view charset = std::string_view(lower).substr(at + 8);
  charset = trimmed(charset.substr(0, charset.find_first_of(";, ")));
  if (charset.starts_with('"') || charset.starts_with('\'')) charset.remove_prefix(1);
  parsed.charset = charset.substr(0, charset.find_first_of("\"'"));
  return parsed;
}

}  // namespace dateline
