// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "indexer/entities/key_map.h"
#include "indexer/entities/model/document.h"
#include "indexer/entities/model/model.h"

namespace dateline::ner {

/// Neighbouring tokens [first, last) of a part, all of which may belong to names; those around
/// them do not, so that each sequence is decided by itself.
struct Sequence {
  std::size_t part = 0;
  std::size_t first = 0;
  std::size_t last = 0;
};

/// The sequences of all parts, in order. Replaces the content of `sequences`.
void find_sequences(const Document& document, std::vector<Sequence>& sequences);

/// Lets what is written alike in an article lean the same way: each token's scores move some way
/// towards the mean of those of the same token in the same sequence of capitals elsewhere.
class ScorePool {
 public:
  void share(const Document& document, const std::vector<Sequence>& sequences,
             std::vector<std::vector<TagScores>>& scores);

 private:
  struct Sum {
    std::int32_t uses = 0;
    TagScores scores{};
  };
  KeyMap<Sum> sums_;
};

/// Calls `use(first, last, label)` with each name in the tags; `last` is its last token.
template <class Use>
void for_each_name(const std::vector<Tag>& tags, Use use) {
  std::size_t first = 0;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (tags[i] == outside) continue;
    const TagPosition position = position_of(tags[i]);
    if (position == TagPosition::first || position == TagPosition::only) first = i;
    if (!goes_on(tags[i])) use(first, i, label_of(tags[i]));
  }
}

}  // namespace dateline::ner
