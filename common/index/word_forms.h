// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "common/index/segment.h"
#include "common/text/stemmer.h"

namespace dateline {

// The words of one segment by what they have in common. Results refer to the segment's columns.

/// The words that are `folded` without diacritics.
std::vector<std::string_view> words_folding_to(const SegmentColumns& segment,
                                               std::string_view folded);

/// Of the words in the articles of a language (its ordinal in the segment), those with this stem.
/// `stemmer` must be the language's; its other stems may be forgotten.
std::vector<std::string_view> words_with_stem(const SegmentColumns& segment, std::size_t language,
                                              Stemmer& stemmer, std::string_view stem);

/// Positions [first, last) in words_by_fold() that hold the words that begin with `prefix` without
/// diacritics, and no others where the words are in order.
std::pair<std::size_t, std::size_t> words_beginning(const SegmentColumns& segment,
                                                    std::string_view prefix);

}  // namespace dateline
