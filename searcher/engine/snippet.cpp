// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/snippet.h"

#include <algorithm>
#include <vector>

#include "common/text/unicode.h"

namespace dateline {
namespace {

struct MatchedWord {
  std::string_view term;
  WordSpan span;
  double weight = 0;
};

/// Very long articles are not read to their end for a snippet.
constexpr std::size_t max_scanned_bytes = 256U << 10;

/// A term that occurs again in a passage adds little.
constexpr double repeated_worth = 0.1;

std::string_view scanned_part(std::string_view text) {
  if (text.size() <= max_scanned_bytes) return text;
  auto end = max_scanned_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

std::vector<MatchedWord> matched_words(std::string_view text, const TermWeights& terms,
                                       TextAnalyser& analyser) {
  std::vector<MatchedWord> matched;
  if (terms.empty()) return matched;
  for (Tokenizer words(text); words.next();) {
    const auto found = terms.find(analyser.term_of(words.word()));
    if (found != terms.end()) matched.push_back({found->first, words.span(), found->second});
  }
  return matched;
}

/// The run of matched words [first, last) within `bytes` that is worth most, the earliest of
/// equals.
std::pair<std::size_t, std::size_t> best_run(const std::vector<MatchedWord>& words,
                                             std::size_t bytes) {
  std::unordered_map<std::string_view, std::size_t> inside;
  std::pair<std::size_t, std::size_t> best{0, 0};
  double worth = 0;
  double best_worth = 0;
  std::size_t first = 0;
  for (std::size_t last = 0; last < words.size(); ++last) {
    worth += words[last].weight * (inside[words[last].term]++ == 0 ? 1 : repeated_worth);
    while (words[last].span.end - words[first].span.begin > bytes && first < last) {
      worth -= words[first].weight * (--inside[words[first].term] == 0 ? 1 : repeated_worth);
      ++first;
    }
    if (worth > best_worth + 1e-9) {
      best_worth = worth;
      best = {first, last + 1};
    }
  }
  return best;
}

bool ends_sentence(char c) { return c == '.' || c == '!' || c == '?'; }

/// Where to start so that `match` is inside: at the start of its sentence if that is at most
/// `reach` bytes before it, else at a word.
std::size_t start_before(std::string_view text, std::size_t match, std::size_t reach) {
  const auto lowest = match > reach ? match - reach : 0;
  for (auto i = match; i > lowest; --i) {
    const bool after_break = text[i - 1] == '\n';
    const bool after_stop = i >= 2 && text[i - 1] == ' ' && ends_sentence(text[i - 2]);
    if (after_break || after_stop) return i;
  }
  if (lowest == 0) return 0;
  const auto space = text.find(' ', lowest);
  return space < match ? space + 1 : match;
}

/// Copies [begin, …) of the text onto one line of at most `columns`, moving the marks along.
Snippet cut(std::string_view text, std::size_t begin, std::size_t columns,
            const std::vector<MatchedWord>& words) {
  Snippet snippet;
  const auto rest = text.substr(begin);
  auto length = prefix_of_width(rest, columns).size();
  if (length < rest.size()) {
    const auto space = rest.find_last_of(" \n", length);
    if (space != std::string_view::npos && space > length / 2) length = space;
    snippet.cut_after = true;
  }
  snippet.cut_before = begin > 0;
  auto word = std::ranges::find_if(words, [&](const auto& w) { return w.span.begin >= begin; });
  for (auto i = begin; i < begin + length;) {
    if (word != words.end() && word->span.begin == i && word->span.end <= begin + length) {
      const auto from = snippet.text.size();
      snippet.text += text.substr(i, word->span.end - i);
      snippet.marks.emplace_back(from, snippet.text.size());
      i = word->span.end;
      ++word;
      continue;
    }
    const char c = text[i++];
    const bool space = c == '\n' || c == ' ' || c == '\t';
    if (!space) {
      snippet.text += c;
    } else if (!snippet.text.empty() && snippet.text.back() != ' ') {
      snippet.text += ' ';
    }
  }
  while (!snippet.text.empty() && snippet.text.back() == ' ') snippet.text.pop_back();
  return snippet;
}

}  // namespace

Marks mark_words(std::string_view text, const TermWeights& terms, TextAnalyser& analyser) {
  Marks marks;
  for (const auto& w : matched_words(text, terms, analyser)) {
    marks.emplace_back(w.span.begin, w.span.end);
  }
  return marks;
}

Snippet make_snippet(const Article& article, const TermWeights& terms, TextAnalyser& analyser,
                     std::size_t columns) {
  std::string_view text = scanned_part(article.body);
  auto words = matched_words(text, terms, analyser);
  if (words.empty() && article.deck) {
    auto in_deck = matched_words(article.deck.value, terms, analyser);
    if (!in_deck.empty() || text.empty()) {
      text = article.deck.value;
      words = std::move(in_deck);
    }
  }
  if (words.empty()) return cut(text, 0, columns, words);
  const auto run = best_run(words, columns * 2 / 3);
  const auto begin = start_before(text, words[run.first].span.begin, columns / 3);
  return cut(text, begin, columns, words);
}

}  // namespace dateline
