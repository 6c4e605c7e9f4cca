// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "indexer/entities/canonical.h"
#include "indexer/entities/names.h"
#include "indexer/entities/recogniser.h"

using namespace dateline;

namespace {

const EntityRecogniser& recogniser() {
  static const std::unique_ptr<EntityRecogniser> made = make_recogniser();
  return *made;
}

/// "person Xi Jinping", in order of appearance.
std::vector<std::string> mentions_in(std::string_view text, const std::vector<Mention>& mentions) {
  std::vector<std::string> found;
  for (const Mention& mention : mentions)
    found.push_back(std::string(name_of(mention.type)) + " " +
                    std::string(text.substr(mention.begin, mention.end - mention.begin)));
  return found;
}

std::vector<std::string> named_in(std::string_view body) {
  return mentions_in(body, recogniser().recognise({{}, {}, body}).body);
}

std::vector<std::string> named_in_title(std::string_view title, std::string_view body) {
  return mentions_in(title, recogniser().recognise({title, {}, body}).title);
}

std::vector<ArticleEntity> entities_of(const ArticleText& text,
                                       const std::vector<GivenEntity>& given = {}) {
  return join_names(text, recogniser().recognise(text), given).entities;
}

std::vector<ArticleEntity> entities_of(std::string_view body) {
  return entities_of(ArticleText{{}, {}, body});
}

const ArticleEntity* find(const std::vector<ArticleEntity>& entities, std::string_view name) {
  const auto found = std::find_if(entities.begin(), entities.end(),
                                  [name](const ArticleEntity& e) { return e.name == name; });
  return found == entities.end() ? nullptr : &*found;
}

std::uint32_t mentions_of(const std::vector<ArticleEntity>& entities, std::string_view name) {
  const ArticleEntity* entity = find(entities, name);
  return entity == nullptr ? 0 : entity->mentions;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a title is no part of the name that it announces", "[entities]") {
  CHECK(named_in("On Monday Russian President Vladimir Putin met Mr Halvorsen.") ==
        Names{"person Vladimir Putin", "person Halvorsen"});
  CHECK(named_in("The award went to Foreign Minister Ingrid Solbakken.") ==
        Names{"person Ingrid Solbakken"});
  CHECK(named_in("They greeted Sheikh Tamim bin Hamad in the hall.") ==
        Names{"person Tamim bin Hamad"});
}

TEST_CASE("a possessive and a leading article stay outside the mention", "[entities]") {
  CHECK(named_in("It was the Kremlin\u2019s answer to Ukraine's offer.") ==
        Names{"org Kremlin", "place Ukraine"});
}

TEST_CASE("nationalities, days, months and events are no names", "[entities]") {
  CHECK(named_in("The French and the Nigerians agreed on Tuesday, in March, before the Winter "
                 "Olympics and long after World War II.")
            .empty());
}

TEST_CASE("words that open a sentence are no names", "[entities]") {
  CHECK(named_in("Preparations are under way. Neither side spoke. Which was odd. Patience, "
                 "officials say. Top diplomats left. He agreed.")
            .empty());
}

TEST_CASE("an unknown capitalised word without evidence is no name", "[entities]") {
  CHECK(named_in("We bought a Zorblatt and a second Zorblatt yesterday.").empty());
}

TEST_CASE("a family name alone is a person where the article gives the full name", "[entities]") {
  CHECK(named_in("Police named Dana Orlovska. Later Orlovska was released.") ==
        Names{"person Dana Orlovska", "person Orlovska"});
}

TEST_CASE("what people do in news makes a name a person's", "[entities]") {
  CHECK(named_in("\u201cNever,\u201d said Tavish Oduyemi, 54, a teacher.") ==
        Names{"person Tavish Oduyemi"});
}

TEST_CASE("particles, initials and suffixes belong to a person's name", "[entities]") {
  CHECK(named_in("A letter from Ursula von der Leyen and one by John Q. Farnham Jr. arrived.") ==
        Names{"person Ursula von der Leyen", "person John Q. Farnham Jr."});
}

TEST_CASE("the last or first word of a name tells an organisation", "[entities]") {
  CHECK(named_in("He left Westmark State University for the Ministry of Water Affairs.") ==
        Names{"org Westmark State University", "org Ministry of Water Affairs"});
  CHECK(named_in("It was built by the American Kite Flying Association last year.") ==
        Names{"org American Kite Flying Association"});
}

TEST_CASE("an acronym in brackets after an organisation is that organisation", "[entities]") {
  const auto entities = entities_of(
      "The Baltic Herring Council (BHC) met. Members of the BHC voted. The BHC adjourned.");
  CHECK(mentions_of(entities, "Baltic Herring Council") == 3);
  CHECK(entities.size() == 1);
}

TEST_CASE("acronyms of few letters are found in capitals only", "[entities]") {
  CHECK(named_in("They told us who it is.").empty());
  CHECK(named_in("They asked the WHO and the US.") == Names{"org WHO", "place US"});
}

TEST_CASE("a currency is not the country that it names", "[entities]") {
  CHECK(named_in("It cost US$500 a piece.").empty());
}

TEST_CASE("places are known by name, by their last word and by what stands beside", "[entities]") {
  CHECK(named_in("From Hong Kong and Xinjiang they went to the Okona River.") ==
        Names{"place Hong Kong", "place Xinjiang", "place Okona River"});
  CHECK(named_in("Fires burned near Vellamere, Kenya.") == Names{"place Vellamere", "place Kenya"});
  CHECK(named_in("Fighting went on in Northern Uganda.") == Names{"place Northern Uganda"});
}

TEST_CASE("a headline where every word has a capital is read by what the body says", "[entities]") {
  const std::string_view body =
      "The lawyer Dana Orlovska was freed on Friday. \u201cI am glad,\u201d Ms. Orlovska said in "
      "Riga. Orlovska thanked the court.";
  CHECK(named_in_title("Orlovska Thanks Court After Long Trial in Riga", body) ==
        Names{"person Orlovska", "place Riga"});
  CHECK(named_in_title("Five Simple Tricks Every Happy Gardener Should Know", body).empty());
}

TEST_CASE("a line in capitals names only what is known", "[entities]") {
  CHECK(named_in("CHINA\u2019S TOP DIPLOMAT ARRIVES IN RUSSIA\n") ==
        Names{"place CHINA", "place RUSSIA"});
  CHECK(named_in("LEAVE A COMMENT BELOW\n").empty());
}

TEST_CASE("credits of pictures and wire services are passing mentions, however many",
          "[entities]") {
  const auto entities = entities_of(
      "By Ida Holm\n\nMOSCOW (Reuters) - Rain fell on Moscow.\n\nA flooded street (Marta "
      "Ekholm/Reuters)\n\nPhoto: Getty Images\n");
  for (const char* const credited : {"Ida Holm", "Reuters", "Marta Ekholm", "Getty Images"}) {
    INFO(credited);
    const ArticleEntity* entity = find(entities, credited);
    REQUIRE(entity != nullptr);
    CHECK(entity->mentions == 1);
    CHECK_FALSE(entity->in_lead);
  }
  CHECK(find(entities, "Moscow")->in_lead);
  const auto glued = entities_of(
      "(CNN) The mayor praised Barack Obama Barack Hussein ObamaSenate talks with NATO go on Riga "
      "says no to NATO MORE, who left Oslo.");
  CHECK(mentions_of(glued, "NATO") == 1);
  CHECK_FALSE(find(glued, "NATO")->in_lead);
  CHECK(find(glued, "Oslo")->in_lead);
  CHECK(mentions_of(entities_of("Officials told Reuters. Reuters asked again."), "Reuters") == 2);
}

TEST_CASE("addresses, handles and hashtags hold no names", "[entities]") {
  CHECK(named_in("See https://example.org/Vladimir_Putin or @Obama or #Russia today.").empty());
}

TEST_CASE("mentions are in order, inside their text and never overlap, whatever the bytes",
          "[entities]") {
  std::mt19937 random(20231);
  const std::string_view alphabet =
      "aZ .,'-\n\t()/\"&\xC3\xA9\xE2\x80\x99\xF0\x9F\x98\x80\xFF\xC0\x80$:@#U.S.Mr Xi of the ";
  std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1);
  std::uniform_int_distribution<int> any_byte(0, 255);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 400; ++i)
      text += round % 2 == 0 ? alphabet[pick(random)] : static_cast<char>(any_byte(random));
    if (round % 3 == 0) text += " President Xi Jinping met Vladimir Putin in Moscow.";
    const ArticleText article{text, text, text};
    const ArticleMentions mentions = recogniser().recognise(article);
    std::size_t last = 0;
    for (const Mention& mention : mentions.body) {
      REQUIRE(last <= mention.begin);
      REQUIRE(mention.begin < mention.end);
      REQUIRE(mention.end <= text.size());
      last = mention.end;
    }
    const ArticleNames names = join_names(article, mentions, {});
    for (const ArticleEntity& entity : names.entities) REQUIRE_FALSE(entity.name.empty());
  }
}

