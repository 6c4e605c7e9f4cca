// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/operations/damage.h"

#include <fmt/format.h>

namespace dateline {

std::string phrase_of(const Error& error, const std::filesystem::path& file) {
  const std::string message = error.what();
  const auto quoted = fmt::format("'{}' ", file.string());
  const auto at = message.find(quoted);
  return at == std::string::npos ? fmt::format("cannot be used: {}", message)
                                 : message.substr(at + quoted.size());
}

}  // namespace dateline
