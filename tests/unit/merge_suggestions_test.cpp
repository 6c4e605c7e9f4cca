// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/names/merge_suggestions.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

using namespace dateline;

namespace {

constexpr auto person = EntityType::person;
constexpr auto org = EntityType::org;

/// `first` to `first + count - 1` are the articles that name it.
ListedEntity entity(EntityType type, const std::string& name, std::uint32_t first,
                    std::uint32_t count) {
  ListedEntity e;
  e.type = type;
  e.name = name;
  for (std::uint32_t i = 0; i < count; ++i) e.articles.push_back(first + i);
  return e;
}

std::set<std::string> lines(std::vector<ListedEntity> entities, const NameRules& rules = {}) {
  std::ranges::stable_sort(entities, std::greater<>{},
                           [](const ListedEntity& e) { return e.articles.size(); });
  std::set<std::string> lines;
  for (const auto& s : suggest_merges(entities, rules)) lines.insert(s.name + " > " + s.into);
  return lines;
}
using Lines = std::set<std::string>;

}  // namespace

TEST_CASE("names that look like one are suggested, the rarer into the more frequent", "[names]") {
  CHECK(lines({entity(person, "Volodymyr Zelensky", 0, 9),
               entity(person, "Volodymyr Zelenskyi", 20, 2), entity(org, "Al Jazeera", 0, 9),
               entity(org, "Aljazeera", 30, 1), entity(org, "World Health Organization", 0, 5),
               entity(org, "WHO", 50, 3), entity(person, "John Smith", 60, 2),
               entity(person, "J. Smith", 70, 4), entity(org, "Security Council", 80, 9),
               entity(org, "UN Security Council", 90, 3)}) ==
        Lines{"Volodymyr Zelenskyi > Volodymyr Zelensky", "Aljazeera > Al Jazeera",
              "WHO > World Health Organization", "J. Smith > John Smith",
              "UN Security Council > Security Council"});
}

TEST_CASE("names are not suggested against the evidence", "[names]") {
  CHECK(lines({entity(person, "Anna Petersen", 0, 9), entity(person, "Anna Peterson", 2, 5)})
            .empty());
  CHECK(lines({entity(org, "Boeing 7371", 0, 9), entity(org, "Boeing 7471", 20, 5)}).empty());
  CHECK(lines({entity(person, "John Smith", 0, 9), entity(person, "James Smith", 20, 5),
               entity(person, "J. Smith", 40, 5)})
            .empty());
  CHECK(lines({entity(org, "Reserve Bank", 0, 9), entity(org, "Reserve Bank of India", 20, 5),
               entity(org, "Reserve Bank of Fiji", 40, 5)})
            .empty());
  CHECK(
      lines({entity(org, "Boston Corp", 0, 9), entity(org, "Bank of Boston Corp", 20, 5)}).empty());
  CHECK(lines({entity(person, "Jon Smith", 0, 9), entity(person, "Joe Smith", 20, 5)}).empty());
  CHECK(lines({entity(person, "Al Jazeera", 0, 9), entity(org, "Aljazeera", 30, 1)}).empty());
}

TEST_CASE("what a user decided is not suggested again", "[names]") {
  const std::vector<ListedEntity> pair{entity(org, "Al Jazeera", 0, 9),
                                       entity(org, "Aljazeera", 30, 1)};
  CHECK(lines(pair).size() == 1);
  CHECK(lines(pair, parse_name_rules({"a", "split\torg\tAljazeera\n"}, {"g", {}})).empty());
}

TEST_CASE("all suggestions together can be pasted: none contradicts another", "[names]") {
  std::vector<ListedEntity> entities;
  for (std::uint32_t i = 0; i < 300; ++i) {
    const std::string last(1, static_cast<char>('a' + i % 26));
    const std::string first(1, static_cast<char>('a' + i / 26));
    entities.push_back(entity(person, "Mar" + first + "anne Olden" + last + "urgh", 10 * i, 3));
  }
  std::string aliases;
  for (const auto& s : suggest_merges(entities, {})) {
    aliases += "merge\tperson\t" + s.name + "\t" + s.into + "\n";
  }
  CHECK(std::ranges::count(aliases, '\n') > 100);
  CHECK_NOTHROW(parse_name_rules({"aliases.tsv", aliases}, {"gazetteer.tsv", {}}));
}
