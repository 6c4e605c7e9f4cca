// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/function_words.h"

#include <algorithm>
#include <array>

namespace dateline {
namespace {

/// As Tokenizer gives them (without apostrophes), in byte order.
constexpr std::array<std::string_view, 184> function_words{
    "a",          "about",     "above",   "after",     "again",  "against", "all",
    "also",       "although",  "am",      "among",     "an",     "and",     "another",
    "any",        "are",       "arent",   "around",    "as",     "at",      "be",
    "became",     "because",   "become",  "been",      "before", "being",   "below",
    "between",    "both",      "but",     "by",        "can",    "cannot",  "could",
    "couldnt",    "did",       "didnt",   "do",        "does",   "doesnt",  "doing",
    "done",       "dont",      "down",    "during",    "each",   "either",  "else",
    "ever",       "every",     "few",     "for",       "from",   "further", "had",
    "hadnt",      "has",       "hasnt",   "have",      "havent", "having",  "he",
    "her",        "here",      "hers",    "herself",   "him",    "himself", "his",
    "how",        "however",   "i",       "if",        "in",     "into",    "is",
    "isnt",       "it",        "its",     "itself",    "just",   "lets",    "may",
    "me",         "might",     "more",    "most",      "must",   "mustnt",  "my",
    "myself",     "neither",   "no",      "nor",       "not",    "now",     "of",
    "off",        "often",     "on",      "once",      "one",    "only",    "onto",
    "or",         "other",     "others",  "ought",     "our",    "ours",    "ourselves",
    "out",        "over",      "own",     "per",       "rather", "same",    "shall",
    "shant",      "she",       "should",  "shouldnt",  "since",  "so",      "some",
    "such",       "than",      "that",    "the",       "their",  "theirs",  "them",
    "themselves", "then",      "there",   "therefore", "these",  "they",    "this",
    "those",      "though",    "through", "thus",      "to",     "too",     "toward",
    "towards",    "under",     "until",   "up",        "upon",   "us",      "very",
    "via",        "was",       "wasnt",   "we",        "were",   "werent",  "what",
    "whatever",   "when",      "where",   "whether",   "which",  "while",   "who",
    "whom",       "whose",     "why",     "will",      "with",   "within",  "without",
    "wont",       "would",     "wouldnt", "yet",       "you",    "your",    "yours",
    "yourself",   "yourselves"};
static_assert(std::ranges::is_sorted(function_words));

}  // namespace

bool is_function_word(std::string_view word) {
  return std::ranges::binary_search(function_words, word);
}

}  // namespace dateline
