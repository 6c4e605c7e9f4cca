// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/model/training_set.h"

#include <algorithm>
#include <array>

#include "indexer/entities/model/features.h"
#include "indexer/entities/model/sequences.h"

namespace dateline::ner {
namespace {

/// The tokens [first, last] of a span: those at least half inside. False if there are none.
bool tokens_of(const Part& part, const LabelledSpan& span, std::size_t& first, std::size_t& last) {
  bool found = false;
  for (std::size_t i = 0; i < part.tokens.size(); ++i) {
    const Token& token = part.tokens[i];
    const std::size_t begin = std::max(token.begin, span.begin);
    const std::size_t end = std::min(token.end, span.end);
    if (begin >= end || (end - begin) * 2 < token.end - token.begin) continue;
    if (!found) first = i;
    last = i;
    found = true;
  }
  return found;
}

bool can_be_found(const Part& part, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i <= last; ++i)
    if (!part.words[i].active || (i > first && part.tokens[i].has(Shape::sentence_start)))
      return false;
  return true;
}

std::vector<Tag> tags_of(const Part& part, const LabelledText& text, std::size_t& out_of_reach) {
  std::vector<Tag> tags(part.tokens.size(), outside);
  for (const LabelledSpan& span : text.spans) {
    std::size_t first = 0;
    std::size_t last = 0;
    if (!tokens_of(part, span, first, last) || !can_be_found(part, first, last)) {
      ++out_of_reach;
      continue;
    }
    for (std::size_t i = first; i <= last; ++i) tags[i] = tag_of(span.label, TagPosition::inner);
    tags[first] = tag_of(span.label, first == last ? TagPosition::only : TagPosition::first);
    if (first != last) tags[last] = tag_of(span.label, TagPosition::last);
  }
  return tags;
}

}  // namespace

TrainingText cut_text(Document& document, const LabelledText& text, float weight, bool own) {
  const std::array<std::string_view, 1> parts{text.text};
  document.read(parts);
  const Part& part = document.parts()[0];
  TrainingText out;
  out.names = text.spans.size();
  const std::vector<Tag> tags = tags_of(part, text, out.out_of_reach);
  std::vector<Sequence> sequences;
  find_sequences(document, sequences);
  for (const Sequence& sequence : sequences) {
    TrainingSequence& s = out.sequences.emplace_back();
    s.weight = weight;
    s.own = own;
    for (std::size_t i = sequence.first; i < sequence.last; ++i) {
      find_features(document, part, i, s.features.emplace_back());
      s.tags.push_back(tags[i]);
    }
  }
  return out;
}

}  // namespace dateline::ner
