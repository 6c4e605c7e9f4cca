// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <xapian.h>

#include <string>

#include "common/error.h"

namespace dateline {

/// What Xapian threw while it read an index, told as ours, behind `what`: system_failure where the
/// system refused to read, damaged_index where what is there is not what was written.
Error index_error(const Xapian::Error& e, const std::string& what);

}  // namespace dateline
