// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/headlines.h"

#include <algorithm>

namespace dateline::ner {
namespace {

constexpr std::size_t longest_name = 8;

/// A name found: how many tokens, and its type.
struct Found {
  std::size_t length = 0;
  EntityType type = EntityType::person;
};

bool is_name_word(const Token& token) {
  return token.has(Shape::capital) &&
         !token.has(Shape::punctuation | Shape::possessive | Shape::unreadable);
}

bool is_ordinary(const Token& token) {
  return token.is(bits(WordClass::function, WordClass::common)) && !token.has(Shape::dotted);
}

Found believed_at(std::span<const Token> tokens, const BelievedName& believed) {
  Found found;
  std::uint64_t key = 0;
  for (std::size_t length = 1; length <= std::min(tokens.size(), longest_name); ++length) {
    const Token& last = tokens[length - 1];
    if (last.has(Shape::unreadable) || (length > 1 && last.has(Shape::sentence_start))) break;
    key = phrase_key(key, last.key);
    const std::optional<EntityType> type = believed(key);
    if (type && !(length == 1 && is_ordinary(last))) found = {length, *type};
  }
  return found;
}

Found known_at(const Gazetteer& gazetteer, std::span<const Token> tokens) {
  const PhraseMatch known = gazetteer.longest(tokens, true);
  if (known.phrase == nullptr) return {};
  if (known.length == 1 && is_ordinary(tokens[0]) && !tokens[0].has(Shape::all_capitals)) return {};
  for (const EntityType type : all_entity_types) {
    const Sense& sense = known.phrase->sense(type);
    if (!sense.name.empty() && !sense.doubtful) return {known.length, type};
  }
  return {};
}

/// "Serena Wilkes" where nothing else knows her: a given name and one or two unknown words.
Found person_at(std::span<const Token> tokens) {
  if (!tokens[0].is(bit(WordClass::given)) || is_ordinary(tokens[0])) return {};
  std::size_t length = 1;
  while (length < tokens.size() && length < 3 && is_name_word(tokens[length]) &&
         (tokens[length].classes == 0 ||
          tokens[length].is(bits(WordClass::family, WordClass::family_first))))
    ++length;
  return length == 2 ? Found{length, EntityType::person} : Found{};
}

}  // namespace

void read_headline(const Gazetteer& gazetteer, std::span<const Token> tokens,
                   const Sentence& sentence, const BelievedName& believed,
                   std::vector<Mention>& mentions) {
  for (std::size_t at = sentence.first; at < sentence.last;) {
    const std::span<const Token> rest = tokens.subspan(at, sentence.last - at);
    if (!is_name_word(rest[0])) {
      ++at;
      continue;
    }
    Found found = believed_at(rest, believed);
    if (const Found known = known_at(gazetteer, rest); known.length > found.length) found = known;
    if (found.length == 0) found = person_at(rest);
    if (found.length == 0) {
      ++at;
      continue;
    }
    mentions.push_back({tokens[at].begin, tokens[at + found.length - 1].end, found.type});
    at += found.length;
  }
}

}  // namespace dateline::ner
