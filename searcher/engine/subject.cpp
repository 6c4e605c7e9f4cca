// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/subject.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"
#include "searcher/engine/values.h"

namespace dateline {
namespace {

constexpr std::size_t most_listed = 10;

/// A name that somebody gave, and the type if they said it.
struct Named {
  std::string name;
  std::optional<EntityType> type;
};

Named take_name(Filters& filters) {
  if (filters.entities.size() == 1) return {std::exchange(filters.entities, {}).front(), {}};
  std::vector<Named> given;
  for (const auto type : all_entity_types) {
    for (const auto facet : value_facets) {
      if (name_of(facet) != name_of(type) || !filters.values.contains(facet)) continue;
      for (const auto& name : filters.values.at(facet)) given.push_back({name, type});
    }
  }
  if (!filters.entities.empty() || given.size() != 1) {
    throw Error(ExitCode::usage, "--profile describes one person, organisation or place",
                "dateline-search --profile --entity NAME, or --person, --org or --place NAME");
  }
  for (const auto facet : value_facets) {
    if (name_of(facet) == name_of(*given[0].type)) filters.values.erase(facet);
  }
  return given[0];
}

std::string described(const GenerationTables& tables, std::uint32_t entity) {
  return fmt::format("{} ({})", printable(tables.entity_name(entity)),
                     name_of(tables.entity_type(entity)));
}

[[noreturn]] void refuse_unknown(const GenerationTables& tables, const Named& named) {
  const auto close = close_names(tables, std::nullopt, named.name);
  throw Error(ExitCode::nothing_found,
              fmt::format("no {} '{}' in this index", named.type ? name_of(*named.type) : "entity",
                          printable(named.name)),
              close.empty() ? "dateline-index --entities lists the names"
                            : fmt::format("one of: {}", fmt::join(close, ", ")));
}

[[noreturn]] void refuse_ambiguous(const GenerationTables& tables, const Named& named,
                                   const std::vector<std::uint32_t>& found) {
  std::vector<std::string> list;
  bool one_type = true;
  for (std::size_t i = 0; i < found.size(); ++i) {
    one_type = one_type && tables.entity_type(found[i]) == tables.entity_type(found[0]);
    if (i < most_listed) list.push_back(described(tables, found[i]));
  }
  throw Error(ExitCode::usage,
              fmt::format("'{}' is {} entities: {}", printable(named.name), found.size(),
                          fmt::join(list, ", ")),
              one_type ? "give the whole name of one of them"
                       : "give --person, --org or --place in place of --entity");
}

}  // namespace

ProfileSubject find_subject(const GenerationTables& tables, const Filters& filters) {
  ProfileSubject subject{0, filters};
  const auto named = take_name(subject.others);
  const auto found = tables.entities_named(named.name, named.type);
  if (found.empty()) refuse_unknown(tables, named);
  if (found.size() > 1) refuse_ambiguous(tables, named, found);
  subject.entity = found.front();
  return subject;
}

}  // namespace dateline
