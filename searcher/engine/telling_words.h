// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/index/snapshot.h"
#include "searcher/engine/vocabulary.h"

namespace dateline {

/// The words of a text and how often it holds each, as the ranking counts them.
using WordFrequencies = std::map<std::string, double>;

WordFrequencies frequencies_in(const Article& article);
WordFrequencies frequencies_in(std::string_view text);

/// A word that tells what some texts are about; `word` stands for all its forms.
struct TellingWord {
  std::string word;
  double weight = 0;
};

/// Finds the words by which some texts differ most from the rest of an index: Rocchio's feedback
/// with the weights of BM25. docs/ranking.md has the formula. One thread.
class TellingWords {
 public:
  TellingWords(const IndexSnapshot& snapshot, Vocabulary& vocabulary);

  /// `language`: whose stems the forms of a word have in common. `length_norm`: BM25's, of the
  /// text. `gain`: how much the text counts.
  void add(const WordFrequencies& text, const std::string& language, double length_norm,
           double gain);

  /// At most `most`, the most telling first: words in at least two articles and at most a quarter
  /// of them, without digits, no function words; words that `is_asked` takes, whatever they are.
  std::vector<TellingWord> best(std::size_t most,
                                const std::function<bool(const std::string&)>& is_asked) const;

 private:
  /// The forms of one word.
  struct Group {
    WordFrequencies forms;
    double weight = 0;
  };
  bool can_tell(const std::string& word, std::uint64_t articles) const;

  const IndexSnapshot& snapshot_;
  Vocabulary& vocabulary_;
  std::map<std::string, Group> groups_;  ///< by language and stem
};

}  // namespace dateline