TEST_CASE("the pieces of names are read in whatever order they stand", "[entities][hostile]") {
  const std::vector<std::string> pieces{
      "American", "Russian",  "Medical", "Association", "John",  "Smith",  "President",  "Mr",
      "New",      "York",     "Times",   "of",          "the",   "Senate", "United",     "States",
      "Obama",    "Ministry", "Bank",    "Monday",      "Kyiv",  "van",    "University", "St.",
      "U.S.",     "and",      "said",    "TRUMP",       "NATO",  ",",      "'s",         "Prince",
      "Charles",  "Fox",      "News",    "South",       "Korea", "GOP",    "(",          ")"};
  std::mt19937 random(3);
  std::size_t found = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += pieces[random() % pieces.size()] + ' ';
    for (const Mention& mention : recogniser().recognise({{}, {}, text}).body) {
      CHECK(mention.begin < mention.end);
      CHECK(mention.end <= text.size());
      ++found;
    }
  }
  CHECK(found > 10'000);
}

TEST_CASE("one recogniser serves several threads", "[entities]") {
  const std::string_view body = "Mr Xi and President Putin met in Moscow. Xi Jinping left.";
  const Names expected = named_in(body);
  std::vector<std::thread> threads;
  std::vector<int> same(4, 0);
  for (std::size_t i = 0; i < same.size(); ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 50; ++round) same[i] += named_in(body) == expected ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(same == std::vector<int>(4, 50));
}

