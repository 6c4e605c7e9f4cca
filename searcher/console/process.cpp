// SPDX-License-Identifier: GPL-3.0-or-later
#include "searcher/console/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "common/file_io.h"

extern char** environ;

namespace dateline {
namespace {

/// Passes a signal over for as long as it lives.
class IgnoredSignal {
 public:
  explicit IgnoredSignal(int signal) : signal_(signal), before_(std::signal(signal, SIG_IGN)) {}
  ~IgnoredSignal() { std::signal(signal_, before_); }
  IgnoredSignal(const IgnoredSignal&) = delete;
  IgnoredSignal& operator=(const IgnoredSignal&) = delete;

 private:
  int signal_;
  void (*before_)(int);
};

/// What posix_spawn is told: standard input, and signals as a new program expects them.
class SpawnSettings {
 public:
  explicit SpawnSettings(int standard_input) {
    ::posix_spawn_file_actions_init(&actions_);
    if (standard_input >= 0) {
      ::posix_spawn_file_actions_adddup2(&actions_, standard_input, STDIN_FILENO);
    }
    ::posix_spawnattr_init(&attributes_);
    sigset_t restored;
    ::sigemptyset(&restored);
    for (const int signal : {SIGINT, SIGQUIT, SIGPIPE}) ::sigaddset(&restored, signal);
    ::posix_spawnattr_setsigdefault(&attributes_, &restored);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

void feed(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto n = ::write(descriptor, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return;  // the reader has seen enough
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

bool ended_well(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

Command split_command(std::string_view text) {
  Command words;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    if (!word.empty()) words.emplace_back(word);
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  return words;
}

bool run_command(const Command& command, const std::string* input) {
  if (command.empty()) return false;
  FileDescriptor read_end;
  FileDescriptor write_end;
  if (input != nullptr) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read_end = FileDescriptor(ends[0]);
    write_end = FileDescriptor(ends[1]);
  }
  auto words = command;
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  const IgnoredSignal no_interrupt(SIGINT);
  const IgnoredSignal no_quit(SIGQUIT);
  const IgnoredSignal no_pipe(SIGPIPE);
  const SpawnSettings settings(read_end.get());
  pid_t child = 0;
  if (::posix_spawnp(&child, arguments[0], settings.actions(), settings.attributes(),
                     arguments.data(), environ) != 0) {
    return false;
  }
  read_end = FileDescriptor();
  if (input != nullptr) feed(write_end.get(), *input);
  write_end = FileDescriptor();
  return ended_well(child);
}

}  // namespace dateline
