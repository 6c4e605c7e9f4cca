// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace dateline {

/// What an article can be counted and selected by.
enum class Facet { source, date, person, org, place, author, language, topic };

inline constexpr std::array all_facets{Facet::source, Facet::date,   Facet::person,   Facet::org,
                                       Facet::place,  Facet::author, Facet::language, Facet::topic};

/// All but the date, whose values are periods.
inline constexpr std::array value_facets{Facet::source, Facet::person,   Facet::org,  Facet::place,
                                         Facet::author, Facet::language, Facet::topic};

/// "source", "date", "person", "org", "place", "author", "lang", "topic": field names of a query,
/// option names and JSON keys alike.
std::string_view name_of(Facet facet);
std::optional<Facet> facet_named(std::string_view name);

/// The facet value of articles that state no source, author, language or topic, or no date.
inline constexpr std::string_view unknown_value = "unknown";
inline constexpr std::string_view undated_value = "undated";

}  // namespace dateline