TEST_CASE("a name and what explains it in brackets or after a comma are one mention",
          "[entities]") {
  const auto entities = entities_of(
      "The mayor flew to Washington, D.C., and met the Financial Action Task Force (FATF) there.");
  CHECK(mentions_of(entities, "Financial Action Task Force") == 1);
  CHECK(mentions_of(entities, "Washington, D.C.") + mentions_of(entities, "Washington") == 1);
}

TEST_CASE("the fingerprint names the model and the tables", "[entities]") {
  CHECK(recogniser().fingerprint().starts_with("crf-"));
  CHECK(recogniser().fingerprint() == make_recogniser()->fingerprint());
}

TEST_CASE("a person is one entity under all forms of the name", "[entities]") {
  const auto entities = entities_of({"Xi to fly to Moscow",
                                     {},
                                     "President Xi Jinping will travel. Mr Xi\u2019s trip was "
                                     "announced. They awaited Jinping\u2019s plane."});
  const ArticleEntity* xi = find(entities, "Xi Jinping");
  REQUIRE(xi != nullptr);
  CHECK(xi->mentions == 4);
  CHECK(xi->in_title);
  CHECK(mentions_of(entities, "Moscow") == 1);
  CHECK(entities.size() == 2);
}

TEST_CASE("a bare family name joins the latest full name before it", "[entities]") {
  const auto entities = entities_of(
      "Bill Clinton spoke first. Clinton was brief. Then Hillary Clinton spoke. Clinton stayed.");
  CHECK(mentions_of(entities, "Bill Clinton") == 2);
  CHECK(mentions_of(entities, "Hillary Clinton") == 2);
  CHECK(find(entities, "Clinton") == nullptr);
}

