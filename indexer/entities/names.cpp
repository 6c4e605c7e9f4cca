// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/names.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "indexer/entities/credits.h"
#include "indexer/entities/forms.h"
#include "indexer/entities/gazetteer.h"
#include "indexer/entities/organisations.h"
#include "indexer/entities/person_names.h"

namespace dateline {
namespace {

using namespace ner;

/// Which full name of the article a person's short name stands for.
class People {
 public:
  People(const Gazetteer& gazetteer, const ArticleText& text, const Forms& all)
      : gazetteer_(gazetteer), text_(text), all_(all) {
    std::vector<std::uint32_t> uses(all.forms.size(), 0);
    first_use_.resize(all.forms.size(), nothing);
    for (std::size_t i = 0; i < all_.uses.size(); ++i) {
      const std::size_t form = all_.uses[i].form;
      if (uses[form]++ == 0) first_use_[form] = i;
      note(i);
    }
    join_full_names(uses);
  }

  /// The form under which the person at a use is counted.
  std::size_t form_of(std::size_t use) const {
    constexpr int longest_chain = 3;  // "Romero", "Romero Ellner", "David Romero Ellner"
    for (int step = 0; step < longest_chain; ++step) {
      const std::size_t fuller = fuller_use(use);
      if (fuller == nothing) break;
      use = fuller;
    }
    return joined_[all_.uses[use].form];
  }

 private:
  using Matches = bool (*)(const PersonName&, const PersonName&);

  enum class Title : std::uint8_t { none, man, woman };

  static constexpr std::size_t most_words = 8;
  static constexpr std::size_t shortest_inner_word = 3;

  const Form& form_at(std::size_t use) const { return all_.forms[all_.uses[use].form]; }

  void note(std::size_t use) {
    const Form& form = form_at(use);
    const std::vector<std::string>& words = form.person.words;
    if (form.type != EntityType::person || words.empty()) return;
    if (!form.person.is_full() && !form.royal) return;
    by_last_word_[words.back()].push_back(use);
    if (form.royal) return;
    by_first_word_[form.person.first].push_back(use);
    for (std::size_t i = 1; i + 1 < std::min(words.size(), most_words); ++i)
      if (words[i].size() >= shortest_inner_word) by_inner_word_[words[i]].push_back(use);
    if (!form.person.nickname.empty()) by_nickname_.try_emplace(form.person.nickname, use);
  }

  /// The use of a fuller name that the name at a use stands for; `nothing` if there is none.
  std::size_t fuller_use(std::size_t use) const {
    const Form& form = form_at(use);
    const PersonName& part = form.person;
    if (form.royal || part.words.empty()) return nothing;
    const std::size_t found = fuller_by_words(part, use);
    if (found == nothing) return bearer_of_nickname(form);
    return is_known_otherwise(use, found) ? nothing : found;
  }

  std::size_t fuller_by_words(const PersonName& part, std::size_t use) const {
    const std::size_t last = bearer(by_last_word_, part.words.back(), use, ends_with_name);
    if (last != nothing && !leads_names(part)) return last;
    const std::size_t first = bearer(by_first_word_, part.first, use, begins_with_name);
    if (first == nothing && last == nothing)
      return bearer(by_inner_word_, part.words.front(), use, holds_name);
    if (first == nothing) return last;
    if (last == nothing) return first;
    return closer(last, first, use) ? last : first;
  }

  std::size_t bearer_of_nickname(const Form& form) const {
    const auto found = by_nickname_.find(form.key);
    return found == by_nickname_.end() ? nothing : found->second;
  }

  /// What a title right before a use says of whom it can name.
  Title title_of(std::size_t use) const {
    const std::string_view text = text_of(text_, all_.uses[use].part);
    std::size_t at = std::min(all_.uses[use].begin, text.size());
    if (at > 0 && text[at - 1] == ' ') --at;
    if (at > 0 && text[at - 1] == '.') --at;
    const std::string_view word = word_before(text, at);
    if (word == "Mr") return Title::man;
    return word == "Mrs" || word == "Ms" || word == "Miss" ? Title::woman : Title::none;
  }

