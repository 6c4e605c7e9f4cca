// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/names.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "indexer/entities/forms.h"
#include "indexer/entities/gazetteer.h"
#include "indexer/entities/person_names.h"

namespace dateline {
namespace {

using namespace ner;

constexpr std::size_t nothing = std::numeric_limits<std::size_t>::max();

bool is_acronym(std::string_view name) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return name.size() >= 2 && std::all_of(name.begin(), name.end(), is_capital);
}

/// The first letters of a name's capitalised words: "FATF" of "Financial Action Task Force".
std::string initials_of(std::string_view name) {
  std::string initials;
  for (const std::string_view word : words_of(name))
    if (word.front() >= 'A' && word.front() <= 'Z') initials += word.front();
  return initials;
}

using UsesByWord = std::unordered_map<std::string, std::vector<std::size_t>>;

/// Looks for what satisfies `fits` in an ordered list of uses: the latest before `use`, else the
/// first after it. Only so many are tried, so that no text can make this slow.
template <typename Fits>
std::size_t nearest(const std::vector<std::size_t>& uses, std::size_t use, Fits fits) {
  constexpr std::ptrdiff_t most_tried = 100;
  const auto middle = std::lower_bound(uses.begin(), uses.end(), use);
  const auto earliest =
      uses.begin() + std::max<std::ptrdiff_t>(0, middle - uses.begin() - most_tried);
  for (auto at = middle; at != earliest;)
    if (fits(*--at)) return *at;
  const auto latest = middle + std::min<std::ptrdiff_t>(uses.end() - middle, most_tried);
  const auto found = std::find_if(middle, latest, fits);
  return found == latest ? nothing : *found;
}

/// Which fuller name of the article an organisation's short name stands for.
class Organisations {
 public:
  Organisations(const ArticleText& text, const Forms& all, const std::vector<std::string>& shown)
      : text_(text), all_(all), shown_(shown) {
    for (std::size_t i = 0; i < all_.uses.size(); ++i)
      if (all_.forms[all_.uses[i].form].type == EntityType::org) note(i);
  }

  /// The form under which the organisation at a use is counted.
  std::size_t form_of(std::size_t use) const {
    const std::size_t form = all_.uses[use].form;
    const std::string& name = shown_[form];
    constexpr std::string_view article = "The ";
    if (name.starts_with(article)) return ending_with(use, name.substr(article.size()));
    if (name.find(' ') != std::string::npos) return form;
    if (is_acronym(name)) return abbreviated_by(form);
    return after_the(all_.uses[use]) ? ending_with(use, name) : form;
  }

 private:
  void note(std::size_t use) {
    const std::size_t form = all_.uses[use].form;
    const std::vector<std::string_view> words = words_of(shown_[form]);
    if (words.size() < 2) return;
    by_initials_.try_emplace(initials_of(shown_[form]), form);
    const auto [first, added] = by_first_word_.try_emplace(std::string(words.front()), form);
    if (!added && first->second != form) first->second = nothing;
    by_last_word_[std::string(words.back())].push_back(use);
    if (acronym_in_brackets_after(use)) bracketed_.try_emplace(all_.uses[use + 1].form, form);
  }

  bool acronym_in_brackets_after(std::size_t use) const {
    if (use + 1 >= all_.uses.size()) return false;
    const Use& name = all_.uses[use];
    const Use& acronym = all_.uses[use + 1];
    if (all_.forms[acronym.form].type != EntityType::org || !is_acronym(shown_[acronym.form]))
      return false;
    if (name.part != acronym.part || acronym.begin < name.end) return false;
    const std::string_view text = text_of(text_, name.part);
    return text.substr(name.end, acronym.begin - name.end) == " (" &&
           text.substr(acronym.end).starts_with(')');
  }

  /// What an acronym stands for: the name whose brackets it stands in, else what the tables say,
  /// else the name whose initials it is, else the only one that begins with it.
  std::size_t abbreviated_by(std::size_t form) const {
    if (const auto found = bracketed_.find(form); found != bracketed_.end()) return found->second;
    if (!all_.forms[form].canonical.empty()) return form;
    if (const auto found = by_initials_.find(shown_[form]); found != by_initials_.end())
      return found->second;
    const auto found = by_first_word_.find(shown_[form]);
    return found == by_first_word_.end() || found->second == nothing ? form : found->second;
  }

