// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/names/canonical_names.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "common/text/unicode.h"

namespace dateline {
namespace {

using Key = NameRules::Key;

Key key_of(const CanonicalName& name) { return {name.type, fold_name(name.name)}; }

/// A row with what was made of it so far.
struct Row {
  const NameUse* use = nullptr;
  Key key;  ///< as the row names it, under the type it was forced to
  bool forbidden = false;
  CanonicalName shown;
};

class RuledNames {
 public:
  RuledNames(const std::vector<NameUse>& uses, const NameRules& rules) : rules_(rules) {
    rows_.reserve(uses.size());
    for (const auto& use : uses) add(use);
    name_the_rest();
    name_split();
    merge();
    rename();
  }

  std::vector<std::optional<CanonicalName>> result() const {
    std::vector<std::optional<CanonicalName>> names;
    names.reserve(rows_.size());
    for (const auto& row : rows_) {
      names.push_back(row.forbidden ? std::nullopt : std::optional(row.shown));
    }
    return names;
  }

 private:
  void add(const NameUse& use) {
    Row row{&use, {use.type, fold_name(use.name)}, false, {}};
    row.forbidden = rules_.forbidden.contains(row.key);
    if (const auto forced = rules_.forced.find(row.key.second); forced != rules_.forced.end()) {
      row.key.first = forced->second;
    }
    rows_.push_back(std::move(row));
  }

  bool is_split(const Row& row) const { return rules_.splits.contains(row.key); }
  bool is_forced(const Row& row) const { return rules_.forced.contains(row.key.second); }

  /// Of rows with one key the name that most articles have, then the smaller.
  static bool is_better_spelling(const Row& row, const Row& than) {
    if (row.use->articles != than.use->articles) return row.use->articles > than.use->articles;
    return row.use->name < than.use->name;
  }

  /// By key, the best spelling of the rows for which `wanted` holds.
  template <class F>
  std::map<Key, std::string> spellings_if(F wanted) const {
    std::map<Key, const Row*> best;
    for (const auto& row : rows_) {
      if (row.forbidden || !wanted(row)) continue;
      const auto [known, is_new] = best.try_emplace(row.key, &row);
      if (!is_new && is_better_spelling(row, *known->second)) known->second = &row;
    }
    std::map<Key, std::string> spellings;
    for (const auto& [key, row] : best) spellings.emplace(key, row->use->name);
    return spellings;
  }

  void name_the_rest() {
    std::vector<NameUse> rest;
    std::vector<std::size_t> rest_of(rows_.size());
    // All spellings of a forced name go as one.
    const auto forced = spellings_if([&](const Row& row) { return is_forced(row); });
    std::map<Key, std::size_t> rest_of_forced;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto& row = rows_[i];
      if (row.forbidden || is_split(row)) continue;
      rest_of[i] = rest.size();
      if (!is_forced(row)) {
        rest.push_back({row.key.first, row.use->name, row.use->articles});
        continue;
      }
      const auto [known, is_new] = rest_of_forced.try_emplace(row.key, rest.size());
      rest_of[i] = known->second;
      if (is_new) rest.push_back({row.key.first, forced.at(row.key), 0});
      rest[known->second].articles += row.use->articles;
    }
    const auto names = canonicalise(rest);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      auto& row = rows_[i];
      if (row.forbidden || is_split(row)) continue;
      row.shown = names[rest_of[i]];
      if (is_forced(row) && row.shown.type != row.key.first) {
        row.shown = {row.key.first, rest[rest_of[i]].name};
      }
    }
  }

  void name_split() {
    const auto spellings = spellings_if([&](const Row& row) { return is_split(row); });
    for (auto& row : rows_) {
      if (row.forbidden || !is_split(row)) continue;
      row.shown = {row.key.first, spellings.at(row.key)};
    }
  }

  /// What a merged name leads to: the entity that has the name at the chain's end.
  CanonicalName home(EntityType type, const std::string& name,
                     const std::map<Key, const Row*>& bearers) const {
    const auto bearer = bearers.find({type, fold_name(name)});
    if (bearer == bearers.end()) return {type, name};
    const auto& shown = bearer->second->shown;
    const bool moves_itself = rules_.merges.contains(key_of(shown));
    return moves_itself ? CanonicalName{type, bearer->second->use->name} : shown;
  }

  void merge() {
    if (rules_.merges.empty()) return;
    std::map<Key, const Row*> bearers;
    for (const auto& row : rows_) {
      if (row.forbidden) continue;
      const auto [known, is_new] = bearers.try_emplace({row.shown.type, row.key.second}, &row);
      if (!is_new && is_better_spelling(row, *known->second)) known->second = &row;
    }
    std::vector<std::pair<Row*, CanonicalName>> moved;
    for (auto& row : rows_) {
      if (row.forbidden) continue;
      for (const auto& key : {row.key, Key{row.shown.type, row.key.second}, key_of(row.shown)}) {
        const auto merged = rules_.merges.find(key);
        if (merged == rules_.merges.end()) continue;
        moved.emplace_back(&row, home(key.first, merged->second, bearers));
        break;
      }
    }
    for (auto& [row, name] : moved) row->shown = std::move(name);
  }

  /// The new names of entities by the names they have: a rule for the shown name comes before one
  /// for a name that was joined to it.
  std::map<Key, std::string> new_names() const {
    std::map<Key, std::pair<Key, std::string>> chosen;  // the rule's key decides between several
    for (const auto& row : rows_) {
      if (row.forbidden) continue;
      const auto own = key_of(row.shown);
      for (const auto& key : {own, Key{row.shown.type, row.key.second}}) {
        const auto renamed = rules_.renames.find(key);
        if (renamed == rules_.renames.end()) continue;
        auto& choice = chosen.try_emplace(own, key, renamed->second).first->second;
        const bool better = key == own || (choice.first != own && key < choice.first);
        if (better) choice = {key, renamed->second};
      }
    }
    std::map<Key, std::string> names;
    for (auto& [own, choice] : chosen) names.emplace(own, std::move(choice.second));
    return names;
  }

  void rename() {
    if (rules_.renames.empty()) return;
    const auto names = new_names();
    std::map<Key, std::string> spellings;
    for (const auto& [own, name] : names) {
      auto& spelling = spellings.try_emplace({own.first, fold_name(name)}, name).first->second;
      spelling = std::min(spelling, name);
    }
    for (auto& row : rows_) {
      if (row.forbidden) continue;
      if (const auto renamed = names.find(key_of(row.shown)); renamed != names.end()) {
        row.shown.name = renamed->second;
      }
      // Who has the new name already is the same entity now.
      const auto spelling = spellings.find(key_of(row.shown));
      if (spelling != spellings.end()) row.shown.name = spelling->second;
    }
  }

  const NameRules& rules_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<std::optional<CanonicalName>> canonical_names(const std::vector<NameUse>& uses,
                                                          const NameRules& rules) {
  if (!rules.empty()) return RuledNames(uses, rules).result();
  const auto names = canonicalise(uses);
  return {names.begin(), names.end()};
}

}  // namespace dateline
