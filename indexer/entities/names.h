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
  std::string name;            ///< the fullest form found, as it should be shown: "Xi Jinping"
  std::uint32_t mentions = 0;  ///< how many times it is named in title, deck and body
  bool in_title = false;
  bool given = false;  ///< stated by the article's metadata
  friend bool operator==(const ArticleEntity&, const ArticleEntity&) = default;
};

/// Joins the mentions of one article into entities: titles and possessives stripped, known
/// spellings brought to one (Kiev -> Kyiv, U.S. -> United States, Zelenskyy -> Zelensky), a single
/// name to the latest preceding (else following) full name that ends or begins with it, an acronym
/// to the name that it abbreviates. One name has one type in one article (the majority's). The
/// result is in order of first appearance and holds each (type, name) once.
std::vector<ArticleEntity> join_names(const ArticleText& text, const ArticleMentions& mentions,
                                      const std::vector<GivenEntity>& given);

}  // namespace dateline