TEST_CASE("a name before its full form joins the one that follows", "[entities]") {
  const auto entities = entities_of("Mr Orlovski was tired. Only later did Dana Orlovski smile.");
  CHECK(mentions_of(entities, "Dana Orlovski") == 2);
  CHECK(entities.size() == 1);
}

TEST_CASE("a person never joins one of another first name", "[entities]") {
  const auto entities = entities_of("Anna Petrov and Boris Petrov came with Mr Petrov.");
  CHECK(find(entities, "Anna Petrov") != nullptr);
  CHECK(mentions_of(entities, "Boris Petrov") == 2);
}

TEST_CASE("a royal title stays with a bare first name and keeps it apart", "[entities]") {
  const auto entities =
      entities_of("Prince Charles opened the fair. Charles Kennedy was there. So was Mr Kennedy.");
  CHECK(mentions_of(entities, "Prince Charles") == 1);
  CHECK(mentions_of(entities, "Charles Kennedy") == 2);
}

TEST_CASE("a person known by one name only keeps it", "[entities]") {
  const auto entities = entities_of("Mr. Kuleba stated it. On Thursday Mr. Kuleba left.");
  CHECK(mentions_of(entities, "Kuleba") == 2);
}

TEST_CASE("known spellings and aliases are brought to one", "[entities]") {
  const auto entities = entities_of(
      "From Kiev, Volodymyr Zelenskyy and Mr Zelenskiy wrote to the U.S. and the United States. "
      "In Kyiv, Nato and the North Atlantic Treaty Organization were thanked.");
  CHECK(mentions_of(entities, "Kyiv") == 2);
  CHECK(mentions_of(entities, "Volodymyr Zelensky") == 2);
  CHECK(mentions_of(entities, "United States") == 2);
  CHECK(mentions_of(entities, "NATO") == 2);
  CHECK(entities.size() == 4);
}

TEST_CASE("the last word of an organisation stands for it after \"the\"", "[entities]") {
  const auto entities = entities_of(
      "According to the Wall Street Journal it is so. Nobody, the Journal said, objected.");
  CHECK(mentions_of(entities, "Wall Street Journal") == 2);
}

TEST_CASE("the same name has one type in an article", "[entities]") {
  const std::string_view body = "Lindgren a. Lindgren b. Lindgren c.";
  const ArticleMentions mentions{
      {}, {}, {{0, 8, EntityType::org}, {12, 20, EntityType::person}, {24, 32, EntityType::org}}};
  const auto entities = join_names({{}, {}, body}, mentions, {}).entities;
  REQUIRE(entities.size() == 1);
  CHECK(entities[0].type == EntityType::org);
  CHECK(entities[0].mentions == 3);
}

TEST_CASE("what metadata states joins what the text names", "[entities]") {
  const auto entities = entities_of(
      {{}, {}, "Mr Orlovski spoke in Riga."},
      {{EntityType::person, "Orlovski, Dana"}, {EntityType::org, "Baltic Herring Council"}});
  const ArticleEntity* dana = find(entities, "Dana Orlovski");
  REQUIRE(dana != nullptr);
  CHECK(dana->given);
  CHECK(dana->mentions == 1);
  const ArticleEntity* council = find(entities, "Baltic Herring Council");
  REQUIRE(council != nullptr);
  CHECK(council->given);
  CHECK(council->mentions == 0);
  REQUIRE(find(entities, "Riga") != nullptr);
  CHECK_FALSE(find(entities, "Riga")->given);
}

TEST_CASE("entities come in order of first appearance", "[entities]") {
  const auto entities = entities_of("Oslo, then Riga, then Oslo, then Vienna.");
  REQUIRE(entities.size() == 3);
  CHECK(entities[0].name == "Oslo");
  CHECK(entities[1].name == "Riga");
  CHECK(entities[2].name == "Vienna");
}

