// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/gazetteer.h"

#include <algorithm>
#include <unordered_set>

#include "indexer/entities/name_words.h"

namespace dateline::ner {
namespace {

constexpr std::size_t longest_known_phrase = 12;
constexpr std::ptrdiff_t short_acronym = 5;

const std::unordered_set<std::uint64_t>& abbreviations() {
  static const std::unordered_set<std::uint64_t> keys = [] {
    std::unordered_set<std::uint64_t> found;
    const auto add = [&found](std::string_view words) {
      const bool one_stop = words.ends_with('.') && words.find('.') + 1 == words.size();
      if (one_stop && words.find(' ') == std::string_view::npos) found.insert(key_of(words));
    };
    for (const gazetteer::WordRow& row : gazetteer::word_rows()) add(row.words);
    for (const gazetteer::NameRow& row : gazetteer::name_rows()) add(row.form);
    return found;
  }();
  return keys;
}

const std::unordered_set<std::uint64_t>& family_names() {
  static const std::unordered_set<std::uint64_t> keys = [] {
    std::unordered_set<std::uint64_t> found;
    for (const gazetteer::WordRow& row : gazetteer::word_rows())
      if (row.word_class == WordClass::family) found.insert(key_of(row.words));
    return found;
  }();
  return keys;
}

constexpr Lexicon lexicon{[](std::uint64_t key) { return abbreviations().contains(key); },
                          [](std::uint64_t key) { return family_names().contains(key); }};

bool is_short_acronym(std::string_view form, std::span<const Token> tokens) {
  const auto letters = std::count_if(form.begin(), form.end(), [](char c) { return c != '.'; });
  return tokens.size() == 1 && tokens[0].has(Shape::all_capitals) && letters <= short_acronym;
}

bool is_abbreviated(std::string_view form, std::span<const Token> tokens) {
  return tokens.size() == 1 && form.ends_with('.') && !tokens[0].has(Shape::all_capitals);
}

std::uint32_t capitals_of(std::span<const Token> tokens) {
  std::uint32_t capitals = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i].has(Shape::capital)) capitals |= std::uint32_t{1} << i;
  return capitals;
}

bool written_as(const Phrase& phrase, std::span<const Token> tokens, bool any_case) {
  const Token& first = tokens[0];
  if (phrase.with_stop) return first.has(Shape::dotted) && first.has(Shape::capital);
  if (phrase.in_capitals) {
    const bool plain_word = first.is(bits(WordClass::function, WordClass::common));
    return first.has(Shape::all_capitals) && !(any_case && plain_word && !first.has(Shape::dotted));
  }
  return any_case || (phrase.capitals & ~capitals_of(tokens)) == 0;
}

}  // namespace

bool Phrase::is_name() const {
  return std::any_of(senses.begin(), senses.end(),
                     [](const Sense& sense) { return !sense.name.empty(); });
}

const Gazetteer& Gazetteer::built_in() {
  static const Gazetteer gazetteer;
  return gazetteer;
}

Gazetteer::Gazetteer() {
  for (const gazetteer::WordRow& row : gazetteer::word_rows()) add_class(row);
  for (const gazetteer::NameRow& row : gazetteer::name_rows())
    add_phrase(row.form).senses[static_cast<std::size_t>(row.type)] = {row.name, row.doubtful};
  for (const gazetteer::SpellingRow& row : gazetteer::spelling_rows())
    spellings_[key_of(row.spelling)] = {row.word, row.shown};
  for (const gazetteer::AliasRow& row : gazetteer::alias_rows())
    aliases_[static_cast<std::size_t>(row.type)][name_key(row.form)] = row.name;
}

void Gazetteer::add_class(const gazetteer::WordRow& row) {
  add_phrase(row.words).classes |= bit(row.word_class);
  std::vector<Token> tokens;
  ner::tokenise(row.words, lexicon, tokens);
  if (tokens.size() == 1) words_[phrase_key(0, tokens[0].key)].classes |= bit(row.word_class);
}

Phrase& Gazetteer::add_phrase(std::string_view form) {
  std::vector<Token> tokens;
  ner::tokenise(form, lexicon, tokens);
  std::uint64_t key = 0;
  for (const Token& token : tokens) key = phrase_key(key, token.key);
  Word& first = words_[phrase_key(0, tokens[0].key)];
  const std::size_t length = std::min(tokens.size(), longest_known_phrase);
  first.longest_phrase = std::max(first.longest_phrase, static_cast<std::uint8_t>(length));
  const bool added = phrases_.find(key) == nullptr;
  Phrase& phrase = phrases_[key];
  phrase.in_capitals = is_short_acronym(form, tokens) && (added || phrase.in_capitals);
  phrase.with_stop = is_abbreviated(form, tokens) && (added || phrase.with_stop);
  phrase.capitals = capitals_of(tokens) & (added ? ~std::uint32_t{0} : phrase.capitals);
  return phrase;
}

void Gazetteer::tokenise(std::string_view text, std::vector<Token>& tokens) const {
  ner::tokenise(text, lexicon, tokens);
  for (Token& token : tokens) {
    if (token.has(Shape::unreadable)) continue;
    const Word* word = words_.find(phrase_key(0, token.key));
    if (word == nullptr) continue;
    token.classes = word->classes;
    token.longest_phrase = word->longest_phrase;
  }
}

PhraseMatch Gazetteer::longest(std::span<const Token> tokens, bool any_case) const {
  PhraseMatch found;
  const std::size_t limit = std::min<std::size_t>(tokens[0].longest_phrase, tokens.size());
  std::uint64_t key = 0;
  for (std::size_t length = 1; length <= limit; ++length) {
    const Token& token = tokens[length - 1];
    if (token.has(Shape::unreadable) || (length > 1 && token.has(Shape::sentence_start))) break;
    key = phrase_key(key, token.key);
    const Phrase* phrase = phrases_.find(key);
    if (phrase != nullptr && written_as(*phrase, tokens.first(length), any_case))
      found = {phrase, length};
  }
  return found;
}

const Phrase* Gazetteer::find(std::string_view name) const {
  std::vector<Token> tokens;
  ner::tokenise(name, lexicon, tokens);
  std::uint64_t key = 0;
  for (const Token& token : tokens) key = phrase_key(key, token.key);
  const Phrase* phrase = phrases_.find(key);
  if (tokens.empty() || phrase == nullptr) return nullptr;
  return written_as(*phrase, tokens, true) ? phrase : nullptr;
}

std::string_view Gazetteer::spelling(std::string_view word, bool shown_only) const {
  const Spelling* found = spellings_.find(key_of(word));
  return found == nullptr || (shown_only && !found->shown) ? word : found->word;
}

std::string_view Gazetteer::alias(std::string_view name, EntityType type) const {
  const auto& aliases = aliases_[static_cast<std::size_t>(type)];
  const std::string_view* found = aliases.find(name_key(name));
  return found == nullptr ? std::string_view() : *found;
}

std::uint32_t Gazetteer::classes_of(std::string_view word) const {
  const Word* found = words_.find(phrase_key(0, key_of(word)));
  return found == nullptr ? 0 : found->classes;
}

}  // namespace dateline::ner
