// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/segments/vocabulary.h"
#include "indexer/segments/words_writer.h"

namespace dateline {

/// Collects the words of a segment, and which of them the articles of each language hold. One
/// thread.
class LanguageWords {
 public:
  /// The number of a language; the same for the same one.
  std::uint32_t number_of(std::string_view language);
  /// A word that an article of the language of this number holds; any number of times. Returns the
  /// word's number.
  std::uint32_t add(std::uint32_t language, std::string_view word);

  const Vocabulary& words() const { return words_; }
  /// Refers to this, and is valid until the next add() or number_of().
  SegmentWords in_byte_order() const;

 private:
  Vocabulary words_;
  std::vector<std::string> languages_;
  std::vector<std::vector<bool>> held_;  ///< by language, then by word; false where it ends
};

}  // namespace dateline
