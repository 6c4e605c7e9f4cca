// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace dateline {

/// Keeps keys in the order they were put.
using Json = nlohmann::ordered_json;

/// `value` on one line, fit for a terminal: characters that could control one (C1 controls, DEL,
/// bidirectional controls, line separators) are written as \uXXXX, which is the same value to any
/// JSON reader. Ill-formed UTF-8 becomes U+FFFD.
std::string dump_json(const Json& value);

}  // namespace dateline
