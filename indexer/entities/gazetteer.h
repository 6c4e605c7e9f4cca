// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "common/entity.h"
#include "indexer/entities/gazetteer_rows.h"
#include "indexer/entities/key_map.h"
#include "indexer/entities/tokens.h"

namespace dateline::ner {

using gazetteer::WordClass;

/// The bit of a class in Token::classes and Phrase::classes.
constexpr std::uint32_t bit(WordClass word_class) {
  return std::uint32_t{1} << static_cast<unsigned>(word_class);
}

template <typename... Classes>
constexpr std::uint32_t bits(Classes... classes) {
  return (bit(classes) | ...);
}

/// What is known of a name under one type.
struct Sense {
  std::string_view name;  ///< as it is to be shown; empty if it does not name this type
  bool doubtful = false;
};

/// All that the tables say of one word or phrase.
struct Phrase {
  std::array<Sense, all_entity_types.size()> senses;  ///< by EntityType
  std::uint32_t classes = 0;                          ///< bits of WordClass
  std::uint32_t capitals = 0;                         ///< bit i: token i must have a capital
  bool in_capitals = false;  ///< an acronym of few letters: "WHO" is not found in "who"
  bool with_stop = false;    ///< only with its full stop: "Mass." is not found in "Mass"

  const Sense& sense(EntityType type) const { return senses[static_cast<std::size_t>(type)]; }
  bool is_name() const;
  bool is(std::uint32_t class_bits) const { return (classes & class_bits) != 0; }
};

/// A known phrase found in a text.
struct PhraseMatch {
  const Phrase* phrase = nullptr;  ///< null: nothing known begins here
  std::size_t length = 0;          ///< in tokens
};

/// Known words and names, made once from the tables compiled into the program. Immutable.
class Gazetteer {
 public:
  static const Gazetteer& built_in();

  /// Tokenises and gives every token its classes.
  void tokenise(std::string_view text, std::vector<Token>& tokens) const;

  /// The longest known phrase that begins at tokens[0]. In `any_case`, as in a headline set in
  /// capitals, letter case is no condition except for names of few letters.
  PhraseMatch longest(std::span<const Token> tokens, bool any_case) const;

  /// What is known of exactly this name; null if nothing.
  const Phrase* find(std::string_view name) const;

  /// The spelling under which a word of a person's name is compared (`shown_only`: is shown).
  std::string_view spelling(std::string_view word, bool shown_only) const;

  /// The better-known name of what is also called `name`; empty if none is known.
  std::string_view alias(std::string_view name, EntityType type) const;

  std::uint32_t classes_of(std::string_view word) const;

 private:
  struct Word {
    std::uint32_t classes = 0;
    std::uint8_t longest_phrase = 0;
  };
  struct Spelling {
    std::string_view word;
    bool shown = false;
  };

  Gazetteer();
  /// Valid until the next call.
  Phrase& add_phrase(std::string_view form);
  void add_class(const gazetteer::WordRow& row);

  KeyMap<Word> words_;
  KeyMap<Phrase> phrases_;
  KeyMap<Spelling> spellings_;
  std::array<KeyMap<std::string_view>, all_entity_types.size()> aliases_;
};

}  // namespace dateline::ner
