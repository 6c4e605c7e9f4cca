// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/canonical.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/entities/names.h"

using namespace dateline;

namespace {

using Names = std::vector<std::string>;

constexpr EntityType person = EntityType::person;
constexpr EntityType org = EntityType::org;
constexpr EntityType place = EntityType::place;

struct Marked {
  EntityType type;
  std::string_view name;
};

/// The mentions of these names, each looked for after the one before.
std::vector<Mention> mentions_of(std::string_view body, const std::vector<Marked>& marked) {
  std::vector<Mention> mentions;
  std::size_t at = 0;
  for (const Marked& mark : marked) {
    at = body.find(mark.name, at);
    REQUIRE(at != std::string_view::npos);
    mentions.push_back({at, at + mark.name.size(), mark.type});
    at += mark.name.size();
  }
  return mentions;
}

/// Under which name each marked name is counted.
Names joined(std::string_view body, const std::vector<Marked>& marked) {
  const ArticleNames names = join_names({{}, {}, body}, {{}, {}, mentions_of(body, marked)}, {});
  Names found;
  for (const std::uint32_t entity : names.body) found.push_back(names.entities.at(entity).name);
  return found;
}

Names joined(const std::vector<Marked>& marked) {
  std::string body;
  for (const Marked& mark : marked) body += std::string(mark.name) + " spoke. ";
  return joined(body, marked);
}

Names shown(const std::vector<NameUse>& uses) {
  Names names;
  for (const CanonicalName& name : canonicalise(uses)) names.push_back(name.name);
  return names;
}

}  // namespace

TEST_CASE("either of two family names stands for their bearer", "[entities]") {
  CHECK(joined({{person, "Ana Lucía Torvo Esquivel"}, {person, "Torvo"}, {person, "Esquivel"}}) ==
        Names(3, "Ana Lucía Torvo Esquivel"));
  CHECK(joined({{person, "Torvo"}, {person, "Torvo Esquivel"}, {person, "Ana Torvo Esquivel"}}) ==
        Names(3, "Ana Torvo Esquivel"));
}

TEST_CASE("an Arabic article is no part of the family name", "[entities]") {
  CHECK(joined({{person, "Samir Al-Qudsari"},
                {person, "Qudsari"},
                {person, "al-Qudsari"},
                {person, "Al Qudsari"}}) == Names(4, "Samir Al-Qudsari"));
}

TEST_CASE("apostrophes, initials and short given names make no second person", "[entities]") {
  CHECK(joined({{person, "Robert O'Dunmore"}, {person, "Bob O\u2019Dunmore"}}) ==
        Names(2, "Robert O'Dunmore"));
  CHECK(joined({{person, "P. C. Varghul"}, {person, "P.C. Varghul"}, {person, "Varghul"}}) ==
        Names(3, "P. C. Varghul"));
}

TEST_CASE("a nickname in quotes stands for its bearer", "[entities]") {
  CHECK(joined({{person, "Ed \"The Anvil\" Brumly"}, {person, "Anvil"}, {person, "Brumly"}}) ==
        Names(3, "Ed \"The Anvil\" Brumly"));
}

TEST_CASE("two given names before one family name are two people", "[entities]") {
  CHECK(joined("We met Walter and Susan Ebbrecht, then Walter Ebbrecht.",
               {{person, "Walter"}, {person, "Susan Ebbrecht"}, {person, "Walter Ebbrecht"}})[1] ==
        "Susan Ebbrecht");
  CHECK(joined("We met Walter and Susan Ebbrecht.",
               {{person, "Walter"}, {person, "Susan Ebbrecht"}}) ==
        Names{"Walter Ebbrecht", "Susan Ebbrecht"});
}

TEST_CASE("a family name that everybody knows is its known bearer's before another is named",
          "[entities]") {
  CHECK(joined({{person, "Obama"}, {person, "Michelle Obama"}, {person, "Obama"}}) ==
        Names{"Barack Obama", "Michelle Obama", "Barack Obama"});
  CHECK(joined({{person, "Michelle Obama"}, {person, "Obama"}}) == Names(2, "Michelle Obama"));
}

