// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dateline {

/// The path that stands for standard input.
inline constexpr const char* standard_input = "-";

/// How the paths of a list are divided.
enum class PathSeparator { line, nul };

/// The paths in the file `list`, in its order; `standard_input` may be the list, too. Empty ones
/// are left out. Error(ExitCode::usage) where it cannot be read, names nothing or names standard
/// input.
std::vector<std::filesystem::path> read_path_list(const std::string& list, PathSeparator separator);

}  // namespace dateline
