// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/xapian_error.h"

#include <fmt/format.h>

namespace dateline {

Error index_error(const Xapian::Error& e, const std::string& what) {
  const char* reason = e.get_error_string();  // of the system; null where it was not the system
  if (reason != nullptr) {
    return Error(ExitCode::system_failure, fmt::format("{}: {}: {}", what, e.get_msg(), reason),
                 "see what the system says of the disk: dmesg | tail");
  }
  return Error(ExitCode::damaged_index, fmt::format("{}: {}", what, e.get_msg()),
               "dateline-index --repair");
}

}  // namespace dateline
