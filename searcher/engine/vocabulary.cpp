// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/vocabulary.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "common/index/word_forms.h"
#include "common/text/edit_distance.h"
#include "common/text/pattern.h"
#include "common/text/stemmer.h"
#include "common/text/unicode.h"
#include "searcher/engine/postings.h"

namespace dateline {
namespace {

void sort_unique(std::vector<std::string>& words) {
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

std::size_t edits_allowed(std::size_t characters) {
  if (characters < 3) return 0;
  return characters < 6 ? 1 : 2;
}

/// How likely somebody who typed one word meant another.
struct Likelihood {
  std::size_t edits = 0;
  bool begins_the_same = false;  ///< the first letter is seldom wrong
  std::uint64_t articles = 0;

  bool is_above(const Likelihood& other) const {
    return std::tuple(other.edits, begins_the_same, articles) >
           std::tuple(edits, other.begins_the_same, other.articles);
  }
};

/// Calls `f(word, folded)` for every word of the index; for those of several segments, several
/// times.
template <class F>
void for_each_word(const IndexSnapshot& snapshot, F&& f) {
  for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
    const auto& words = snapshot.segment(s).words;
    for (std::size_t i = 0; i < words.size(); ++i) f(words[i], strip_diacritics(words[i]));
  }
}

}  // namespace

Vocabulary::Vocabulary(const IndexSnapshot& snapshot) : snapshot_(snapshot) {}

Stemmer& Vocabulary::stemmer(const std::string& language) {
  auto& found = stemmers_.try_emplace(language, language).first->second;
  found.forget();
  return found;
}

std::string_view Vocabulary::stem_of(const std::string& language, std::string_view word) {
  return stemmer(language).stem_of(word);
}

std::vector<std::string> Vocabulary::spellings_of(const std::string& word) {
  const auto folded = strip_diacritics(word);
  std::vector<std::string> spellings;
  for (std::size_t s = 0; s < snapshot_.segment_count(); ++s) {
    for (const auto same : words_folding_to(snapshot_.segment(s), folded)) {
      spellings.emplace_back(same);
    }
  }
  sort_unique(spellings);
  return spellings;
}

std::vector<std::string> Vocabulary::forms_of(const std::string& word) {
  auto forms = spellings_of(word);
  auto spellings = forms;
  spellings.push_back(word);
  for (std::size_t s = 0; s < snapshot_.segment_count(); ++s) {
    for (const auto& spelling : spellings) add_inflections(s, spelling, forms);
  }
  sort_unique(forms);
  return forms;
}

void Vocabulary::add_inflections(std::size_t segment, const std::string& word,
                                 std::vector<std::string>& forms) {
  const auto& columns = snapshot_.segment(segment);
  const auto& languages = columns.names(Attribute::language);
  for (std::size_t l = 0; l < languages.size(); ++l) {
    auto& stems = stemmer(stemming_language(languages[l]));
    const std::string stem(stems.stem_of(word));
    for (const auto form : words_with_stem(columns, l, stems, stem)) forms.emplace_back(form);
  }
}

std::optional<std::vector<std::string>> Vocabulary::matching(const std::string& pattern,
                                                             std::size_t most) {
  const auto folded = strip_diacritics(pattern);
  const auto prefix = folded.substr(0, folded.find('*'));
  std::vector<std::string> words;
  for (std::size_t s = 0; s < snapshot_.segment_count(); ++s) {
    const auto& columns = snapshot_.segment(s);
    const auto by_fold = columns.words_by_fold();
    const auto [first, last] = words_beginning(columns, prefix);
    for (auto i = first; i < last; ++i) {
      const auto word = columns.words[by_fold[i]];
      if (matches_pattern(strip_diacritics(word), folded)) words.emplace_back(word);
    }
    sort_unique(words);
    if (words.size() > most) return std::nullopt;
  }
  return words;
}

std::vector<std::string> Vocabulary::similar_to(const std::string& word) {
  const auto folded = strip_diacritics(word);
  const auto edits = edits_allowed(count_code_points(folded));
  const WordDistance wanted(folded, edits);
  std::vector<std::string> similar;
  for_each_word(snapshot_, [&](std::string_view candidate, const std::string& bare) {
    if (wanted.to(bare) <= edits) similar.emplace_back(candidate);
  });
  sort_unique(similar);
  return similar;
}

std::optional<std::string> Vocabulary::correction_of(const std::string& word) {
  const auto folded = strip_diacritics(word);
  const auto edits = edits_allowed(count_code_points(folded));
  const WordDistance wanted(folded, edits);
  std::optional<std::string> best;
  Likelihood best_likelihood;
  for_each_word(snapshot_, [&](std::string_view candidate, const std::string& bare) {
    const auto distance = wanted.to(bare);
    if (distance > edits || distance == 0) return;
    std::string found(candidate);
    const Likelihood likelihood{distance, bare.front() == folded.front(),
                                live_articles(snapshot_, QueryField::text, found)};
    if (likelihood.articles > 0 && (!best || likelihood.is_above(best_likelihood))) {
      best = std::move(found);
      best_likelihood = likelihood;
    }
  });
  return best;
}

}  // namespace dateline
