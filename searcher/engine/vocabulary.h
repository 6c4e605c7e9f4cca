// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/index/snapshot.h"
#include "common/text/stemmer.h"

namespace dateline {

/// The words of an index: what a word of a query stands for. Words are as Tokenizer gives them. One
/// thread.
class Vocabulary {
 public:
  explicit Vocabulary(const IndexSnapshot& snapshot);

  /// The forms of a word in the languages of the index, and what differs from it by accents alone;
  /// in byte order. Empty when no article holds any.
  std::vector<std::string> forms_of(const std::string& word);

  /// The word and what differs from it by accents alone, as far as articles hold them.
  std::vector<std::string> spellings_of(const std::string& word);

  /// The words of the shape of `pattern`, in which '*' stands for any characters, or none; accents
  /// make no difference. None when there are more than `most`.
  std::optional<std::vector<std::string>> matching(const std::string& pattern, std::size_t most);

  /// The words that one edit away from `word` make (put in, left out, replaced, two neighbours
  /// exchanged), or two edits from one of six characters or more; of words of less than three
  /// characters none but itself. Accents make no difference. In byte order.
  std::vector<std::string> similar_to(const std::string& word);

  /// The word of the index that somebody who typed `word` most likely meant: few edits away, begins
  /// the same if it can, and is in many articles. None if nothing is close.
  std::optional<std::string> correction_of(const std::string& word);

  /// The stem in a language (BCP 47); lives until the next call.
  std::string_view stem_of(const std::string& language, std::string_view word);

 private:
  Stemmer& stemmer(const std::string& language);
  void add_inflections(std::size_t segment, const std::string& word,
                       std::vector<std::string>& forms);

  const IndexSnapshot& snapshot_;
  std::map<std::string, Stemmer> stemmers_;
};

}  // namespace dateline
