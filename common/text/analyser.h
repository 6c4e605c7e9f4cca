// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xapian.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/text/tokenizer.h"

namespace dateline {

/// A word of a text as it is indexed and searched.
struct AnalysedWord {
  std::string_view term;  ///< stem without diacritics; owned by the analyser
  WordSpan span;
};

/// Raised when the same text would give other terms; an index keeps the number it was made with.
inline constexpr int analyser_version = 1;

/// Turns text of one language into index terms: Tokenizer's words, stemmed by the language's
/// Snowball stemmer (https://snowballstem.org; as they are where it has none), diacritics removed.
/// Indexer and searcher use the same, so a word is found by any of its forms. One thread; copies
/// are not shared.
class TextAnalyser {
 public:
  /// `language`: BCP 47 primary tag; one without a stemmer, or "", leaves words unstemmed.
  explicit TextAnalyser(std::string_view language);

  /// The words of `text` in order. Their terms live until forget().
  void analyse(std::string_view text, std::vector<AnalysedWord>& words);

  /// The term of one word in lower case, as Tokenizer gives it. Lives until forget().
  std::string_view term_of(std::string_view word);

  /// Bounds the memory of the stem cache: call between articles. Ends the life of all terms.
  void forget();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  Xapian::Stem stem_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> terms_;
};

/// Whether `language` has a stemmer of its own here.
bool has_stemmer(std::string_view language);

}  // namespace dateline
