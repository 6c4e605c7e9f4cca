// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace dateline::test {

/// What a finished program left behind.
struct Run {
  int exit_code = -1;  ///< 128 + signal number if a signal ended it
  std::string out;
  std::string err;
};

struct RunOptions {
  std::map<std::string, std::string> environment{};  ///< added to a bare one
  std::filesystem::path folder{};                    ///< to run in; where the test runs if empty
  std::string input{};                               ///< for stdin
};

Run run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                const RunOptions& options = {});

/// The two programs as built. Neither colour nor $DATELINE_DB is in their environment.
Run dateline_index(const std::vector<std::string>& arguments, const RunOptions& options = {});
Run dateline_search(const std::vector<std::string>& arguments, const RunOptions& options = {});

std::filesystem::path index_program();
std::filesystem::path search_program();

/// The repository, for the sample set and the documents.
std::filesystem::path source_folder();

}  // namespace dateline::test
