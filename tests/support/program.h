// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
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

/// A program that goes on while the test does. Killed, by its process id, when this goes.
class BackgroundProgram {
 public:
  using Time = std::chrono::milliseconds;
  static constexpr Time soon{20'000};  ///< so long no claim of a test need wait

  /// `options.input` may have 64 KiB.
  BackgroundProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const RunOptions& options = {});
  ~BackgroundProgram();
  BackgroundProgram(const BackgroundProgram&) = delete;
  BackgroundProgram& operator=(const BackgroundProgram&) = delete;

  pid_t process() const { return child_; }
  void signal(int number) const;
  /// Whether it stands still by SIGSTOP, now or in time.
  bool stands_still(Time within = soon) const;

  /// The next line of stdout, without its end; none where none comes in time.
  std::optional<std::string> next_line(Time within = soon);
  /// Whether stderr says this, now or in time, behind what an earlier call found.
  bool says(std::string_view text, Time within = soon);
  /// All of stderr so far.
  const std::string& err() const { return err_; }
  /// Its end, with what stdout held behind the lines taken and all of stderr. Killed, and so with
  /// exit code 137, where it does not end in time.
  Run finish(Time within = soon);

 private:
  bool read_more(std::chrono::steady_clock::time_point end);
  void reap();

  pid_t child_ = -1;
  int out_end_ = -1;
  int err_end_ = -1;
  std::string out_;
  std::string err_;
  std::size_t err_found_ = 0;
  int exit_code_ = -1;
};

/// The two programs as built. Neither colour nor $DATELINE_DB is in their environment.
Run dateline_index(const std::vector<std::string>& arguments, const RunOptions& options = {});
Run dateline_search(const std::vector<std::string>& arguments, const RunOptions& options = {});

std::filesystem::path index_program();
std::filesystem::path search_program();

/// The repository, for the sample set and the documents.
std::filesystem::path source_folder();

}  // namespace dateline::test
