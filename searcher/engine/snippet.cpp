// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/snippet.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "common/text/sentences.h"
#include "common/text/tokenizer.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

struct MatchedWord {
  const std::string* word = nullptr;  ///< the key in WordWorth: the same for the same word
  WordSpan span;
  double worth = 0;
};

/// Very long articles are not read to their end for a snippet.
constexpr std::size_t max_scanned_bytes = 256U << 10;

/// A word that occurs again in a passage adds little.
constexpr double repeated_worth = 0.1;

/// Between passages that do not follow each other.
constexpr std::string_view gap = " … ";
constexpr std::size_t gap_columns = 3;

std::string_view scanned_part(std::string_view text) {
  if (text.size() <= max_scanned_bytes) return text;
  auto end = max_scanned_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

/// Tells by the first byte and the length of most words of a text that they are not looked for.
class WordFilter {
 public:
  explicit WordFilter(const WordWorth& words) {
    for (const auto& [word, worth] : words) lengths_of(word) |= bit_of(word);
  }
  bool may_have(std::string_view word) const {
    return (lengths_[static_cast<unsigned char>(word.front())] & bit_of(word)) != 0;
  }

 private:
  static std::uint64_t bit_of(std::string_view word) {
    return std::uint64_t{1} << std::min<std::size_t>(word.size(), 63);
  }
  std::uint64_t& lengths_of(std::string_view word) {
    return lengths_[static_cast<unsigned char>(word.front())];
  }

  std::array<std::uint64_t, 256> lengths_{};  ///< by first byte: a bit for each length, 63 or more
};

std::vector<MatchedWord> matched_words(std::string_view text, const WordWorth& words) {
  std::vector<MatchedWord> matched;
  if (words.empty()) return matched;
  const WordFilter filter(words);
  for (Tokenizer tokens(text); tokens.next();) {
    if (!filter.may_have(tokens.word())) continue;
    const auto found = words.find(tokens.word());
    if (found != words.end()) matched.push_back({&found->first, tokens.span(), found->second});
  }
  return matched;
}

/// Bytes [begin, end) of a text and the matched words in it.
struct Passage {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t first_word = 0;
  std::size_t last_word = 0;
  bool cut_before = false;
  bool cut_after = false;
};

std::vector<Passage> sentences_of(std::string_view text, const std::vector<MatchedWord>& words) {
  std::vector<Passage> sentences;
  const auto starts = sentence_starts(text);
  std::size_t word = 0;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    Passage sentence;
    sentence.begin = starts[i];
    sentence.end = i + 1 < starts.size() ? starts[i + 1] : text.size();
    while (sentence.end > sentence.begin &&
           (text[sentence.end - 1] == ' ' || text[sentence.end - 1] == '\n')) {
      --sentence.end;
    }
    while (word < words.size() && words[word].span.begin < sentence.begin) ++word;
    sentence.first_word = word;
    while (word < words.size() && words[word].span.begin < sentence.end) ++word;
    sentence.last_word = word;
    sentences.push_back(sentence);
  }
  return sentences;
}

/// The run of words [first, last) within `bytes` that is worth most, the earliest of equals.
std::pair<std::size_t, std::size_t> best_run(const std::vector<MatchedWord>& words,
                                             std::size_t first_word, std::size_t last_word,
                                             std::size_t bytes) {
  std::unordered_map<const std::string*, std::size_t> inside;
  std::pair<std::size_t, std::size_t> best{first_word, first_word};
  double worth = 0;
  double best_worth = 0;
  auto first = first_word;
  for (auto last = first_word; last < last_word; ++last) {
    worth += words[last].worth * (inside[words[last].word]++ == 0 ? 1 : repeated_worth);
    while (words[last].span.end - words[first].span.begin > bytes && first < last) {
      worth -= words[first].worth * (--inside[words[first].word] == 0 ? 1 : repeated_worth);
      ++first;
    }
    if (worth > best_worth + 1e-9) {
      best_worth = worth;
      best = {first, last + 1};
    }
  }
  return best;
}

/// Cuts a sentence that is too long to `columns` columns around its most valuable words.
void cut_to(std::string_view text, const std::vector<MatchedWord>& words, std::size_t columns,
            Passage& sentence) {
  auto begin = sentence.begin;
  if (sentence.first_word < sentence.last_word) {
    const auto run =
        best_run(words, sentence.first_word, sentence.last_word, columns * 2 / 3).first;
    const auto match = words[run].span.begin;
    const auto lead = columns / 4;
    if (match > sentence.begin + lead) {
      // Not so late that there is room left behind the sentence's end.
      const auto latest = sentence.end > columns ? sentence.end - columns : 0;
      const auto from = std::max(sentence.begin, std::min(match - lead, latest));
      const auto space = text.find(' ', from);
      begin = from > sentence.begin ? (space < match ? space + 1 : match) : from;
    }
  }
  const auto rest = text.substr(begin, sentence.end - begin);
  auto length = prefix_of_width(rest, columns).size();
  if (length < rest.size()) {
    const auto space = rest.find_last_of(" \n", length);
    if (space != std::string_view::npos && space > length / 2) length = space;
    sentence.cut_after = true;
  }
  sentence.cut_before = begin > sentence.begin;
  sentence.begin = begin;
  sentence.end = begin + length;
}

