// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the text, it is a date that reads back as itself, or a problem with a reason.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "common/date.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dateline;
  const Day latest{std::chrono::days{20'000}};
  const ParsedDate parsed = parse_date({reinterpret_cast<const char*>(data), size}, latest);
  if (const auto* date = std::get_if<Timestamp>(&parsed)) {
    const ParsedDate again = parse_date(format_timestamp(*date), latest);
    const auto* same = std::get_if<Timestamp>(&again);
    if (!same || same->day != date->day || date->day > latest) std::abort();
  } else if (std::get<DateProblem>(parsed).reason.empty()) {
    std::abort();
  }
  return 0;
}
