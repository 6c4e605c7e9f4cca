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
  static const Keys keys = keys_of(
      {"said",     "says",      "told",      "tells",    "added",     "adds",      "tweeted",
       "wrote",    "writes",    "argued",    "argues",   "explained", "explains",  "insisted",
       "testified", "joked",    "recalled",  "recalls",  "complained", "replied",  "remarked",
       "conceded", "acknowledged", "quipped", "pleaded", "apologized", "apologised", "resigned",
       "thinks",   "believes",  "believed",  "knew",     "knows",     "smiled",    "laughed",
       "asked",    "responded", "lamented",  "stressed", "noted",     "notes",     "stated",
       "himself",  "herself",   "who",       "whose",    "admitted",  "vowed",     "urged",
       "declined", "joined",    "died",      "grew",     "married",   "tweets",    "retweeted"});
  return keys;
}

const Keys& prepositions() {
  static const Keys keys = keys_of({"in", "near", "outside", "downtown", "across", "around",
                                    "throughout", "northern", "southern", "eastern", "western",
                                    "central", "rural", "neighbouring", "neighboring", "nearby"});
  return keys;
}

const std::uint64_t word_the = key_of("the");
const std::uint64_t word_who = key_of("who");

bool is_plain_word(const Token& token) {
  return !token.has(Shape::punctuation | Shape::possessive | Shape::capital | Shape::unreadable);
}

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
  return end >= after.size() || !after[end].has(Shape::capital);
}

std::uint64_t evidence_before(std::span<const Token> before) {
  if (before.empty()) return 0;
  const Token& last = before.back();
  std::uint64_t evidence = 0;
  if (last.key == word_the) evidence |= after_the;
  if (!is_plain_word(last)) return evidence;
  if (last.is(bit(WordClass::role))) evidence |= after_role;
  if (prepositions().contains(last.key)) evidence |= after_preposition;
  return evidence;
}

std::uint64_t evidence_after(const Gazetteer& gazetteer, std::span<const Token> after) {
  if (after.empty()) return 0;
  std::uint64_t evidence = 0;
  if (is_plain_word(after[0]) && speech().contains(after[0].key)) evidence |= before_speech;
  if (after[0].mark == ',' && after.size() >= 2 && after[1].key == word_who)
    evidence |= before_who;
  if (is_age(after)) evidence |= before_age;
  if (is_bracketed_acronym(after)) evidence |= acronym_follows;
  if (is_country(gazetteer, after)) evidence |= before_country;
  return evidence;
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
    if (first.has(Shape::all_capitals) && !first.is(bit(WordClass::function)))
      evidence |= acronym;
    if (first.is(bits(WordClass::given, WordClass::given_ambiguous))) evidence |= given_alone;
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
  return evidence_before(sentence.first(at)) |
         evidence_after(gazetteer, sentence.subspan(at + count));
}

}  // namespace dateline::ner
