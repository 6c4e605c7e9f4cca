// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/analyser.h"

#include <algorithm>
#include <array>

#include "common/text/unicode.h"

namespace dateline {
namespace {

/// Enough for the vocabulary of a few hundred articles; a full cache is about 10 MB.
constexpr std::size_t max_cached_words = 100'000;

/// Xapian 1.4 knows these by their BCP 47 tag.
constexpr std::array stemmed_languages{"ar", "ca", "da", "de", "en", "es", "eu", "fi", "fr",
                                       "ga", "hu", "hy", "id", "it", "lt", "ne", "nl", "nn",
                                       "no", "pt", "ro", "ru", "sv", "ta", "tr"};

Xapian::Stem stemmer_for(std::string_view language) {
  return has_stemmer(language) ? Xapian::Stem(std::string(language)) : Xapian::Stem("none");
}

/// A few ligatures decompose into eighteen letters; Xapian takes no term over 245 bytes.
constexpr std::size_t max_term_bytes = 120;

std::size_t whole_characters(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text.size();
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  return limit;
}

bool is_stemmable(std::string_view word) {
  return word.size() > 2 && word.find_first_of("0123456789&") == std::string_view::npos;
}

}  // namespace

bool has_stemmer(std::string_view language) {
  return std::ranges::any_of(stemmed_languages, [&](const char* l) { return language == l; });
}

TextAnalyser::TextAnalyser(std::string_view language) : stem_(stemmer_for(language)) {}

void TextAnalyser::analyse(std::string_view text, std::vector<AnalysedWord>& words) {
  Tokenizer tokens(text);
  while (tokens.next()) words.push_back({term_of(tokens.word()), tokens.span()});
}

std::string_view TextAnalyser::term_of(std::string_view word) {
  if (const auto known = terms_.find(word); known != terms_.end()) return known->second;
  std::string key(word);
  auto term = strip_diacritics(is_stemmable(word) ? stem_(key) : key);
  if (term.empty()) term = key;  // a lone combining mark
  term.resize(whole_characters(term, max_term_bytes));
  return terms_.emplace(std::move(key), std::move(term)).first->second;
}

void TextAnalyser::forget() {
  if (terms_.size() > max_cached_words) terms_.clear();
}

}  // namespace dateline
