// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dateline {

/// The groups of a user's synonyms.tsv: a line each, of two or more names or words that mean the
/// same in a query, with tabs between; '#' begins a comment line. None where there is no file.
/// Throws Error(usage) with file and line for what cannot be understood, Error(system_failure).
std::vector<std::vector<std::string>> read_synonym_file(const std::filesystem::path& path);

}  // namespace dateline
