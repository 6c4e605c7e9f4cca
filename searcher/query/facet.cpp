// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/query/facet.h"

#include <algorithm>

namespace dateline {

std::string_view name_of(Facet facet) {
  switch (facet) {
    case Facet::source:
      return "source";
    case Facet::date:
      return "date";
    case Facet::person:
      return "person";
    case Facet::org:
      return "org";
    case Facet::place:
      return "place";
    case Facet::author:
      return "author";
    case Facet::language:
      return "lang";
    case Facet::topic:
      return "topic";
  }
  return {};
}

std::optional<Facet> facet_named(std::string_view name) {
  const auto* const found =
      std::ranges::find(all_facets, name, [](Facet facet) { return name_of(facet); });
  if (found == all_facets.end()) return std::nullopt;
  return *found;
}

}  // namespace dateline
