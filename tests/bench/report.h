// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/asking.h"
#include "tests/bench/building.h"
#include "tests/bench/samples.h"

namespace dateline::bench {

/// A line of the table of what is wanted.
struct Figure {
  std::string what;
  std::string figure;  ///< what was measured, with its unit
  Spread ratio;
  std::optional<double> wanted;  ///< none: it is only told
  bool at_least = false;         ///< else at most
};

/// What is measured, and where.
struct Setting {
  std::string set;  ///< "1,000,000 generated articles"
  std::uint64_t articles = 0;
  std::uint64_t text_bytes = 0;
  std::size_t rounds = 0;
  std::size_t build_rounds = 0;
};

/// All in Markdown.
std::string head_of_report(const std::string& command);
std::string setting_text(const Setting& setting);
std::string table_of(const std::vector<Figure>& figures);
std::string table_of(const std::vector<BuildTimes>& builds, std::uint64_t text_bytes);
std::string table_of(const std::vector<AskedKind>& kinds);

}  // namespace dateline::bench
