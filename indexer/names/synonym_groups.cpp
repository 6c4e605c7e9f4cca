// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/names/synonym_groups.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "common/text/tokenizer.h"
#include "common/text/unicode.h"
#include "indexer/entities/gazetteer_rows.h"

namespace dateline {
namespace {

using Words = std::set<std::string>;

Words words_of(std::string_view name) {
  Words words;
  for (Tokenizer t(name); t.next();) words.insert(strip_diacritics(t.word()));
  return words;
}

bool is_part(const Words& part, const Words& whole) { return std::ranges::includes(whole, part); }

/// Two letters are a word as often as a name: "us", "it".
bool is_too_short(const Words& words) {
  return words.empty() || (words.size() == 1 && words.begin()->size() < 3);
}

bool is_other_name(std::string_view form, std::string_view name) {
  const auto a = words_of(form);
  const auto b = words_of(name);
  return !is_too_short(a) && !is_part(a, b) && !is_part(b, a);
}

}  // namespace

std::vector<std::vector<std::string>> synonym_groups(const NameRules& rules) {
  std::map<std::string, std::set<std::string>> forms_of;
  const auto add = [&](std::string_view form, std::string_view name) {
    if (is_other_name(form, name)) forms_of[std::string(name)].emplace(form);
  };
  for (const auto& row : gazetteer::alias_rows()) add(row.form, row.name);
  for (const auto& [from, to] : rules.merges) add(from.second, to);
  std::vector<std::vector<std::string>> groups;
  for (const auto& [name, forms] : forms_of) {
    auto& group = groups.emplace_back();
    group.push_back(name);
    group.insert(group.end(), forms.begin(), forms.end());
  }
  return groups;
}

}  // namespace dateline
