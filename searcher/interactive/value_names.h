// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/index/snapshot.h"
#include "searcher/query/facet.h"

namespace dateline {

/// The names in one generation by which articles can be selected. What it counts it keeps, so that
/// only the first question about a field takes time. One thread.
class ValueNames {
 public:
  explicit ValueNames(std::shared_ptr<const IndexSnapshot> snapshot);

  /// At most `limit` values of a facet (none: person, org and place) that begin with `beginning`;
  /// where none does, those in which a later word does. Case, accents and punctuation are passed
  /// over. The most common first; none that would not print.
  std::vector<std::string> beginning_with(std::optional<Facet> facet, std::string_view beginning,
                                          std::size_t limit);

  const std::shared_ptr<const IndexSnapshot>& snapshot() const { return snapshot_; }

 private:
  /// A name and about how many articles have it.
  struct Name {
    std::string_view text;
    std::uint32_t articles = 0;
  };
  const std::vector<Name>& names_of(std::optional<Facet> facet);
  std::vector<Name> count_stated(Attribute attribute) const;
  std::vector<Name> count_entities(std::optional<EntityType> type) const;

  std::shared_ptr<const IndexSnapshot> snapshot_;
  std::map<std::optional<Facet>, std::vector<Name>> names_;  ///< the most common first
};

}  // namespace dateline
