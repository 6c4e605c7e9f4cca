// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "tests/bench/asking.h"
#include "tests/bench/building.h"
#include "tests/bench/report.h"

namespace dateline::bench {

/// What is wanted of building and of asking, beside the peers. What was not measured is left out.
/// REQUIRES: the first build, if any, is dateline's on two threads.
std::vector<Figure> claims_of(const std::vector<BuildTimes>& builds, std::uint64_t text_bytes);
std::vector<Figure> claims_of(const std::vector<AskedKind>& asked);

}  // namespace dateline::bench
