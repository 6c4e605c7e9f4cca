// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

namespace dateline::bench {

Process::Process(std::vector<std::string> command) : name_(command.at(0)) {
  std::vector<char*> arguments;
  for (auto& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array<int, 2> to{};
  std::array<int, 2> from{};
  if (::pipe2(to.data(), O_CLOEXEC) != 0 || ::pipe2(from.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe to " + name_);
  }
  std::signal(SIGPIPE, SIG_IGN);  // one that ended is told by what read_line() throws
  child_ = ::fork();
  if (child_ == 0) {
    ::dup2(to[0], STDIN_FILENO);
    ::dup2(from[1], STDOUT_FILENO);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(to[0]);
  ::close(from[1]);
  to_ = ::fdopen(to[1], "w");
  from_ = ::fdopen(from[0], "r");
  if (child_ < 0 || to_ == nullptr || from_ == nullptr) {
    throw std::runtime_error(name_ + " cannot be started");
  }
}

Process::~Process() {
  std::fclose(to_);  // which ends it
  std::fclose(from_);
  ::waitpid(child_, nullptr, 0);
}

std::string Process::read_line() {
  std::string line;
  for (int c = std::fgetc(from_); c != '\n'; c = std::fgetc(from_)) {
    if (c == EOF) throw std::runtime_error(name_ + " has ended");
    line += static_cast<char>(c);
  }
  return line;
}

std::string Process::ask(const std::string& line) {
  std::fputs((line + '\n').c_str(), to_);
  std::fflush(to_);
  return read_line();
}

}  // namespace dateline::bench
