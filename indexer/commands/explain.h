// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "common/terminal.h"
#include "corpus/reader.h"

namespace dateline {

/// How dateline-index --explain shows what was read.
enum class ExplainFormat { text, json_lines };

struct ExplainCounts {
  std::uint64_t articles = 0;
  std::uint64_t refused = 0;
};

/// Reads the files and folders named, "-" being standard input, and hands each article, as it would
/// be indexed, to `print` as text for a reader, or as one JSON object a line (docs/json-output.md);
/// likewise what is refused. In the order of the files' names; text in lines of `width` columns.
/// Error(ExitCode::usage) where a path is not there.
ExplainCounts explain_reading(const std::vector<std::filesystem::path>& paths,
                              const FileChoice& choice, const ReadOptions& options,
                              ExplainFormat format, const Palette& palette, std::size_t width,
                              const std::function<void(std::string_view)>& print);

}  // namespace dateline
