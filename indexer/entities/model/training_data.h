// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "indexer/entities/model/labels.h"

namespace dateline::ner {

/// A name annotated in a text: bytes [begin, end).
struct LabelledSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  Label label = Label::person;
  friend bool operator==(const LabelledSpan&, const LabelledSpan&) = default;
};

struct LabelledText {
  std::string doc;
  std::string text;
  std::vector<LabelledSpan> spans;  ///< in order, never overlapping
};

/// Reads annotated texts, gzip-packed or not: JSON Lines `{"doc", "text", "spans": [[start, end,
/// type], ...]}` with offsets in code points (*.jsonl), or a token, a tab and an IOB tag a line
/// with empty lines between sentences and -DOCSTART- between texts (*.tsv), whose words are put
/// together as running text. Throws std::runtime_error with file and line for what is neither.
std::vector<LabelledText> read_labelled_texts(const std::filesystem::path& file);

}  // namespace dateline::ner
