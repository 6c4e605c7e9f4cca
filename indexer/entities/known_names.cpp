// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/known_names.h"

#include <array>
#include <string>
#include <vector>

#include "indexer/entities/name_words.h"

namespace dateline::ner {
namespace {

constexpr std::array<std::string_view, 7> before_countries{
    "Republic of ",  "Kingdom of ",      "State of ",           "Commonwealth of ",
    "Sultanate of ", "Principality of ", "Federal Republic of "};
constexpr std::array<std::string_view, 5> of_united_states{"U.S. ", "US ", "United States ", "U.S ",
                                                           "American "};
constexpr std::array<std::string_view, 2> long_united_nations{"United Nations ", "U.N. "};

/// What the tables say of exactly this name under this type.
std::string_view listed(const Gazetteer& gazetteer, std::string_view name, EntityType type) {
  const Phrase* phrase = gazetteer.find(name);
  std::string_view known = phrase == nullptr ? std::string_view() : phrase->sense(type).name;
  if (type == EntityType::person) return known;
  const std::string_view other = gazetteer.alias(known.empty() ? name : known, type);
  return other.empty() ? known : other;
}

template <typename Beginnings>
std::string_view without(const Beginnings& beginnings, std::string_view name) {
  for (const std::string_view beginning : beginnings)
    if (name.starts_with(beginning)) return name.substr(beginning.size());
  return {};
}

std::string_view place_within(const Gazetteer& gazetteer, std::string_view name) {
  const std::string_view country = without(before_countries, name);
  return country.empty() ? country : listed(gazetteer, country, EntityType::place);
}

std::string_view org_within(const Gazetteer& gazetteer, std::string_view name) {
  const std::string_view body = without(of_united_states, name);
  if (body.find(' ') != std::string_view::npos)
    if (const auto known = listed(gazetteer, body, EntityType::org); !known.empty()) return known;
  const std::string_view agency = without(long_united_nations, name);
  if (!agency.empty()) return listed(gazetteer, "UN " + std::string(agency), EntityType::org);
  const std::vector<std::string_view> words = words_of(name);
  std::size_t kept = words.size() - legal_words(words);
  if (kept == words.size()) return {};
  if (kept > 1 && words[kept - 1] == "&") --kept;
  const auto end = static_cast<std::size_t>(words[kept - 1].end() - name.begin());
  std::string_view bare = name.substr(0, end);
  if (bare.ends_with(',')) bare.remove_suffix(1);
  return listed(gazetteer, bare, EntityType::org);
}

std::string_view known_as(const Gazetteer& gazetteer, std::string_view name, EntityType type) {
  const std::string_view known = listed(gazetteer, name, type);
  if (!known.empty() || type == EntityType::person) return known;
  return type == EntityType::place ? place_within(gazetteer, name) : org_within(gazetteer, name);
}

}  // namespace

std::string_view known_name(const Gazetteer& gazetteer, std::string_view name, EntityType type) {
  const std::string_view known = known_as(gazetteer, name, type);
  if (!known.empty()) return known;
  if (type == EntityType::person)
    return is_acronym(name) ? listed(gazetteer, name, EntityType::org) : known;
  const EntityType other = type == EntityType::place ? EntityType::org : EntityType::place;
  const Phrase* phrase = gazetteer.find(name);
  if (phrase == nullptr || phrase->sense(other).doubtful) return {};
  return listed(gazetteer, name, other);
}

}  // namespace dateline::ner
