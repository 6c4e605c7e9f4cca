// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/names/name_rules.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "common/error.h"
#include "common/index/entity_weight.h"
#include "indexer/names/canonical_names.h"

using namespace dateline;
using Catch::Matchers::Contains;

namespace {

NameRules rules_of(const std::string& aliases, const std::string& gazetteer = {}) {
  return parse_name_rules({"aliases.tsv", aliases}, {"gazetteer.tsv", gazetteer});
}

std::string refusal_of(const std::string& aliases, const std::string& gazetteer = {}) {
  try {
    rules_of(aliases, gazetteer);
  } catch (const Error& e) {
    CHECK(e.code() == ExitCode::usage);
    CHECK_FALSE(e.remedy().empty());
    return e.what();
  }
  return "accepted";
}

using Names = std::vector<NameUse>;
constexpr auto person = EntityType::person;
constexpr auto org = EntityType::org;
constexpr auto place = EntityType::place;

/// "TYPE name" of each row; "-" for a forbidden one.
std::vector<std::string> shown(const Names& uses, const NameRules& rules) {
  std::vector<std::string> names;
  for (const auto& name : canonical_names(uses, rules)) {
    names.push_back(name ? std::string(name_of(name->type)) + ' ' + name->name : "-");
  }
  return names;
}
using Shown = std::vector<std::string>;

}  // namespace

TEST_CASE("a line that is not understood is refused with its file and number", "[names]") {
  CHECK_THAT(refusal_of("# names\n\nmarge\tperson\tA\tB\n"),
             Contains("aliases.tsv:3: there is no action 'marge'"));
  CHECK_THAT(refusal_of("merge person A B\n"), Contains("aliases.tsv:1"));
  CHECK_THAT(refusal_of("merge\tperson\tA\n"), Contains("3 columns stand where 'merge' has 4"));
  CHECK_THAT(refusal_of("split\tperson\tA\tB\n"), Contains("4 columns"));
  CHECK_THAT(refusal_of("merge\tpeople\tA\tB\n"), Contains("no type 'people'"));
  CHECK_THAT(refusal_of("merge\tany\tA\tB\n"), Contains("no type 'any'"));
  CHECK_THAT(refusal_of("add\torg\tAcme\n"), Contains("belongs into the other file"));
  CHECK_THAT(refusal_of("", "\n\nforce\tplace\t\n"), Contains("gazetteer.tsv:3: a name is empty"));
  CHECK_THAT(refusal_of("", "add\torg\t- !\n"), Contains("neither letter nor digit"));
  CHECK_THAT(refusal_of("split\tperson\tA\x1b[31mB\n"), Contains("control character"));
  CHECK_THAT(refusal_of("split\tperson\tA\xe2\x80\xae"
                        "B\n"),
             Contains("control character"));
  CHECK_THAT(refusal_of("split\tperson\tA\xff\n"), Contains("no UTF-8"));
  CHECK(refusal_of("mer\x1b]0;x\x07\tperson\tA\tB\n").find('\x1b') == std::string::npos);
}

TEST_CASE("comments, empty lines, a byte order mark and CR LF are no rules", "[names]") {
  const auto rules = rules_of("\xEF\xBB\xBF# merge\tperson\r\n\r\n \t\nsplit\tperson\tGeorge Bush");
  CHECK(rules.splits == std::set<NameRules::Key>{{person, "george bush"}});
  CHECK(rules.merges.empty());
}

TEST_CASE("lines that contradict each other are refused, and both are named", "[names]") {
  CHECK_THAT(refusal_of("merge\tperson\tA\tB\nmerge\tperson\tá\tC\n"),
             Contains("aliases.tsv:2") && Contains("aliases.tsv:1"));
  CHECK_THAT(refusal_of("merge\tperson\tA\tB\nmerge\tperson\tB\tC\nmerge\tperson\tC\tA\n"),
             Contains("aliases.tsv:3") && Contains("lead back to it"));
  CHECK_THAT(refusal_of("merge\tperson\tA\tA.\n"), Contains("into itself"));
  CHECK_THAT(refusal_of("split\tperson\tA\nmerge\tperson\tA\tB\n"),
             Contains("aliases.tsv:2") && Contains("split at aliases.tsv:1"));
  CHECK_THAT(refusal_of("rename\tperson\tA\tC\nmerge\tperson\tA\tB\n"), Contains("aliases.tsv:2"));
  CHECK_THAT(refusal_of("", "add\torg\tAcme\nforbid\tany\tACME\n"),
             Contains("gazetteer.tsv:2") && Contains("added at gazetteer.tsv:1"));
  CHECK_THAT(refusal_of("", "force\tplace\tJordan\nforce\tperson\tJordan\n"),
             Contains("gazetteer.tsv:2"));
  CHECK_THAT(refusal_of("", "add\torg\tJordan\nforce\tperson\tJordan\n"),
             Contains("gazetteer.tsv:2"));
  CHECK_THAT(refusal_of("merge\tperson\tA\tB\n", "forbid\tperson\tB\n"),
             Contains("gazetteer.tsv:1") && Contains("forbidden"));
  CHECK(refusal_of("merge\tperson\tA\tB\nmerge\tperson\tA\tB\n") == "accepted");
  CHECK(refusal_of("", "force\tplace\tJordan\nforbid\tperson\tJordan\n") == "accepted");
}

TEST_CASE("merges follow each other to the end of the chain, in any order of lines", "[names]") {
  const Names uses{{person, "Ann Lee", 3}, {person, "Anna Leigh", 2}, {person, "A. Leigh-Lee", 9}};
  const Shown one{"person A. Leigh-Lee", "person A. Leigh-Lee", "person A. Leigh-Lee"};
  CHECK(shown(uses, rules_of("merge\tperson\tAnn Lee\tAnna Leigh\n"
                             "merge\tperson\tAnna Leigh\tA. Leigh-Lee\n")) == one);
  CHECK(shown(uses, rules_of("merge\tperson\tanna leigh\tA. Leigh-Lee\n"
                             "merge\tperson\tANN LEE\tAnna Leigh\n")) == one);
}

