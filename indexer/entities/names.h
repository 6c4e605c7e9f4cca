// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/entities/recogniser.h"

namespace dateline {

/// One entity of one article after its mentions were joined ("Mr Xi", "Xi", "President Xi
/// Jinping").
struct ArticleEntity {
  EntityType type = EntityType::person;
  std::string name;  ///< the fullest form found, as it should be shown: "Xi Jinping"
  /// How many times it is named in title, deck and body; credits ("(Reuters) -", see credits.h)
  /// count as one together, and only where there is no other mention. 0 if it is only given.
  std::uint32_t mentions = 0;
  bool in_title = false;
  bool in_lead = false;  ///< named in the first lead_bytes of the body
  bool given = false;    ///< stated by the article's metadata
  friend bool operator==(const ArticleEntity&, const ArticleEntity&) = default;
};

/// Where a story says what it is about: about its first two paragraphs.
inline constexpr std::size_t lead_bytes = 500;

/// The entities of an article, and which of them each mention names: parallel to ArticleMentions.
struct ArticleNames {
  static constexpr std::uint32_t none = UINT32_MAX;  ///< the mention held no name

  std::vector<ArticleEntity> entities;
  std::vector<std::uint32_t> title;
  std::vector<std::uint32_t> deck;
  std::vector<std::uint32_t> body;
};

/// Joins the mentions of one article into entities: titles and possessives stripped, known
/// spellings brought to one (Kiev -> Kyiv, U.S. -> United States, Zelenskyy -> Zelensky), a single
/// name to the latest preceding (else following) full name that ends or begins with it, an acronym
/// to the name that it abbreviates. One name has one type in one article (the majority's). The
/// entities are in order of first appearance, each (type, name) once.
ArticleNames join_names(const ArticleText& text, const ArticleMentions& mentions,
                        const std::vector<GivenEntity>& given);

}  // namespace dateline
