// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "searcher/interactive/value_names.h"

namespace dateline {

/// What a line can go on with.
struct Completion {
  std::size_t begin = 0;            ///< byte of the line from which on an offer replaces it
  std::vector<std::string> offers;  ///< at most max_offers
  /// What replaces the line from `begin` on before anybody chooses: what all offers begin with, or
  /// what is there if that is more.
  std::string common;
  bool ends_word = false;  ///< a single offer is whole: a space may follow
};

inline constexpr std::size_t max_offers = 100;

/// Completes the part of a line before the cursor: a command, a command's argument, a field of the
/// query language, or the value of a field from `names`.
Completion complete(std::string_view line, ValueNames& names);

}  // namespace dateline
