// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/tagger.h"

#include <algorithm>

#include "indexer/entities/model/features.h"
#include "indexer/entities/model/other_languages.h"

namespace dateline::ner {

static_assert(static_cast<int>(EntityType::person) == static_cast<int>(Label::person));
static_assert(static_cast<int>(EntityType::org) == static_cast<int>(Label::org));
static_assert(static_cast<int>(EntityType::place) == static_cast<int>(Label::place));

namespace {

/// As much of a text as is looked at, in whole characters.
std::string_view beginning_of(std::string_view text) {
  std::size_t end = std::min(text.size(), most_recognised_bytes);
  while (end < text.size() && end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

ArticleMentions Tagger::read(const ArticleText& text) {
  const std::array<std::string_view, 3> texts{beginning_of(text.title), beginning_of(text.deck),
                                              beginning_of(text.body)};
  ArticleMentions mentions;
  const std::array<std::vector<Mention>*, 3> lists{&mentions.title, &mentions.deck, &mentions.body};
  for (const TaggedName& name : find_names(texts))
    if (name.label != Label::misc)
      lists[name.part]->push_back({name.begin, name.end, static_cast<EntityType>(name.label)});
  if (!is_english(text.language)) keep_certain_names(document_, mentions);
  return mentions;
}

const std::vector<TaggedName>& Tagger::find_names(std::span<const std::string_view> texts) {
  document_.read(texts);
  find_sequences(document_, sequences_);
  score_tokens();
  pool_.share(document_, sequences_, scores_);
  names_.clear();
  for (std::size_t i = 0; i < sequences_.size(); ++i) {
    model_.decode(scores_[i], tags_);
    collect(sequences_[i]);
  }
  return names_;
}

void Tagger::score_tokens() {
  if (scores_.size() < sequences_.size()) scores_.resize(sequences_.size());
  for (std::size_t i = 0; i < sequences_.size(); ++i) {
    const Sequence& sequence = sequences_[i];
    scores_[i].assign(sequence.last - sequence.first, {});
    for (std::size_t t = sequence.first; t < sequence.last; ++t) {
      find_features(document_, document_.parts()[sequence.part], t, features_);
      model_.score(features_, scores_[i][t - sequence.first]);
    }
  }
}

void Tagger::collect(const Sequence& sequence) {
  const auto& tokens = document_.parts()[sequence.part].tokens;
  // No name is longer: what is comes from text without small letters.
  constexpr std::size_t longest_name = 16;
  constexpr std::size_t most_bytes = 300;
  for_each_name(tags_, [&](std::size_t first, std::size_t last, Label label) {
    const std::size_t bytes =
        tokens[sequence.first + last].end - tokens[sequence.first + first].begin;
    if (last - first >= longest_name || bytes > most_bytes) return;
    names_.push_back({sequence.part, tokens[sequence.first + first].begin,
                      tokens[sequence.first + last].end, label});
  });
}

}  // namespace dateline::ner
