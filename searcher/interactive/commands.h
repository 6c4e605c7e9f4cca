// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/engine/request.h"

namespace dateline {

/// What one line of a dialogue asks for.
struct Command {
  enum class Kind {
    nothing,  ///< a blank line
    query,    ///< `text`
    open,     ///< the hit of rank numbers[0]
    toggle,   ///< select, or no longer select, the facet values of these numbers
    back,
    clear,
    drop,  ///< the selection of number numbers[0]; none: the last
    explain,
    facets,  ///< of `facet`, the values in which a word begins with `text`; none: of every facet
    help,
    more,
    next,
    previous,
    quit,
    similar,  ///< to the hit of rank numbers[0]
    sort,     ///< by `order`
  };
  Kind kind = Kind::nothing;
  std::string text;
  std::vector<std::size_t> numbers;
  std::optional<Facet> facet;
  SortOrder order = SortOrder::relevance;
};

/// A command that begins with '/': parser, help and completion are all made from the rows.
struct CommandRow {
  Command::Kind kind;
  std::string_view name;      ///< without the '/'
  std::string_view argument;  ///< "N"; in brackets where it may be left out
  std::string_view help;
};
std::span<const CommandRow> command_rows();

/// The values of `/sort`.
std::span<const std::string_view> sort_names();

/// Understands a line; the beginning of a command's name is enough where no other begins so. Throws
/// Error(usage) for a command there is not, or one without what it needs.
Command parse_command(std::string_view line);

}  // namespace dateline