  bool after_the(const Use& use) const {
    const std::string_view before = word_before(text_of(text_, use.part), use.begin);
    return before == "the" || before == "The";
  }

  /// The latest organisation named before whose name ends with `word`: "the Journal".
  std::size_t ending_with(std::size_t use, const std::string& word) const {
    const auto list = by_last_word_.find(word);
    if (list == by_last_word_.end()) return all_.uses[use].form;
    const auto before = [use](std::size_t other) { return other < use; };
    const std::size_t found = nearest(list->second, use, before);
    return all_.uses[found == nothing ? use : found].form;
  }

  const ArticleText& text_;
  const Forms& all_;
  const std::vector<std::string>& shown_;
  std::unordered_map<std::string, std::size_t> by_initials_;
  std::unordered_map<std::string, std::size_t> by_first_word_;  ///< `nothing` if there are several
  std::unordered_map<std::size_t, std::size_t> bracketed_;
  UsesByWord by_last_word_;
};

/// Which full name of the article a person's short name stands for.
class People {
 public:
  People(const Gazetteer& gazetteer, const Forms& all) : gazetteer_(gazetteer), all_(all) {
    std::vector<std::uint32_t> uses(all.forms.size(), 0);
    for (const Use& use : all.uses) ++uses[use.form];
    for (std::size_t i = 0; i < all_.uses.size(); ++i) note(i);
    join_full_names(uses);
  }

  /// The form under which the person at a use is counted.
  std::size_t form_of(std::size_t use) const {
    const Form& form = form_at(use);
    const PersonName& part = form.person;
    if (form.royal || part.words.empty()) return full_form(use);
    const std::size_t last = bearer(by_last_word_, part.words.back(), use, ends_with_name);
    if (last != nothing && !leads_names(part)) return full_form(last);
    const std::size_t first = bearer(by_first_word_, part.words.front(), use, begins_with_name);
    if (first == nothing) return full_form(last == nothing ? use : last);
    if (last == nothing) return full_form(first);
    return full_form(closer(last, first, use) ? last : first);
  }

 private:
  using Matches = bool (*)(const PersonName&, const PersonName&);

  const Form& form_at(std::size_t use) const { return all_.forms[all_.uses[use].form]; }

  void note(std::size_t use) {
    const Form& form = form_at(use);
    if (form.type != EntityType::person || form.person.words.empty()) return;
    if (!form.person.is_full() && !form.royal) return;
    by_last_word_[form.person.words.back()].push_back(use);
    if (!form.royal) by_first_word_[form.person.words.front()].push_back(use);
  }

  /// "Xi", as the first word of a full name, is as good as a family name at its end.
  bool leads_names(const PersonName& part) const {
    return (gazetteer_.classes_of(part.words.front()) & bit(WordClass::family_first)) != 0;
  }

  /// "Donald Trump" and "Donald J. Trump" become one, under the form used most.
  void join_full_names(const std::vector<std::uint32_t>& uses) {
    std::map<std::array<std::string, 3>, std::size_t> leading;
    const auto group_of = [this](std::size_t form) {
      const PersonName& person = all_.forms[form].person;
      return std::array{person.words.front(), person.words.back(), person.suffix};
    };
    const auto is_full = [this](std::size_t form) { return all_.forms[form].person.is_full(); };
    for (std::size_t form = 0; form < all_.forms.size(); ++form) {
      if (!is_full(form)) continue;
      const auto [place, added] = leading.try_emplace(group_of(form), form);
      if (!added && uses[form] > uses[place->second]) place->second = form;
    }
    joined_.resize(all_.forms.size());
    for (std::size_t form = 0; form < all_.forms.size(); ++form) {
      joined_[form] = form;
      if (!is_full(form)) continue;
      const std::size_t leader = leading.at(group_of(form));
      if (same_person(all_.forms[form].person, all_.forms[leader].person)) joined_[form] = leader;
    }
  }

  std::size_t full_form(std::size_t use) const { return joined_[all_.uses[use].form]; }

