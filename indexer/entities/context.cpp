// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/context.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <unordered_set>

#include "indexer/entities/evidence.h"

namespace dateline::ner {
namespace {

using Keys = std::unordered_set<std::uint64_t>;

Keys keys_of(std::initializer_list<std::string_view> words) {
  Keys keys;
  for (const std::string_view word : words) keys.insert(key_of(word));
  return keys;
}

/// What a person does in a news sentence right after being named, or right before.
const Keys& speech() {
  static const Keys keys =
      keys_of({"said",       "says",       "told",       "tells",    "added",        "adds",
               "tweeted",    "wrote",      "writes",     "argued",   "argues",       "explained",
               "explains",   "insisted",   "testified",  "joked",    "recalled",     "recalls",
               "complained", "replied",    "remarked",   "conceded", "acknowledged", "quipped",
               "pleaded",    "apologized", "apologised", "resigned", "thinks",       "believes",
               "believed",   "knew",       "knows",      "smiled",   "laughed",      "asked",
               "responded",  "lamented",   "stressed",   "noted",    "notes",        "stated",
               "himself",    "herself",    "who",        "whose",    "admitted",     "vowed",
               "urged",      "declined",   "joined",     "died",     "grew",         "married",
               "tweets",     "retweeted"});
  return keys;
}

const Keys& prepositions() {
  static const Keys keys =
      keys_of({"in", "near", "outside", "downtown", "across", "around", "throughout", "upstate",
               "suburban", "northern", "southern", "eastern", "western", "central", "rural",
               "neighbouring", "neighboring", "nearby"});
  return keys;
}

/// Common nouns that stand beside the name of a place.
const Keys& place_nouns() {
  static const Keys keys = keys_of(
      {"area",         "district",     "village",       "town",    "city",       "province",
       "region",       "county",       "island",        "islands", "township",   "municipality",
       "suburb",       "neighborhood", "neighbourhood", "river",   "valley",     "peninsula",
       "coast",        "border",       "airport",       "airbase", "prefecture", "governorate",
       "state",        "mountains",    "lake",          "beach",   "road",       "highway",
       "intersection", "constituency", "parish",        "borough", "metropolis", "hamlet",
       "settlement",   "capital",      "port"});
  return keys;
}

const std::uint64_t word_of = key_of("of");
const std::uint64_t word_to = key_of("to");
const std::uint64_t word_according = key_of("according");
const std::uint64_t word_the = key_of("the");
const std::uint64_t word_via = key_of("via");
const std::uint64_t word_who = key_of("who");

bool is_plain_word(const Token& token) {
  return !token.has(Shape::punctuation | Shape::possessive | Shape::capital | Shape::unreadable);
}

/// Words that may stand between a name and what its bearer does.
const Keys& between_name_and_verb() {
  static const Keys keys = keys_of({"also", "has", "had", "later", "then", "reportedly", "once",
                                    "himself", "herself", "recently", "previously", "never"});
  return keys;
}

bool is_speech(const Token& token) { return is_plain_word(token) && speech().contains(token.key); }

/// ", 54," after a name.
bool is_age(std::span<const Token> after) {
  return after.size() >= 3 && after[0].mark == ',' && after[1].has(Shape::digits) &&
         after[1].end - after[1].begin <= 2 &&
         (after[2].mark == ',' || after[2].mark == '.' || after[2].mark == ')');
}

/// "(IAEA)" after a name.
bool is_bracketed_acronym(std::span<const Token> after) {
  return after.size() >= 3 && after[0].mark == '(' && after[1].has(Shape::all_capitals) &&
         after[2].mark == ')';
}

/// ", Kenya" after a name.
bool is_country(const Gazetteer& gazetteer, std::span<const Token> after) {
  if (after.size() < 2 || after[0].mark != ',' || !after[1].has(Shape::capital)) return false;
  const PhraseMatch known = gazetteer.longest(after.subspan(1), false);
  if (known.phrase == nullptr) return false;
  const Sense& place = known.phrase->sense(EntityType::place);
  if (place.name.empty()) return false;
  const std::size_t end = 1 + known.length;
  return end >= after.size() || !after[end].has(Shape::capital) ||
         after[end].is(bit(WordClass::place_tail));
}

std::uint64_t evidence_before(std::span<const Token> before) {
  if (before.empty()) return 0;
  const Token& last = before.back();
  std::uint64_t evidence = 0;
  if (last.key == word_the) evidence |= after_the;
  if (!is_plain_word(last)) return evidence;
  if (last.is(bit(WordClass::role))) evidence |= after_role;
  if (prepositions().contains(last.key)) evidence |= after_preposition;
  if (speech().contains(last.key)) evidence |= after_speech;
  if (before.size() >= 2) {
    const Token& second = before[before.size() - 2];
    if (last.key == word_to && second.key == word_according) evidence |= after_speech;
    if (last.key == word_of && place_nouns().contains(second.key)) evidence |= beside_place_word;
  }
  return evidence;
}

/// ", chairman of" or ", a former teacher" after a name.
bool is_role(std::span<const Token> after) {
  constexpr std::size_t farthest = 4;
  if (after[0].mark != ',') return false;
  for (std::size_t i = 1; i < std::min(after.size(), farthest) && is_plain_word(after[i]); ++i)
    if (after[i].is(bit(WordClass::role))) return true;
  return false;
}

/// "NAIROBI, July 5" or "NAIROBI (Reuters) -" at the start of a paragraph.
bool is_dateline(std::span<const Token> sentence, std::size_t at, std::span<const Token> after) {
  if (at != 0 || !sentence[0].has(Shape::all_capitals) || after.size() < 2) return false;
  if (after[0].mark == ',') return after[1].is(bit(WordClass::calendar));
  if (after[0].mark == '(') return after.size() >= 3 && after[2].mark == ')';
  return after[0].mark == '_' && after[0].has(Shape::after_space);
}

std::uint64_t evidence_after(const Gazetteer& gazetteer, std::span<const Token> after) {
  if (after.empty()) return 0;
  std::uint64_t evidence = 0;
  if (is_speech(after[0]) ||
      (after.size() > 1 && between_name_and_verb().contains(after[0].key) && is_speech(after[1])))
    evidence |= before_speech;
  if (after[0].mark == ',' && after.size() >= 2 && after[1].key == word_who) evidence |= before_who;
  if (is_plain_word(after[0]) && place_nouns().contains(after[0].key))
    evidence |= beside_place_word;
  if (is_role(after)) evidence |= before_role;
  if (is_age(after)) evidence |= before_age;
  if (is_bracketed_acronym(after)) evidence |= acronym_follows;
  if (is_country(gazetteer, after)) evidence |= before_country;
  return evidence;
}

bool is_slash(const Token& token) { return token.mark == '/' && !token.has(Shape::after_space); }

bool is_dash(const Token& token) { return token.mark == '_' || token.mark == '-'; }

/// A known organisation, or another word that stands in picture credits, begins here.
bool is_agency(const Gazetteer& gazetteer, std::span<const Token> tokens) {
  static const Keys others =
      keys_of({"Getty", "Pool", "Handout", "EPA", "SIPA", "Shutterstock", "Corbis", "iStock"});
  if (tokens.empty() || !tokens[0].has(Shape::capital)) return false;
  if (others.contains(tokens[0].key)) return true;
  const PhraseMatch known = gazetteer.longest(tokens, false);
  return known.phrase != nullptr && !known.phrase->sense(EntityType::org).name.empty();
}

bool is_ordinary(const Token& word) {
  return word.is(bits(WordClass::common, WordClass::function)) &&
         !word.is(bits(WordClass::family, WordClass::given, WordClass::family_first)) &&
         !word.has(Shape::all_capitals | Shape::dotted);
}

}  // namespace

std::uint64_t evidence_of_words(std::span<const Token> words) {
  const Token& first = words.front();
  const Token* last = &words.back();
  std::uint64_t evidence = 0;
  if (words.size() > 2 && last->is(bit(WordClass::suffix))) {
    evidence |= suffix_last;
    last = &words[words.size() - 2];
  }
  if (is_ordinary(*last)) evidence |= ordinary_word;
  if (words.size() == 1) {
    constexpr std::size_t longest_acronym = 6;
    if (first.has(Shape::all_capitals) && first.end - first.begin <= longest_acronym &&
        !first.is(bits(WordClass::function, WordClass::common)))
      evidence |= acronym;
    if (first.is(bits(WordClass::given, WordClass::given_ambiguous))) evidence |= given_alone;
    if (first.is(bit(WordClass::family))) evidence |= family_alone;
    return evidence;
  }
  if (first.is(bit(WordClass::given))) evidence |= given_first;
  if (first.is(bit(WordClass::given_ambiguous))) evidence |= given_maybe_first;
  if (last->is(bit(WordClass::family))) evidence |= family_last;
  if (first.is(bit(WordClass::family_first)) && words.size() <= 3) evidence |= family_leads;
  const auto middle = words.subspan(0, words.size() - 1);
  if (std::any_of(middle.begin(), middle.end(),
                  [](const Token& word) { return word.has(Shape::initial); }))
    evidence |= initial_inside;
  const bool ordinary = std::any_of(words.begin(), words.end(), is_ordinary);
  if (words.size() <= 3 && !ordinary) evidence |= few_words;
  return evidence;
}

std::uint64_t evidence_around(const Gazetteer& gazetteer, std::span<const Token> sentence,
                              std::size_t at, std::size_t count) {
  const std::span<const Token> after = sentence.subspan(at + count);
  const std::uint64_t opening = is_dateline(sentence, at, after) ? std::uint64_t{dateline} : 0;
  return opening | evidence_before(sentence.first(at)) | evidence_after(gazetteer, after);
}

bool is_credit(const Gazetteer& gazetteer, std::span<const Token> sentence, std::size_t at,
               std::size_t count) {
  const std::span<const Token> after = sentence.subspan(at + count);
  if (after.size() >= 2 && is_slash(after[0]) && is_agency(gazetteer, after.subspan(1)))
    return true;
  if (at == 0 || !is_agency(gazetteer, sentence.subspan(at))) return false;
  const Token& before = sentence[at - 1];
  if (is_slash(before) || before.key == word_via) return true;
  return before.mark == '(' && after.size() >= 2 && after[0].mark == ')' && is_dash(after[1]);
}

}  // namespace dateline::ner