TEST_CASE("titles that were taken into a name are dropped", "[entities]") {
  CHECK(joined({{person, "Prime Minister Ana Polkmar"},
                {person, "Mr Polkmar"},
                {person, "Don Brumly"},
                {person, "Sheikh Hasina"}}) ==
        Names{"Ana Polkmar", "Ana Polkmar", "Don Brumly", "Sheikh Hasina"});
}

TEST_CASE("a title tells one bearer of a family name from another", "[entities]") {
  CHECK(joined("Hillary Clinton came with Bill Clinton. Mrs. Clinton spoke, Mr. Clinton did not.",
               {{person, "Hillary Clinton"},
                {person, "Bill Clinton"},
                {person, "Clinton"},
                {person, "Clinton"}}) ==
        Names{"Hillary Clinton", "Bill Clinton", "Hillary Clinton", "Bill Clinton"});
}

TEST_CASE("a family name taken for a place or an organisation is still its bearer's",
          "[entities]") {
  const std::string_view body = "Ana Polkmar spoke. Then Polkmar left. It rained in Polkmar.";
  CHECK(joined(body, {{person, "Ana Polkmar"}, {org, "Polkmar"}}) == Names(2, "Ana Polkmar"));
}

TEST_CASE("link text that runs into a name is cut off where the name stands elsewhere",
          "[entities]") {
  CHECK(joined({{person, "Ana Polk"}, {person, "Ana PolkMayor"}, {person, "Ian McPhee"}}) ==
        Names{"Ana Polk", "Ana Polk", "Ian McPhee"});
}

TEST_CASE("brackets say what an organisation's short name stands for", "[entities]") {
  CHECK(joined("The Ministry of Rivers (Minri) met. Minri agreed.",
               {{org, "Ministry of Rivers"}, {org, "Minri"}, {org, "Minri"}}) ==
        Names(3, "Ministry of Rivers"));
  CHECK(joined("The BHC (Baltic Herring Council) met.",
               {{org, "BHC"}, {org, "Baltic Herring Council"}}) ==
        Names(2, "Baltic Herring Council"));
  CHECK(joined("Freedonia\u2019s Institute for Civic Education\u2019s (ICE) plan.",
               {{org, "Institute for Civic Education"}, {org, "ICE"}}) ==
        Names(2, "Institute for Civic Education"));
  CHECK(joined("The Great Okona Dam (GOD) leaks.", {{place, "Great Okona Dam"}, {place, "GOD"}}) ==
        Names(2, "Great Okona Dam"));
}

TEST_CASE("a news agency in brackets is not the name before it", "[entities]") {
  CHECK(joined("The Baltic Herring Council (Reuters) met.",
               {{org, "Baltic Herring Council"}, {org, "Reuters"}})[1] == "Reuters");
  CHECK(joined("HERRING TODAY (Pelagica) - It rained.",
               {{org, "HERRING TODAY"}, {org, "Pelagica"}})[1] == "Pelagica");
}

TEST_CASE("an acronym is what the article's own names abbreviate to", "[entities]") {
  CHECK(joined({{org, "Freedonian Bureau of Irrigation"}, {org, "FBI"}}) ==
        Names(2, "Freedonian Bureau of Irrigation"));
  CHECK(joined({{org, "FBI"}})[0] == "FBI");
}

TEST_CASE("the House is not the White House", "[entities]") {
  CHECK(joined("The White House called the House.", {{org, "White House"}, {org, "House"}}) ==
        Names{"White House", "House of Representatives"});
}

TEST_CASE("a longer name that begins alike is another organisation", "[entities]") {
  CHECK(joined({{org, "BBC Radio 4"}, {org, "BBC"}})[1] == "BBC");
  CHECK(joined({{org, "Zentro Athletics Council"}, {org, "Zentro Athletics"}})[1] ==
        "Zentro Athletics");
}

