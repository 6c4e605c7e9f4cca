// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/other_languages.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_set>

namespace dateline::ner {
namespace {

std::span<const Token> tokens_of(const Part& part, const Mention& mention) {
  const auto by_begin = [](const Token& token, std::size_t at) { return token.begin < at; };
  const auto first =
      std::lower_bound(part.tokens.begin(), part.tokens.end(), mention.begin, by_begin);
  const auto last = std::lower_bound(first, part.tokens.end(), mention.end, by_begin);
  return {first, last};
}

bool is_known(const Part& part, const Mention& mention) {
  const std::string_view name = part.text.substr(mention.begin, mention.end - mention.begin);
  const Phrase* known = Gazetteer::built_in().find(name);
  if (known == nullptr) return false;
  const Sense& sense = known->sense(mention.type);
  return !sense.name.empty() && !sense.doubtful;
}

/// Two names, or a name with its article, are no person's name.
constexpr std::array<std::string_view, 14> joining_words{
    "y", "e", "et", "und", "i", "en", "El", "La", "Los", "Le", "Les", "Der", "Die", "Das"};

bool is_full_person(const Part& part, const Mention& mention) {
  constexpr std::size_t most_words = 5;
  const auto tokens = tokens_of(part, mention);
  if (mention.type != EntityType::person || tokens.size() < 2 || tokens.size() > most_words)
    return false;
  const Word& first = part.words[static_cast<std::size_t>(tokens.data() - part.tokens.data())];
  const auto joins = [&part](const Token& token) {
    const std::string_view word = part.text.substr(token.begin, token.end - token.begin);
    return std::ranges::find(joining_words, word) != joining_words.end();
  };
  return (first.lists & NameList::first_name) != 0 && tokens.back().has(Shape::capital) &&
         std::none_of(tokens.begin(), tokens.end(), joins);
}

}  // namespace

bool is_english(std::string_view language) {
  return language.empty() || language == "en" || language.starts_with("en-");
}

void keep_certain_names(const Document& document, ArticleMentions& mentions) {
  std::unordered_set<std::uint64_t> last_names;
  const auto parts = document.parts();
  const auto each = [&](auto use) {
    use(parts[0], mentions.title);
    use(parts[1], mentions.deck);
    use(parts[2], mentions.body);
  };
  each([&](const Part& part, const std::vector<Mention>& list) {
    for (const Mention& mention : list)
      if (is_full_person(part, mention)) last_names.insert(tokens_of(part, mention).back().key);
  });
  each([&](const Part& part, std::vector<Mention>& list) {
    std::erase_if(list, [&](const Mention& mention) {
      if (is_known(part, mention) || is_full_person(part, mention)) return false;
      const auto tokens = tokens_of(part, mention);
      return mention.type != EntityType::person || tokens.size() != 1 ||
             !last_names.contains(tokens[0].key);
    });
  });
}

}  // namespace dateline::ner