TEST_CASE("what was joined to a merged name goes with it", "[names]") {
  const Names uses{{person, "Dmytro Kuleba", 9}, {person, "Kuleba", 2}, {person, "Jane Roe", 3}};
  REQUIRE(shown(uses, {})[1] == "person Dmytro Kuleba");
  CHECK(shown(uses, rules_of("merge\tperson\tDmytro Kuleba\tJane Roe\n")) ==
        Shown{"person Jane Roe", "person Jane Roe", "person Jane Roe"});
  CHECK(shown(uses, rules_of("merge\tperson\tKuleba\tJane Roe\n")) ==
        Shown{"person Dmytro Kuleba", "person Jane Roe", "person Jane Roe"});
  CHECK(shown(uses, rules_of("merge\tperson\tDmytro Kuleba\tKuleba\n")) ==
        Shown{"person Kuleba", "person Kuleba", "person Jane Roe"});
}

TEST_CASE("a split name stands for itself, joined to no other", "[names]") {
  const Names uses{{person, "George Bush", 9}, {person, "George W. Bush", 2}, {person, "Bush", 3}};
  REQUIRE(shown(uses, {})[1] == shown(uses, {})[0]);
  const auto split = shown(uses, rules_of("split\tperson\tgeorge bush\n"));
  CHECK(split[0] == "person George Bush");
  CHECK(split[1] == "person George W. Bush");
}

TEST_CASE("an entity is renamed by any of its names; who has the new name is the same then",
          "[names]") {
  const Names uses{{org, "US Congress", 5},
                   {org, "Congress", 2},
                   {person, "Dmytro Kuleba", 3},
                   {person, "Kuleba", 1}};
  const auto names = shown(uses, rules_of("rename\torg\tUS Congress\tCongress\n"
                                          "rename\tperson\tKuleba\tDmytro Ivanovych Kuleba\n"));
  CHECK(names == Shown{"org Congress", "org Congress", "person Dmytro Ivanovych Kuleba",
                       "person Dmytro Ivanovych Kuleba"});
}

TEST_CASE("forced names have one type, forbidden ones none", "[names]") {
  const Names uses{{person, "Jordan", 90},
                   {org, "Jordan", 2},
                   {place, "Jordan", 1},
                   {person, "Leave A Comment", 8},
                   {org, "Leave a Comment", 8}};
  CHECK(shown(uses, rules_of("", "force\tplace\tJordan\nforbid\tperson\tLeave A Comment\n")) ==
        Shown{"place Jordan", "place Jordan", "place Jordan", "-", "org Leave a Comment"});
  CHECK(shown(uses, rules_of("", "forbid\tany\tleave a comment\nforbid\tperson\tJordan\n"))[3] ==
        "-");
}

TEST_CASE("what names become does not depend on the order of the rows", "[names]") {
  Names uses{{person, "Jordan", 4},    {place, "Jordan", 4}, {person, "Bob Smyth", 2},
             {person, "Bob smyth", 2}, {org, "Acme", 3},     {person, "Smyth", 1}};
  const auto rules = rules_of("merge\tperson\tBob Smyth\tRobert Smith\nsplit\tperson\tSmyth\n",
                              "force\torg\tJordan\nadd\torg\tAcme\tACME Corp\n");
  std::ranges::sort(uses, {}, &NameUse::name);
  std::map<std::string, std::string> expected;
  do {
    const auto names = shown(uses, rules);
    for (std::size_t i = 0; i < uses.size(); ++i) {
      const auto key = std::string(name_of(uses[i].type)) + uses[i].name;
      CHECK(expected.try_emplace(key, names[i]).first->second == names[i]);
    }
  } while (std::ranges::next_permutation(uses, {}, &NameUse::name).found);
  CHECK(expected["personBob Smyth"] == "person Robert Smith");
  CHECK(expected["orgAcme"] == "org ACME Corp");
}

TEST_CASE("weights of several names add up, and salience is title, lead, given or twice",
          "[names]") {
  CHECK(add_weights(20, 20) == 31);
  CHECK(add_weights(1 | schema::weight_in_title, 1) == (2 | schema::weight_in_title));
  CHECK(add_weights(3, missing_weight(5 | schema::weight_given, 3)) == (5 | schema::weight_given));
  CHECK(missing_weight(2, 3) == 0);
  CHECK_FALSE(is_salient(1));
  CHECK(is_salient(2));
  CHECK(is_salient(1 | schema::weight_in_lead));
  CHECK(is_salient(schema::weight_given));
}

TEST_CASE("a chain of merges of any length leads to its end, in a time that grows with it",
          "[names][hostile]") {
  constexpr int links = 50'000;
  std::string aliases;
  for (int i = 0; i < links; ++i)
    aliases +=
        "merge\tperson\tName " + std::to_string(i) + "\tName " + std::to_string(i + 1) + "\n";
  const auto rules = rules_of(aliases);
  REQUIRE(rules.merges.size() == links);
  CHECK(rules.merges.at({person, "name 0"}) == "Name " + std::to_string(links));
  CHECK(rules.merges.at({person, "name 777"}) == "Name " + std::to_string(links));
  aliases += "merge\tperson\tName " + std::to_string(links) + "\tName 5\n";
  CHECK_THAT(refusal_of(aliases),
             Contains("aliases.tsv:" + std::to_string(links + 1)) && Contains("lead back to it"));
}
