// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/timestamp.h"

#include <fmt/chrono.h>

namespace dateline {
namespace {

std::string date_and_time(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

}  // namespace

std::string utc_seconds(std::chrono::system_clock::time_point time) {
  return date_and_time(std::chrono::floor<std::chrono::seconds>(time)) + "Z";
}

std::string utc_milliseconds(std::chrono::system_clock::time_point time) {
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(time - second);
  return fmt::format("{}.{:03}Z", date_and_time(second), rest.count());
}

}  // namespace dateline