TEST_CASE("an article whose every word is a name is read in reasonable time", "[entities]") {
  std::string body;
  for (int i = 0; i < 20000; ++i) body += "Anna X" + std::to_string(i) + "a Petrov and Petrov. ";
  CHECK_FALSE(entities_of(body).empty());
}

TEST_CASE("across the index a bare name becomes the full name of nearly all who bear it",
          "[entities]") {
  const auto names = canonicalise({{EntityType::person, "Kuleba", 3},
                                   {EntityType::person, "Dmytro Kuleba", 9},
                                   {EntityType::person, "Clinton", 5},
                                   {EntityType::person, "Bill Clinton", 4},
                                   {EntityType::person, "Hillary Clinton", 6},
                                   {EntityType::person, "Xi", 1},
                                   {EntityType::person, "Xi Jinping", 2}});
  CHECK(names[0].name == "Dmytro Kuleba");
  CHECK(names[2].name == "Clinton");
  CHECK(names[5].name == "Xi Jinping");
}

TEST_CASE("across the index case, diacritics and spellings follow the most frequent form",
          "[entities]") {
  const auto names = canonicalise({{EntityType::org, "Zentro", 2},
                                   {EntityType::org, "ZENTRO", 7},
                                   {EntityType::person, "José Muñoz", 4},
                                   {EntityType::person, "Jose Munoz", 3},
                                   {EntityType::person, "Sergei Pavlov", 2},
                                   {EntityType::person, "Sergey Pavlov", 2}});
  CHECK(names[0].name == "ZENTRO");
  CHECK(names[3].name == "José Muñoz");
  CHECK(names[4].name == "Sergei Pavlov");
  CHECK(names[5].name == "Sergei Pavlov");
}

TEST_CASE("across the index a name goes to the type of nearly all its articles", "[entities]") {
  const auto names = canonicalise({{EntityType::org, "Kremlin", 9},
                                   {EntityType::place, "Kremlin", 1},
                                   {EntityType::place, "Jordan", 6},
                                   {EntityType::person, "Jordan", 4}});
  CHECK(names[1].type == EntityType::org);
  CHECK(names[2].type == EntityType::place);
  CHECK(names[3].type == EntityType::person);
}

TEST_CASE("across the index an initial makes no second person, but two do", "[entities]") {
  const auto names = canonicalise({{EntityType::person, "John A. Farnham", 2},
                                   {EntityType::person, "John Farnham", 8},
                                   {EntityType::person, "George W. Bush", 5},
                                   {EntityType::person, "George H.W. Bush", 4},
                                   {EntityType::person, "George Bush", 6}});
  CHECK(names[0].name == "John Farnham");
  CHECK(names[2].name == "George W. Bush");
  CHECK(names[3].name == "George H.W. Bush");
  CHECK(names[4].name == "George Bush");
}

TEST_CASE("what the index shows does not depend on the order of its names", "[entities]") {
  std::vector<NameUse> uses;
  std::mt19937 random(7);
  const std::vector<std::string> words{"Anna", "Boris", "Petrov", "PETROV", "Xi", "Žižek", "Zizek"};
  std::uniform_int_distribution<std::size_t> word(0, words.size() - 1);
  std::uniform_int_distribution<std::uint32_t> number(0, 2);
  for (int i = 0; i < 200; ++i) {
    std::string name = words[word(random)];
    if (number(random) > 0) name += " " + words[word(random)];
    uses.push_back({all_entity_types[number(random)], name, 1 + number(random)});
  }
  const auto shown = canonicalise(uses);
  std::vector<std::size_t> order(uses.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), random);
  std::vector<NameUse> shuffled;
  for (const std::size_t i : order) shuffled.push_back(uses[i]);
  const auto shown_shuffled = canonicalise(shuffled);
  for (std::size_t i = 0; i < order.size(); ++i) CHECK(shown_shuffled[i] == shown[order[i]]);
}
