// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "corpus/metadata/outlets.h"

namespace dateline {

/// What stands before the dash that many news texts begin with; "" for what is not there.
struct Dateline {
  std::string place;   ///< "Moscow" of "MOSCOW, March 17 (Reuters) - "
  std::string source;  ///< "Reuters", as it is written
};

/// Reads the dateline at the start of a text. A place is taken only in capitals before a date,
/// or before an agency; an agency only where the table of outlets knows it, or behind a date.
Dateline read_dateline(std::string_view text, const OutletNames& outlets);

}  // namespace dateline