  bool can_bear(Title title, const PersonName& full) const {
    if (title == Title::none) return true;
    const std::uint32_t classes = gazetteer_.classes_of(full.first);
    const bool female = (classes & bit(WordClass::female)) != 0;
    return title == Title::man ? !female : female || (classes & bit(WordClass::given)) == 0;
  }

  /// A name that everybody knows is the known bearer's in an article that uses it before it names
  /// another bearer: "Trump", before "Ivanka Trump" is named.
  bool is_known_otherwise(std::size_t use, std::size_t bearer) const {
    const std::size_t form = all_.uses[use].form;
    const std::size_t full = all_.uses[bearer].form;
    const std::string_view known = all_.forms[form].canonical;
    return !known.empty() && known != all_.forms[full].canonical &&
           first_use_[form] < first_use_[full];
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

  /// The nearest use of a fuller name. Those with a suffix ("Donald Trump Jr.") give way.
  std::size_t bearer(const UsesByWord& index, const std::string& word, std::size_t use,
                     Matches matches) const {
    const auto list = index.find(word);
    if (list == index.end()) return nothing;
    const PersonName& part = form_at(use).person;
    const Title title = title_of(use);
    const auto fits = [&](std::size_t other) {
      const Form& full = form_at(other);
      if (full.royal) return part.words.size() == 1;
      return matches(full.person, part) && can_bear(title, full.person);
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
  const ArticleText& text_;
  const Forms& all_;
  std::vector<std::size_t> joined_;  ///< by form: the form of the same full name used most
  UsesByWord by_last_word_;
  UsesByWord by_first_word_;
  UsesByWord by_inner_word_;
  std::unordered_map<std::string, std::size_t> by_nickname_;
  std::vector<std::size_t> first_use_;  ///< by form
};

/// Counts the uses of an article under the forms that they were joined to.
class Joiner {
 public:
  Joiner(const Gazetteer& gazetteer, const ArticleText& text, const Forms& all)
      : text_(text), all_(all), shown_(shown_names(all)), target_(all.uses.size()) {
    const People people(gazetteer, text, all_);
    const Organisations organisations(gazetteer, text, all_, shown_);
    for (std::size_t i = 0; i < all_.uses.size(); ++i) {
      const EntityType type = all_.forms[all_.uses[i].form].type;
      target_[i] = type == EntityType::person ? people.form_of(i) : organisations.form_of(i);
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
    Counted counted;
    for (std::size_t i = 0; i < all_.uses.size(); ++i) {
      const Use& use = all_.uses[i];
      if (use.part == Use::Part::none) continue;
      const std::uint32_t named = entity_of(i);
      mentions_of(use.part, names)[use.mention] = named;
      if (is_credit(text_of(text_, use.part), use.begin, use.end)) continue;
      if (!goes_on(i, named, counted)) count(use, found[named]);
      counted = {i, named};
    }
    for (ArticleEntity& entity : found) entity.mentions = std::max(entity.mentions, 1U);
    for (std::size_t i = 0; i < all_.uses.size(); ++i)
      if (all_.uses[i].part == Use::Part::none) found[entity_of(i)].given = true;
  }

 private:
  /// The mention counted last.
  struct Counted {
    std::size_t use = nothing;
    std::uint32_t entity = ArticleNames::none;
  };

  /// "Washington, D.C.", "Financial Action Task Force (FATF)": one mention in two names.
  bool goes_on(std::size_t use, std::uint32_t entity, const Counted& before) const {
    if (before.use == nothing || before.entity != entity) return false;
    const Use& first = all_.uses[before.use];
    const Use& second = all_.uses[use];
    if (first.part != second.part || second.begin < first.end) return false;
    const std::string_view between =
        text_of(text_, first.part).substr(first.end, second.begin - first.end);
    return between == ", " || between == " (";
  }

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

  const ArticleText& text_;
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