TEST_CASE("what kind of body it is may be left out, and whose", "[entities]") {
  CHECK(joined({{org, "Westmark University"}, {org, "Westmark"}}) ==
        Names(2, "Westmark University"));
  CHECK(joined("The Reserve Bank of Freedonia met. The Reserve Bank rested.",
               {{org, "Reserve Bank of Freedonia"}, {org, "Reserve Bank"}}) ==
        Names(2, "Reserve Bank of Freedonia"));
  CHECK(joined({{org, "Zentro Holdings Ltd."}, {org, "Zentro Holdings"}}) ==
        Names(2, "Zentro Holdings"));
}

TEST_CASE("states, abbreviations and solemn names are the places that they name", "[entities]") {
  CHECK(joined("In Calif. and Wash. and N.Y. it rained.",
               {{place, "Calif"}, {place, "Wash"}, {place, "N.Y."}}) ==
        Names{"California", "Washington state", "New York"});
  CHECK(joined({{place, "Republic of Chile"}, {place, "State of Kuwait"}, {place, "UAE"}}) ==
        Names{"Chile", "Kuwait", "United Arab Emirates"});
}

TEST_CASE("a nation's body is not the one that is known by its bare name", "[entities]") {
  CHECK(joined("The Security Council met. The Russian Security Council did not.",
               {{org, "Security Council"}, {org, "Security Council"}}) ==
        Names{"UN Security Council", "Russian Security Council"});
}

TEST_CASE("a body found under another type keeps its name", "[entities]") {
  CHECK(joined({{place, "North Atlantic Treaty Organization"}, {org, "U.S."}}) ==
        Names{"NATO", "United States"});
}

TEST_CASE("across the index a known name is read where nobody else bears it", "[entities]") {
  CHECK(shown({{person, "Mulvaney", 1}, {person, "Barack", 1}}) ==
        Names{"Mick Mulvaney", "Barack Obama"});
  CHECK(shown({{person, "Mulvaney", 1}, {person, "Anna Mulvaney", 3}})[0] == "Anna Mulvaney");
}

TEST_CASE("across the index two family names are as good as the full name", "[entities]") {
  CHECK(shown({{person, "López Obrador", 1}, {person, "Andrés Manuel López Obrador", 2}})[0] ==
        "Andrés Manuel López Obrador");
  CHECK(shown({{person, "Jane Farnham", 2}, {person, "Mary Jane Farnham", 9}})[0] ==
        "Jane Farnham");
}

TEST_CASE("across the index family members keep their names", "[entities]") {
  CHECK(shown({{person, "Xi", 8}, {person, "Xi Jinping", 9}, {person, "Xi Zhongxun", 1}}) ==
        Names{"Xi Jinping", "Xi Jinping", "Xi Zhongxun"});
  CHECK(shown({{person, "Xi", 8}, {person, "Xi Jinping", 3}, {person, "Xi Zhongxun", 3}})[0] ==
        "Xi");
}

TEST_CASE("across the index articles, legal forms and spellings of words make no second body",
          "[entities]") {
  CHECK(shown({{org, "Zentro Corp.", 1},
               {org, "Zentro", 4},
               {org, "The Zentro", 1},
               {org, "Okona Defence Centre", 1},
               {org, "Okona Defense Center", 3}}) ==
        Names{"Zentro", "Zentro", "Zentro", "Okona Defense Center", "Okona Defense Center"});
}

TEST_CASE("across the index the spelling of the tables is preferred", "[entities]") {
  CHECK(shown({{org, "International Labour Organisation", 7},
               {org, "International Labour Organization", 1}}) ==
        Names(2, "International Labour Organization"));
}

TEST_CASE("an article of hostile names is joined in reasonable time", "[entities][hostile]") {
  const std::vector<std::string> pieces{
      "Zentro ", "of Okona ", "(ZOO) ", "the Zentro Bank ", "Ana \"Z\" Zentro Zentro Zentro ",
      "Zentro "};
  std::string body;
  std::vector<Mention> mentions;
  for (std::size_t i = 0; i < 60'000; ++i) {
    const std::string& piece = pieces[i % pieces.size()];
    mentions.push_back({body.size(), body.size() + piece.size() - 1, all_entity_types[i / 7 % 3]});
    body += piece;
  }
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(join_names({{}, {}, body}, {{}, {}, mentions}, {}).entities.empty());
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}
