// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/telling_words.h"

#include <algorithm>

#include "common/index/schema.h"
#include "common/text/tokenizer.h"
#include "searcher/engine/function_words.h"
#include "searcher/engine/postings.h"
#include "searcher/engine/scorer.h"

namespace dateline {
namespace {

constexpr std::uint64_t least_articles = 2;
constexpr double greatest_share = 0.25;

const std::string& most_frequent(const WordFrequencies& forms) {
  return std::ranges::max_element(forms, {}, [](const auto& form) { return form.second; })->first;
}

void add_frequencies(std::string_view text, double counts, WordFrequencies& words) {
  for (Tokenizer t(text); t.next();) words[std::string(t.word())] += counts;
}

}  // namespace

WordFrequencies frequencies_in(const Article& article) {
  WordFrequencies words;
  add_frequencies(article.title.value, title_weight, words);
  add_frequencies(article.deck.value, 1, words);
  add_frequencies(article.body, 1, words);
  return words;
}

WordFrequencies frequencies_in(std::string_view text) {
  WordFrequencies words;
  add_frequencies(text, 1, words);
  return words;
}

TellingWords::TellingWords(const IndexSnapshot& snapshot, Vocabulary& vocabulary)
    : snapshot_(snapshot), vocabulary_(vocabulary) {}

void TellingWords::add(const WordFrequencies& text, const std::string& language, double length_norm,
                       double gain) {
  std::map<Group*, double> frequencies;
  for (const auto& [word, frequency] : text) {
    auto& group = groups_[language + ' ' + std::string(vocabulary_.stem_of(language, word))];
    group.forms[word] += frequency;
    frequencies[&group] += frequency;
  }
  for (const auto& [group, frequency] : frequencies) {
    group->weight += gain * frequency / (frequency + length_norm);
  }
}

std::vector<TellingWord> TellingWords::best(
    std::size_t most, const std::function<bool(const std::string&)>& is_asked) const {
  std::vector<TellingWord> found;
  for (const auto& [key, group] : groups_) {
    const auto& word = most_frequent(group.forms);
    std::uint64_t articles = 0;  // not the replaced: an updated index answers as a rebuilt one
    for (const auto& [form, frequency] : group.forms)
      articles += live_articles(snapshot_, QueryField::text, form);
    articles = std::min(articles, snapshot_.manifest().articles);
    const bool asked =
        std::ranges::any_of(group.forms, [&](const auto& form) { return is_asked(form.first); });
    if (is_function_word(word) || (!asked && !can_tell(word, articles))) continue;
    found.push_back(
        {word, group.weight * word_information(snapshot_.manifest().articles, articles)});
  }
  const auto is_better = [](const TellingWord& a, const TellingWord& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.word < b.word;
  };
  std::ranges::sort(found, is_better);
  if (found.size() > most) found.resize(most);
  return found;
}

bool TellingWords::can_tell(const std::string& word, std::uint64_t articles) const {
  const auto all = static_cast<double>(snapshot_.manifest().articles);
  return word.size() >= 2 && articles >= least_articles &&
         static_cast<double>(articles) <= greatest_share * all &&
         word.find_first_of("0123456789") == std::string::npos;
}

}  // namespace dateline
