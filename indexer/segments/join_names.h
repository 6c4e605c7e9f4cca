// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "common/bitset.h"
#include "common/index/column_file.h"

namespace dateline {

/// The names of several dictionaries as one; refers to the files that these are in.
struct JoinedNames {
  static constexpr auto unused = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::string_view> names;            ///< each once, in byte order
  std::vector<std::vector<std::uint32_t>> place;  ///< in `names`, by dictionary and ordinal there
};

/// `dictionaries`: each in byte order. `used`: which names of each are to be taken.
JoinedNames join_names(const std::vector<const StringTable*>& dictionaries,
                       const std::vector<Bitset>& used);

}  // namespace dateline
