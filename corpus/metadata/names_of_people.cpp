// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/names_of_people.h"

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/bytes/encoding.h"

namespace dateline {
namespace {

constexpr std::size_t longest_name = 200;  // bytes
constexpr std::size_t most_names = 64;
constexpr std::size_t longest_byline = 120;  // bytes

bool equals_ignoring_case(std::string_view a, std::string_view lower_case) {
  return a.size() == lower_case.size() &&
         std::equal(a.begin(), a.end(), lower_case.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
         });
}

std::string_view without_by(std::string_view line) {
  if (line.size() < 3 || !equals_ignoring_case(line.substr(0, 2), "by")) return line;
  const std::size_t blank = line[2] == ':' ? 3 : 2;
  if (blank >= line.size() || line[blank] != ' ') return line;
  return line.substr(blank + 1);
}

void split_at(std::vector<std::string>& parts, std::string_view separator) {
  std::vector<std::string> split;
  for (const std::string& part : parts) {
    std::string_view rest = part;
    for (auto at = rest.find(separator); at != std::string_view::npos; at = rest.find(separator)) {
      split.emplace_back(rest.substr(0, at));
      rest.remove_prefix(at + separator.size());
    }
    split.emplace_back(rest);
  }
  parts = std::move(split);
}

bool is_name_suffix(std::string_view part) {
  constexpr std::array<std::string_view, 10> suffixes{"jr",  "jr.", "sr", "sr.",  "ii",
                                                      "iii", "iv",  "md", "m.d.", "ph.d."};
  return std::any_of(suffixes.begin(), suffixes.end(),
                     [&](std::string_view s) { return equals_ignoring_case(part, s); });
}

/// "Ann Lee, Staff Writer" is one person.
bool is_role(std::string_view part) {
  constexpr std::array<std::string_view, 6> roles{"staff writer",        "staff reporter",
                                                  "senior writer",       "senior reporter",
                                                  "staff correspondent", "correspondent"};
  return std::any_of(roles.begin(), roles.end(),
                     [&](std::string_view role) { return equals_ignoring_case(part, role); });
}

bool is_one_word(std::string_view text) {
  return !text.empty() && text.find(' ') == std::string_view::npos;
}

/// "Lee, Ann": a family name and a first name rather than two people.
bool is_inverted_name(const std::vector<std::string>& parts) {
  return parts.size() == 2 && is_one_word(single_line(parts[0])) &&
         is_one_word(single_line(parts[1]));
}

void split_at_commas(std::vector<std::string>& parts) {
  std::vector<std::string> split;
  for (const std::string& part : parts) {
    std::vector<std::string> names{part};
    split_at(names, ",");
    if (is_inverted_name(names)) names = {part};
    for (std::string& name : names) {
      const std::string tidy = single_line(name);
      if (!split.empty() && is_name_suffix(tidy))
        split.back() += ", " + tidy;
      else
        split.push_back(std::move(name));
    }
  }
  parts = std::move(split);
}

/// Words that lead a byline, in lower case.
constexpr std::array<std::string_view, 12> byline_words{"by ",   "von ",    "par ",    "por ",
                                                        "door ", "autor:",  "author:", "text:",
                                                        "von: ", "auteur:", "autor ",  "text "};

bool is_letter_or_beyond(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t words_in(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

/// Splits at a word that means "and" where a name of at least two words stands on both sides.
void split_at_foreign_and(std::vector<std::string>& parts) {
  for (const std::string_view separator :
       {" und ", " et ", " og ", " och ", " ve ", " en ", " y ", " e ", " ja ", " и "}) {
    std::vector<std::string> split;
    for (const std::string& part : parts) {
      const auto at = part.find(separator);
      const bool names_on_both_sides = at != part.npos && words_in(part.substr(0, at)) >= 2 &&
                                       words_in(part.substr(at + separator.size())) >= 2;
      if (!names_on_both_sides) {
        split.push_back(part);
        continue;
      }
      split.push_back(part.substr(0, at));
      split.push_back(part.substr(at + separator.size()));
    }
    parts = std::move(split);
  }
}

}  // namespace

std::string tidy_author(std::string_view written) {
  std::string name = single_line(written);
  const std::string words = fold_words(name);
  for (const std::string_view lead : byline_words) {
    const bool leads = name.size() > lead.size() &&
                       equals_ignoring_case(std::string_view(name).substr(0, lead.size()), lead);
    // A lower-case "von" is of a name.
    if (!leads || name.starts_with("von ")) continue;
    name = single_line(std::string_view(name).substr(lead.size()));
    break;
  }
  if (const auto open = name.rfind(" ("); name.ends_with(')') && open != name.npos && open > 0)
    name.erase(open);
  for (const std::string_view tail : {" 기자", "기자", " 특파원", "記者", " Redaktion"})
    if (name.ends_with(tail) && name.size() > tail.size()) name.erase(name.size() - tail.size());
  while (!name.empty() && (name.back() == ',' || name.back() == ':' || name.back() == ';'))
    name.pop_back();
  const bool address = name.find('@') != name.npos || name.find("://") != name.npos;
  const bool lettered = std::any_of(name.begin(), name.end(), is_letter_or_beyond);
  return address || !lettered || words.empty() ? std::string() : single_line(name);
}

std::vector<std::string> split_byline(const std::vector<std::string>& items, bool is_list) {
  std::vector<std::string> parts;
  for (const std::string& item : items) parts.push_back(item);
  split_at(parts, "\n");
  for (std::string& part : parts) part = single_line(part);
  for (std::string& part : parts) part.erase(0, part.size() - without_by(part).size());
  for (const std::string_view separator : {";", " and ", " & ", " | ", "、"})
    split_at(parts, separator);
  split_at_foreign_and(parts);
  if (!is_list) split_at_commas(parts);
  std::vector<std::string> names;
  for (const std::string& part : parts) {
    const std::string line = single_line(part);
    std::string name(without_by(line));
    if (name.starts_with("and ")) name.erase(0, 4);
    if (is_role(name) && !names.empty()) continue;
    const bool usable = !name.empty() && name.size() <= longest_name && names.size() < most_names;
    if (usable && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return names;
}

bool is_byline(std::string_view line) {
  if (line.size() > longest_byline || without_by(line) == line) return false;
  if (line.find_first_of(".!?\"0123456789") != std::string_view::npos) return false;
  const std::vector<std::string> names = split_byline({std::string(line)}, false);
  const auto looks_like_name = [](const std::string& name) {
    const auto blanks = std::count(name.begin(), name.end(), ' ');
    const auto first = static_cast<unsigned char>(name.front());
    return blanks >= 1 && blanks <= 3 && ((first >= 'A' && first <= 'Z') || first >= 0x80);
  };
  return !names.empty() && names.size() <= 4 &&
         std::all_of(names.begin(), names.end(), looks_like_name);
}

}  // namespace dateline
