// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "tests/bench/engine.h"
#include "tests/bench/generated_set.h"
#include "tests/bench/questions.h"
#include "tests/bench/report.h"

namespace dateline::bench {

/// What dateline's answers cost beside other answers of its own, and beside reading the same bytes.
/// `questions`: ORs.
std::vector<Figure> own_ratios(const std::filesystem::path& index, Engine& product,
                               const std::vector<Question>& questions, std::size_t rounds);

/// The program as its users start it: for one question, and for a thousand on one thread and two.
std::vector<Figure> program_figures(const std::filesystem::path& index, Engine& product,
                                    const std::vector<Question>& questions, std::size_t rounds);

/// What one changed article in a hundred costs beside `full_seconds`, that of a full build.
std::vector<Figure> update_figures(const std::filesystem::path& index,
                                   const std::filesystem::path& articles, GeneratedSet& set,
                                   double full_seconds, std::size_t rounds);

}  // namespace dateline::bench