  /// The nearest use of a fuller name. Those with a suffix ("Donald Trump Jr.") give way.
  std::size_t bearer(const UsesByWord& index, const std::string& word, std::size_t use,
                     Matches matches) const {
    const auto list = index.find(word);
    if (list == index.end()) return nothing;
    const PersonName& part = form_at(use).person;
    const auto fits = [&](std::size_t other) {
      const Form& full = form_at(other);
      if (full.royal) return part.words.size() == 1;
      return matches(full.person, part);
    };
    const auto fits_without_suffix = [&](std::size_t other) {
      return form_at(other).person.suffix.empty() && fits(other);
    };
    const std::size_t found = nearest(list->second, use, fits_without_suffix);
    return found != nothing ? found : nearest(list->second, use, fits);
  }

  static bool closer(std::size_t a, std::size_t b, std::size_t use) {
    if ((a < use) != (b < use)) return a < use;
    return a < use ? a > b : a < b;
  }

  const Gazetteer& gazetteer_;
  const Forms& all_;
  std::vector<std::size_t> joined_;  ///< by form: the form of the same full name used most
  UsesByWord by_last_word_;
  UsesByWord by_first_word_;
};

/// Counts the uses of an article under the forms that they were joined to.
class Joiner {
 public:
  Joiner(const Gazetteer& gazetteer, const ArticleText& text, const Forms& all)
      : all_(all), shown_(shown_names(all)), target_(all.uses.size()) {
    const People people(gazetteer, all_);
    const Organisations organisations(text, all_, shown_);
    for (std::size_t i = 0; i < all_.uses.size(); ++i) {
      target_[i] = all_.uses[i].form;
      const EntityType type = all_.forms[target_[i]].type;
      if (type == EntityType::person) target_[i] = people.form_of(i);
      if (type == EntityType::org) target_[i] = organisations.form_of(i);
    }
  }

  void name_entities(ArticleNames& names) const {
    auto& found = names.entities;
    std::map<std::pair<EntityType, std::string>, std::uint32_t> index;
    const auto entity_of = [&](std::size_t use) {
      const Form& form = all_.forms[target_[use]];
      std::string name =
          form.canonical.empty() ? shown_[target_[use]] : std::string(form.canonical);
      const auto [place, added] =
          index.try_emplace({form.type, name}, static_cast<std::uint32_t>(found.size()));
      if (added) found.push_back({form.type, std::move(name)});
      return place->second;
    };
    for (std::size_t i = 0; i < all_.uses.size(); ++i) {
      const Use& use = all_.uses[i];
      if (use.part == Use::Part::none) continue;
      const std::uint32_t named = entity_of(i);
      mentions_of(use.part, names)[use.mention] = named;
      count(use, found[named]);
    }
    for (std::size_t i = 0; i < all_.uses.size(); ++i)
      if (all_.uses[i].part == Use::Part::none) found[entity_of(i)].given = true;
  }

 private:
  static void count(const Use& use, ArticleEntity& entity) {
    ++entity.mentions;
    entity.in_title = entity.in_title || use.part == Use::Part::title;
    entity.in_lead = entity.in_lead || (use.part == Use::Part::body && use.begin < lead_bytes);
  }

  static std::vector<std::uint32_t>& mentions_of(Use::Part part, ArticleNames& names) {
    if (part == Use::Part::title) return names.title;
    return part == Use::Part::deck ? names.deck : names.body;
  }

  static std::vector<std::string> shown_names(const Forms& all) {
    std::vector<std::string> shown;
    shown.reserve(all.forms.size());
    for (const Form& form : all.forms) shown.push_back(form.shown());
    return shown;
  }

  const Forms& all_;
  std::vector<std::string> shown_;   ///< by form
  std::vector<std::size_t> target_;  ///< by use: the form under which it is counted
};

}  // namespace

ArticleNames join_names(const ArticleText& text, const ArticleMentions& mentions,
                        const std::vector<GivenEntity>& given) {
  const Gazetteer& gazetteer = Gazetteer::built_in();
  const Forms forms = collect_forms(gazetteer, text, mentions, given);
  ArticleNames names;
  names.title.resize(mentions.title.size(), ArticleNames::none);
  names.deck.resize(mentions.deck.size(), ArticleNames::none);
  names.body.resize(mentions.body.size(), ArticleNames::none);
  Joiner(gazetteer, text, forms).name_entities(names);
  return names;
}

}  // namespace dateline
