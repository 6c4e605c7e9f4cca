// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/engine/subject.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "common/error.h"
#include "common/text/edit_distance.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

constexpr std::size_t most_close_names = 5;
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
  const auto close = close_names(tables, named.name);
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

/// Whether all of the name's words begin words of the other, in their order.
bool is_part(std::string_view name, std::string_view other) {
  return (' ' + std::string(other) + ' ').find(' ' + std::string(name)) != std::string::npos;
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

std::vector<std::string> close_names(const GenerationTables& tables, const std::string& name) {
  const auto wanted = fold_name(name);
  const auto reach = std::max<std::size_t>(1, std::min<std::size_t>(wanted.size() / 4, 3));
  std::vector<std::pair<std::size_t, std::uint32_t>> close;
  for (std::uint32_t e = 0; e < tables.entities.size(); ++e) {
    const auto other = fold_name(tables.entity_name(e));
    const auto longer = std::max(wanted.size(), other.size());
    if (longer - std::min(wanted.size(), other.size()) <= reach) {
      const auto distance = edit_distance(wanted, other);
      if (distance <= reach) close.emplace_back(distance, e);
    } else if (!wanted.empty() && is_part(wanted, other)) {
      close.emplace_back(reach + 1, e);
    }
  }
  std::ranges::sort(close);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(close.size(), most_close_names); ++i) {
    names.push_back(described(tables, close[i].second));
  }
  return names;
}

}  // namespace dateline
