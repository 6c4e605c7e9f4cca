// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/corpus/vocabulary.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace dateline::bench {
namespace {

// In order of their frequency in English news.
constexpr std::array<std::string_view, 120> function_words{
    "the",   "to",     "of",    "and",     "a",       "in",     "that",    "for",    "is",
    "on",    "it",     "with",  "he",      "was",     "as",     "at",      "be",     "by",
    "said",  "have",   "not",   "are",     "from",    "has",    "but",     "his",    "they",
    "this",  "an",     "will",  "who",     "we",      "or",     "were",    "would",  "their",
    "had",   "about",  "been",  "more",    "one",     "you",    "when",    "its",    "what",
    "which", "if",     "there", "she",     "after",   "than",   "her",     "can",    "out",
    "all",   "so",     "up",    "no",      "also",    "other",  "like",    "some",   "do",
    "over",  "could",  "new",   "last",    "two",     "people", "into",    "time",   "just",
    "year",  "years",  "first", "because", "many",    "them",   "only",    "him",    "how",
    "my",    "most",   "our",   "against", "before",  "even",   "now",     "any",    "where",
    "did",   "made",   "these", "while",   "down",    "those",  "between", "should", "being",
    "then",  "back",   "very",  "much",    "through", "under",  "since",   "both",   "may",
    "such",  "during", "still", "too",     "each",    "off",    "every",   "within", "without",
    "until", "among",  "yet"};

constexpr std::array<std::string_view, 20> onsets{"b", "c",  "d",  "f",  "g",  "h", "l",
                                                  "m", "n",  "p",  "r",  "s",  "t", "v",
                                                  "w", "br", "st", "tr", "pl", "gr"};
constexpr std::array<std::string_view, 6> vowels{"a", "e", "i", "o", "u", "ea"};
constexpr std::array<std::string_view, 8> endings{"", "", "n", "r", "l", "t", "nd", "ck"};
constexpr std::array<std::string_view, 9> name_endings{"son", "man", "berg", "well", "ford",
                                                       "sen", "sky", "ova",  "stein"};
constexpr std::uint64_t syllables = onsets.size() * vowels.size();
// Without a factor in common with any power of `syllables`: neighbours in rank look unlike.
constexpr std::uint64_t stride = 7'919;

std::string syllable(std::uint64_t n) {
  return std::string(onsets[n % onsets.size()]).append(vowels[n / onsets.size() % vowels.size()]);
}

/// Two syllables or more; shorter ones for smaller numbers.
std::string made_up(std::uint64_t number) {
  std::uint64_t words = syllables * syllables;  // of this many syllables
  std::uint64_t first = 0;
  std::size_t length = 2;
  for (; number - first >= words; ++length) {
    first += words;
    words *= syllables;
  }
  auto rest = (number - first) * stride % words;
  std::string word;
  for (std::size_t i = 0; i < length; ++i, rest /= syllables) word += syllable(rest % syllables);
  return word.append(endings[scattered(number) % endings.size()]);
}

void drop_e(std::string& word) {
  if (word.ends_with('e')) word.pop_back();
}

}  // namespace

std::string capitalised(std::string word) {
  if (word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

std::size_t function_word_count() { return function_words.size(); }

std::string word_of_rank(std::uint64_t rank) {
  if (rank < function_words.size()) return std::string(function_words[rank]);
  return made_up(rank - function_words.size());
}

std::string inflected(std::string word, std::uint64_t rank, Random& random) {
  if (rank < function_words.size()) return word;
  const auto kind = rank % 5;
  const auto form = random.unit();
  if (kind < 3) {  // a noun
    if (form < 0.3) word += 's';
  } else if (kind == 3) {  // a verb
    if (form < 0.3) {
      drop_e(word);
      word += "ed";
    } else if (form < 0.5) {
      drop_e(word);
      word += "ing";
    } else if (form < 0.7) {
      word += 's';
    }
  } else if (form < 0.1) {  // an adjective
    word += "ly";
  }
  return word;
}

std::string name_of_rank(std::uint64_t rank) {
  return capitalised(made_up(rank).append(name_endings[rank % name_endings.size()]));
}

std::uint64_t WordRanks::operator()(Random& random) const {
  const auto x = random.chance(rare_share) ? rare_(random) : common_(random);
  return static_cast<std::uint64_t>(std::min(x, 1e15) - offset);
}

}  // namespace dateline::bench
