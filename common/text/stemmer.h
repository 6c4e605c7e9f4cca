// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>
#include <unordered_map>

namespace dateline {

/// Raised when the same text would give other words or stems; an index keeps the number it was made
/// with.
inline constexpr int analyser_version = 2;

/// What all forms of a word of one language have in common: what the language's Snowball stemmer
/// leaves of it (https://snowballstem.org; the word itself where there is none), without
/// diacritics. One thread.
class Stemmer {
 public:
  /// `language`: BCP 47 primary tag.
  explicit Stemmer(std::string_view language);

  /// The stem of one word in lower case, as Tokenizer gives it. Lives until forget().
  std::string_view stem_of(std::string_view word);
  /// The same, not remembered: quicker for words of which each comes once.
  std::string stem(std::string_view word) const;

  /// Bounds the memory of the cache. Ends the life of all stems.
  void forget();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  Xapian::Stem stem_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> stems_;
};

/// The language whose stemmer an article's words go through: its own, English if it states none.
std::string stemming_language(std::string_view stated);

/// Whether `language` has a stemmer of its own here.
bool has_stemmer(std::string_view language);

}  // namespace dateline
