// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/name_words.h"

#include <algorithm>
#include <array>

#include "indexer/entities/tokens.h"

namespace dateline::ner {
namespace {

constexpr std::array<std::string_view, 24> legal_forms{
    "inc",  "corp", "ltd", "llc",         "plc",     "co",      "lp",  "llp",
    "gmbh", "ag",   "sa",  "nv",          "pte",     "pty",     "bhd", "sdn",
    "spa",  "ab",   "oyj", "corporation", "limited", "company", "kk",  "pvt"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_legal_form(std::string_view word) {
  std::string plain;
  for (const char c : word)
    if (c != '.' && c != ',') plain += lower(c);
  return std::find(legal_forms.begin(), legal_forms.end(), plain) != legal_forms.end();
}

bool follow_each_other(std::string_view acronym, std::string_view name) {
  if (acronym.empty() || name.empty() || lower(acronym.front()) != lower(name.front()))
    return false;
  std::size_t at = 0;
  for (const char c : acronym) {
    if (c == '.') continue;
    while (at < name.size() && lower(name[at]) != lower(c)) ++at;
    if (at++ == name.size()) return false;
  }
  return true;
}

bool begin_words(std::string_view acronym, std::string_view name) {
  std::string initials = initials_of(name);
  for (const char c : acronym) {
    if (c == '.') continue;
    const std::size_t at = initials.find(c);
    if (at == std::string::npos) return false;
    initials.erase(at, 1);
  }
  return true;
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = name.find_first_not_of(' ');
    if (begin == std::string_view::npos) return words;
    const std::size_t end = std::min(name.find(' ', begin), name.size());
    words.push_back(name.substr(begin, end - begin));
    name.remove_prefix(end);
  }
}

std::string without_apostrophes(std::string_view name) {
  constexpr std::string_view curly = "\u2019";
  std::string plain;
  for (std::size_t at = 0; at < name.size();) {
    const bool is_curly = name.substr(at).starts_with(curly);
    if (!is_curly && name[at] != '\'') plain += name[at];
    at += is_curly ? curly.size() : 1;
  }
  return plain;
}

std::uint64_t name_key(std::string_view written) {
  constexpr std::string_view breaks = " -,";
  const std::string plain = without_apostrophes(written);
  std::string_view name = plain;
  std::uint64_t key = 0;
  while (true) {
    const std::size_t begin = name.find_first_not_of(breaks);
    if (begin == std::string_view::npos) return key;
    const std::size_t end = std::min(name.find_first_of(breaks, begin), name.size());
    key = phrase_key(key, key_of(name.substr(begin, end - begin)));
    name.remove_prefix(end);
  }
}

std::size_t legal_words(const std::vector<std::string_view>& words) {
  std::size_t count = 0;
  while (count + 1 < words.size() && is_legal_form(words[words.size() - 1 - count])) ++count;
  return count;
}

bool is_acronym(std::string_view name) {
  const bool no_others =
      std::all_of(name.begin(), name.end(), [](char c) { return is_upper(c) || c == '.'; });
  return no_others && std::count_if(name.begin(), name.end(), is_upper) >= 2;
}

std::string initials_of(std::string_view name) {
  std::string initials;
  for (std::size_t i = 0; i < name.size(); ++i)
    if (is_upper(name[i]) && (i == 0 || name[i - 1] == ' ' || name[i - 1] == '-'))
      initials += name[i];
  return initials;
}

bool can_abbreviate(std::string_view acronym, std::string_view name) {
  return follow_each_other(acronym, name) || begin_words(acronym, name);
}

}  // namespace dateline::ner
