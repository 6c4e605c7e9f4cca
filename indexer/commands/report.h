// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

#include "common/terminal.h"
#include "indexer/update/update.h"

namespace dateline {

/// The summary of a run for a reader: a few lines, the refused articles first, at most
/// `max_listed_refusals` of them.
std::string report_text(const UpdateReport& report, std::chrono::milliseconds elapsed,
                        const Palette& palette);

/// The same as one JSON object, with every refusal that is kept; docs/json-output.md.
std::string report_json(const UpdateReport& report, std::chrono::milliseconds elapsed);

/// A path below the working folder as one would type it there, fit for a terminal.
std::string shown_path(const std::string& path);

inline constexpr std::size_t max_listed_refusals = 20;

}  // namespace dateline
