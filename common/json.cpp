// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/json.h"

#include <fmt/format.h>

#include "common/text/unicode.h"

namespace dateline {

std::string dump_json(const Json& value) {
  const auto raw = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size();) {
    const auto start = i;
    const auto c = next_code_point(raw, i);
    if (is_unprintable(c)) {
      // Only inside a string can such a character stand, so an escape is right wherever it does.
      safe += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      safe.append(raw, start, i - start);
    }
  }
  return safe;
}

}  // namespace dateline