/// Chooses sentences while there is room.
class Chooser {
 public:
  Chooser(std::string_view text, const std::vector<MatchedWord>& words, std::size_t columns)
      : text_(text), words_(words), room_(columns), sentences_(sentences_of(text, words)) {}

  /// In the order of the text.
  std::vector<Passage> choose() {
    if (sentences_.empty()) return {};
    auto next = most_worth();
    if (worth_of(sentences_[next]) <= 0) next = 0;
    if (width_of(sentences_[next]) > room_) {
      cut_to(text_, words_, room_, sentences_[next]);
      return {sentences_[next]};
    }
    take(next);
    while (const auto more = next_to_take()) take(*more);
    fill();
    std::vector<Passage> passages;
    for (const auto i : taken_) passages.push_back(sentences_[i]);
    return passages;
  }

 private:
  std::size_t width_of(const Passage& sentence) const {
    return display_width(text_.substr(sentence.begin, sentence.end - sentence.begin));
  }
  /// Of words that no sentence taken so far has.
  double worth_of(const Passage& sentence) const {
    double worth = 0;
    std::set<const std::string*> seen;
    for (auto w = sentence.first_word; w < sentence.last_word; ++w) {
      if (covered_.contains(words_[w].word)) continue;
      worth += words_[w].worth * (seen.insert(words_[w].word).second ? 1 : repeated_worth);
    }
    return worth;
  }
  std::size_t most_worth() const {
    std::size_t best = 0;
    double best_worth = 0;
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
      const auto worth = worth_of(sentences_[i]);
      if (worth > best_worth + 1e-9) {
        best = i;
        best_worth = worth;
      }
    }
    return best;
  }
  void take(std::size_t i) {
    const auto width = width_of(sentences_[i]) + gap_columns;
    room_ -= std::min(room_, width);
    for (auto w = sentences_[i].first_word; w < sentences_[i].last_word; ++w) {
      covered_.insert(words_[w].word);
    }
    taken_.insert(i);
  }
  /// One with words that are not shown yet, else the one that follows.
  std::optional<std::size_t> next_to_take() const {
    const auto fits = [&](std::size_t i) {
      return i < sentences_.size() && !taken_.contains(i) && width_of(sentences_[i]) <= room_;
    };
    const auto best = most_worth();
    if (worth_of(sentences_[best]) > 0 && fits(best)) return best;
    const auto following = *taken_.rbegin() + 1;
    if (fits(following)) return following;
    return std::nullopt;
  }

  /// With the beginning of the sentence that follows.
  void fill() {
    constexpr std::size_t least = 30;
    const auto following = *taken_.rbegin() + 1;
    if (room_ < least || following == sentences_.size()) return;
    auto& sentence = sentences_[following];
    sentence.last_word = sentence.first_word;  // it is not cut around its words
    cut_to(text_, words_, room_, sentence);
    sentence.last_word = words_.size();
    taken_.insert(following);
  }

  std::string_view text_;
  const std::vector<MatchedWord>& words_;
  std::size_t room_;
  std::vector<Passage> sentences_;
  std::set<const std::string*> covered_;
  std::set<std::size_t> taken_;
};

/// Copies a passage onto the snippet's line, moving the marks along.
void append(std::string_view text, const std::vector<MatchedWord>& words, const Passage& passage,
            Snippet& snippet) {
  auto word = passage.first_word;
  const auto start = snippet.text.size();
  for (auto i = passage.begin; i < passage.end;) {
    while (word < passage.last_word && words[word].span.begin < i) ++word;
    if (word < passage.last_word && words[word].span.begin == i &&
        words[word].span.end <= passage.end) {
      const auto from = snippet.text.size();
      snippet.text += text.substr(i, words[word].span.end - i);
      snippet.marks.emplace_back(from, snippet.text.size());
      i = words[word].span.end;
      continue;
    }
    const char c = text[i++];
    const bool space = c == '\n' || c == ' ' || c == '\t';
    if (!space) {
      snippet.text += c;
    } else if (snippet.text.size() > start && snippet.text.back() != ' ') {
      snippet.text += ' ';
    }
  }
  while (snippet.text.size() > start && snippet.text.back() == ' ') snippet.text.pop_back();
}

}  // namespace

Marks mark_words(std::string_view text, const WordWorth& words) {
  Marks marks;
  for (const auto& w : matched_words(text, words)) marks.emplace_back(w.span.begin, w.span.end);
  return marks;
}

Snippet make_snippet(const Article& article, const WordWorth& words, std::size_t columns) {
  std::string_view text = scanned_part(article.body);
  auto matched = matched_words(text, words);
  if (matched.empty() && article.deck) {
    auto in_deck = matched_words(article.deck.value, words);
    if (!in_deck.empty() || text.empty()) {
      text = article.deck.value;
      matched = std::move(in_deck);
    }
  }
  Snippet snippet;
  std::size_t end = 0;
  for (const auto& passage : Chooser(text, matched, columns).choose()) {
    if (snippet.text.empty()) {
      snippet.cut_before = passage.cut_before;
    } else {
      const bool follows =
          text.substr(end, passage.begin - end).find_first_not_of(" \n") == std::string_view::npos;
      snippet.text += follows ? std::string_view(" ") : gap;
    }
    append(text, matched, passage, snippet);
    snippet.cut_after = passage.cut_after;
    end = passage.end;
  }
  return snippet;
}

}  // namespace dateline
