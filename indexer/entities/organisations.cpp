// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/organisations.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "indexer/entities/name_words.h"

namespace dateline::ner {
namespace {

constexpr std::string_view article = "The ";

/// The name without its legal form: "Acme" of "Acme Co., Ltd."
std::string_view bare_name(std::string_view name) {
  const std::vector<std::string_view> words = words_of(name);
  if (words.empty()) return name;
  const std::string_view last = words[words.size() - 1 - legal_words(words)];
  std::string_view bare = name.substr(0, static_cast<std::size_t>(last.end() - name.begin()));
  if (bare.ends_with(',')) bare.remove_suffix(1);
  return bare;
}

bool is_part_at_begin(std::string_view whole, std::string_view part) {
  return part.size() < whole.size() && whole.starts_with(part) && whole[part.size()] == ' ';
}

/// Whether `whole` is `part` with a few words before that only tell which one is meant.
bool is_part_at_end(std::string_view whole, std::string_view part) {
  if (part.size() >= whole.size() || !whole.ends_with(part)) return false;
  const std::string_view more = whole.substr(0, whole.size() - part.size());
  if (!more.ends_with(' ')) return false;
  return more.find(" of ") == std::string_view::npos &&
         more.find(" for ") == std::string_view::npos;
}

}  // namespace

Organisations::Organisations(const Gazetteer& gazetteer, const ArticleText& text, const Forms& all,
                             const std::vector<std::string>& shown)
    : gazetteer_(gazetteer), text_(text), all_(all), shown_(shown) {
  for (std::size_t i = 0; i < all_.uses.size(); ++i) {
    const EntityType type = all_.forms[all_.uses[i].form].type;
    if (type == EntityType::org) note(i);
    if (type != EntityType::person) note_abbreviation(i);
  }
}

std::size_t Organisations::form_of(std::size_t use) const {
  const std::size_t form = all_.uses[use].form;
  const auto explained = abbreviations_.find(form);
  if (explained != abbreviations_.end()) return explained->second;
  if (all_.forms[form].type == EntityType::place) return form;
  return is_acronym(shown_[form]) ? abbreviated_by(form) : shortened(use);
}

std::string_view Organisations::name_of(std::size_t form) const {
  const std::string_view known = all_.forms[form].canonical;
  return known.empty() ? std::string_view(shown_[form]) : known;
}

void Organisations::note(std::size_t use) {
  const std::size_t form = all_.uses[use].form;
  const std::string_view bare = bare_name(shown_[form]);
  const auto [leader, added] = by_bare_name_.try_emplace(name_key(bare), form);
  if (!added && bare == shown_[form]) leader->second = form;
  const std::vector<std::string_view> words = words_of(name_of(form));
  if (words.size() < 2) return;
  by_initials_.try_emplace(initials_of(shown_[form]), form);
  by_first_word_[std::string(words.front())].push_back(use);
  by_last_word_[std::string(words.back())].push_back(use);
}

/// "Financial Action Task Force (FATF)", "FATF (Financial Action Task Force)".
void Organisations::note_abbreviation(std::size_t use) {
  if (use + 1 >= all_.uses.size()) return;
  const Use& first = all_.uses[use];
  const Use& second = all_.uses[use + 1];
  if (first.form == second.form || !stands_in_brackets(first, second)) return;
  const bool sure = !opens_line(first);  // not "SMALLTOWN NEWS (Agency)"
  if (explains(first.form, second.form, sure)) {
    abbreviations_.try_emplace(second.form, first.form);
  } else if (explains(second.form, first.form, sure)) {
    abbreviations_.try_emplace(first.form, second.form);
  }
}

/// Whether a name that stands beside a shorter one is what that abbreviates. If the place is
/// `sure`, an unknown short name need not be made of it: "Ministry of Tourism (Mitur)".
bool Organisations::explains(std::size_t full, std::size_t acronym, bool sure) const {
  const std::string& name = shown_[full];
  const std::string& letters = shown_[acronym];
  if (name.find(' ') == std::string::npos || letters.find(' ') != std::string::npos) return false;
  if (all_.forms[acronym].type == EntityType::person) return false;
  if (all_.forms[full].type == EntityType::place) return letters == initials_of(name);
  if (is_acronym(letters) && can_abbreviate(letters, name)) return true;
  return sure && all_.forms[acronym].canonical.empty();
}

bool Organisations::opens_line(const Use& use) const {
  const std::string_view text = text_of(text_, use.part);
  return use.begin == 0 || text[use.begin - 1] == '\n';
}

/// Whether the second stands in brackets right after the first.
bool Organisations::stands_in_brackets(const Use& name, const Use& acronym) const {
  if (name.part != acronym.part || name.part == Use::Part::none || acronym.begin < name.end)
    return false;
  const std::string_view text = text_of(text_, name.part);
  std::string_view between = text.substr(name.end, acronym.begin - name.end);
  for (const std::string_view possessive : {"'s", "\u2019s"})
    if (between.starts_with(possessive)) between.remove_prefix(possessive.size());
  return between == " (" && text.substr(acronym.end).starts_with(')');
}

/// What an acronym stands for: the name of the article whose initials it is, unless it has two
/// letters and is known for something else.
std::size_t Organisations::abbreviated_by(std::size_t form) const {
  constexpr std::size_t sure_letters = 3;
  std::string letters = shown_[form];
  std::erase(letters, '.');
  const auto found = by_initials_.find(letters);
  if (found == by_initials_.end()) return form;
  const bool known = !all_.forms[form].canonical.empty();
  return known && letters.size() < sure_letters ? form : found->second;
}

/// "Acme" and "Acme Corp." are one, under the shorter name if the article has it.
std::size_t Organisations::legal_leader(std::size_t form) const {
  return by_bare_name_.at(name_key(bare_name(shown_[form])));
}

std::string_view Organisations::before(std::size_t use) const {
  return word_before(text_of(text_, all_.uses[use].part), all_.uses[use].begin);
}

std::size_t Organisations::shortened(std::size_t use) const {
  const std::size_t form = all_.uses[use].form;
  const std::string_view name = shown_[form];
  if (name.starts_with(article)) return ending_with(use, name.substr(article.size()));
  const std::string_view word = before(use);
  std::size_t found = form;
  if (word == "the" || word == "The") found = ending_with(use, name);
  if (found == form && all_.forms[form].canonical.empty()) found = beginning_with(use);
  return legal_leader(found);
}

/// Whether `full` may be meant by the shorter name: what the tables know means itself where the
/// longer name is as well known ("the House" is not the White House).
bool Organisations::is_fuller(std::size_t form, std::size_t full) const {
  const std::string_view known = all_.forms[form].canonical;
  const std::string_view longer = all_.forms[full].canonical;
  return known.empty() || longer.empty() || known.starts_with(article) ||
         longer.starts_with("U.S. ");
}

/// The latest organisation named before whose name ends so: "the Journal".
std::size_t Organisations::ending_with(std::size_t use, std::string_view end) const {
  const std::size_t form = all_.uses[use].form;
  const auto list = by_last_word_.find(std::string(words_of(end).back()));
  if (list == by_last_word_.end()) return form;
  const std::size_t found = nearest(list->second, use, [&](std::size_t other) {
    const std::size_t full = all_.uses[other].form;
    return other < use && is_part_at_end(name_of(full), end) && is_fuller(form, full);
  });
  return found == nothing ? form : all_.uses[found].form;
}

/// The organisation whose name goes on from this with nothing but what kind of body it is, or
/// whose: "Westmark", of "Westmark University"; "the Reserve Bank", of "Reserve Bank of Freedonia".
std::size_t Organisations::beginning_with(std::size_t use) const {
  const std::size_t form = all_.uses[use].form;
  const std::string_view name = shown_[form];
  const std::vector<std::string_view> words = words_of(name);
  const auto list = by_first_word_.find(std::string(words.front()));
  if (list == by_first_word_.end()) return form;
  const std::string_view word = before(use);
  const bool definite = words.size() > 1 || word == "the" || word == "The";
  const std::size_t found = nearest(list->second, use, [&](std::size_t other) {
    const std::string_view full = name_of(all_.uses[other].form);
    if (!is_part_at_begin(full, name)) return false;
    const std::vector<std::string_view> rest = words_of(full.substr(name.size()));
    if (rest.front() == "of" || rest.front() == "for") return definite;
    const auto kind = bit(WordClass::org_tail);
    return words.size() == 1 && rest.size() == 1 &&
           (gazetteer_.classes_of(rest.front()) & kind) != 0;
  });
  return found == nothing ? form : all_.uses[found].form;
}

}  // namespace dateline::ner
