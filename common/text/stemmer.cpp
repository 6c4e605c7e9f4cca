// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/stemmer.h"

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

bool is_stemmable(std::string_view word) {
  return word.size() > 2 && word.find_first_of("0123456789&") == std::string_view::npos;
}

}  // namespace

bool has_stemmer(std::string_view language) {
  return std::ranges::any_of(stemmed_languages, [&](const char* l) { return language == l; });
}

std::string stemming_language(std::string_view stated) {
  return stated.empty() ? "en" : std::string(stated);
}

Stemmer::Stemmer(std::string_view language) : stem_(stemmer_for(language)) {}

std::string_view Stemmer::stem_of(std::string_view word) {
  if (const auto known = stems_.find(word); known != stems_.end()) return known->second;
  return stems_.emplace(word, stem(word)).first->second;
}

std::string Stemmer::stem(std::string_view word) const {
  std::string whole(word);
  auto stem = strip_diacritics(is_stemmable(word) ? stem_(whole) : whole);
  return stem.empty() ? whole : stem;  // empty: a lone combining mark
}

void Stemmer::forget() {
  if (stems_.size() > max_cached_words) stems_.clear();
}

}  // namespace dateline
