// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/interactive/value_names.h"

#include <algorithm>

#include "common/text/unicode.h"
#include "searcher/engine/values.h"

namespace dateline {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Whether folding may make `folded` of what begins with this byte: cheap, and never wrongly false.
bool may_fold_to(char byte, char folded) {
  if (!is_letter_or_digit(byte)) return true;
  const auto lower = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  return lower == folded;
}

bool a_later_word_may_begin(std::string_view name, char folded) {
  for (std::size_t i = 1; i < name.size(); ++i) {
    if (!is_letter_or_digit(name[i - 1]) && may_fold_to(name[i], folded)) return true;
  }
  return false;
}

bool is_fit_to_type(std::string_view name) {
  return !name.empty() && name.find('"') == std::string_view::npos && printable(name) == name;
}

void put_most_common_first(auto& names) {
  std::erase_if(names, [](const auto& name) { return name.articles == 0; });
  std::ranges::stable_sort(names, [](const auto& a, const auto& b) {
    return a.articles != b.articles ? a.articles > b.articles : a.text < b.text;
  });
}

}  // namespace

ValueNames::ValueNames(std::shared_ptr<const IndexSnapshot> snapshot)
    : snapshot_(std::move(snapshot)) {}

std::vector<std::string> ValueNames::beginning_with(std::optional<Facet> facet,
                                                    std::string_view beginning, std::size_t limit) {
  const auto folded = fold_name(beginning);
  const auto& names = names_of(facet);
  std::vector<std::string> found;
  const auto take = [&](auto&& may_fit, auto&& fits) {
    for (const auto& name : names) {
      if (found.size() == limit) return;
      if (!folded.empty() && !(may_fit(name.text) && fits(fold_name(name.text)))) continue;
      if (is_fit_to_type(name.text)) found.emplace_back(name.text);
    }
  };
  take([&](std::string_view name) { return !name.empty() && may_fold_to(name[0], folded[0]); },
       [&](const std::string& name) { return name.starts_with(folded); });
  if (!found.empty() || folded.empty()) return found;
  take([&](std::string_view name) { return a_later_word_may_begin(name, folded[0]); },
       [&](const std::string& name) { return name.find(' ' + folded) != std::string::npos; });
  return found;
}

const std::vector<ValueNames::Name>& ValueNames::names_of(std::optional<Facet> facet) {
  const auto known = names_.find(facet);
  if (known != names_.end()) return known->second;
  std::vector<Name> names;
  if (const auto attribute = facet ? attribute_of(*facet) : std::nullopt) {
    names = count_stated(*attribute);
  } else {
    names = count_entities(facet ? entity_type_of(*facet) : std::nullopt);
  }
  put_most_common_first(names);
  return names_.emplace(facet, std::move(names)).first->second;
}

std::vector<ValueNames::Name> ValueNames::count_stated(Attribute attribute) const {
  const auto& tables = snapshot_->tables();
  const auto& stated = tables.names(attribute);
  std::vector<Name> names(stated.size());
  for (std::size_t i = 0; i < names.size(); ++i) names[i].text = stated[i];
  for (std::size_t s = 0; s < snapshot_->segment_count(); ++s) {
    const auto map = tables.name_map(attribute, s);
    const auto& segment = snapshot_->segment(s);
    for (std::uint32_t row = 0; row < segment.rows(); ++row) {
      for (const auto name : segment.stated(attribute, row)) {
        if (map[name] != GenerationTables::no_name) ++names[map[name]].articles;
      }
    }
  }
  return names;
}

std::vector<ValueNames::Name> ValueNames::count_entities(std::optional<EntityType> type) const {
  const auto& tables = snapshot_->tables();
  std::vector<Name> names(tables.entities.size());
  for (std::uint32_t i = 0; i < names.size(); ++i) names[i].text = tables.entity_name(i);
  for (std::size_t s = 0; s < snapshot_->segment_count(); ++s) {
    const auto map = tables.entity_map(s);
    for (std::uint32_t e = 0; e < map.size(); ++e) {
      if (map[e] == GenerationTables::no_entity) continue;
      const auto articles = snapshot_->segment(s).rows_naming(e).size();
      names[map[e]].articles += static_cast<std::uint32_t>(articles);
    }
  }
  if (type) {
    for (std::uint32_t i = 0; i < names.size(); ++i) {
      if (tables.entity_type(i) != *type) names[i].articles = 0;
    }
  }
  return names;
}

}  // namespace dateline
