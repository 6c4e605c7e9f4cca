// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "indexer/entities/model/document.h"
#include "indexer/entities/model/model.h"
#include "indexer/entities/model/sequences.h"
#include "indexer/entities/recogniser.h"

namespace dateline::ner {

/// A name of any label: bytes [begin, end) of a part.
struct TaggedName {
  std::size_t part = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  Label label = Label::person;
};

/// Finds the names of one article after the other. One thread; the model must outlive it.
class Tagger {
 public:
  explicit Tagger(const Model& model)
      : model_(model), document_(Gazetteer::built_in(), model.lists()) {}

  ArticleMentions read(const ArticleText& text);

  /// In order of part and place. Valid until the next call.
  const std::vector<TaggedName>& find_names(std::span<const std::string_view> texts);

 private:
  void score_tokens();
  void collect(const Sequence& sequence);

  const Model& model_;
  Document document_;
  std::vector<Sequence> sequences_;
  std::vector<std::vector<TagScores>> scores_;  ///< by sequence and token
  ScorePool pool_;
  std::vector<std::uint64_t> features_;
  std::vector<Tag> tags_;
  std::vector<TaggedName> names_;
};

}  // namespace dateline::ner
