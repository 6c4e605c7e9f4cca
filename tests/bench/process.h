// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <string>
#include <vector>

namespace dateline::bench {

/// A process that answers a line with a line, until this goes. One thread.
class Process {
 public:
  /// The first word is looked for in $PATH. Throws std::runtime_error.
  explicit Process(std::vector<std::string> command);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Throws std::runtime_error where it ends instead.
  std::string read_line();
  std::string ask(const std::string& line);

 private:
  std::string name_;
  pid_t child_ = -1;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
};

}  // namespace dateline::bench
