// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/entities/names.h"

namespace dateline {

std::vector<ArticleEntity> join_names(const ArticleText&, const ArticleMentions&,
                                      const std::vector<GivenEntity>& given) {
  std::vector<ArticleEntity> entities;
  for (const GivenEntity& entity : given)
    entities.push_back({entity.type, entity.name, 0, false, true});
  return entities;
}

}  // namespace dateline
