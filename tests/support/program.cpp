// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <thread>

namespace dateline::test {
namespace {

/// What CMakePresets.json has sanitizers exit with. No program here does so by itself.
constexpr int sanitizer_exit_code = 99;

struct Pipe {
  int read_end = -1;
  int write_end = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
    read_end = ends[0];
    write_end = ends[1];
  }
};

std::vector<std::string> environment_of(const RunOptions& options) {
  std::map<std::string, std::string> all{
      {"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}, {"HOME", "/nonexistent"}};
  for (const auto* name : {"ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) all[name] = value;
  }
  for (const auto& [name, value] : options.environment) all[name] = value;
  std::vector<std::string> list;
  for (const auto& [name, value] : all) list.push_back(name + '=' + value);
  return list;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> list;
  for (auto& s : strings) list.push_back(s.data());
  list.push_back(nullptr);
  return list;
}

[[noreturn]] void become(const std::filesystem::path& program, std::vector<std::string> arguments,
                         const RunOptions& options, const Pipe& in, const Pipe& out,
                         const Pipe& err) {
  ::dup2(in.read_end, STDIN_FILENO);
  ::dup2(out.write_end, STDOUT_FILENO);
  ::dup2(err.write_end, STDERR_FILENO);
  std::signal(SIGPIPE, SIG_DFL);
  if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
  arguments.insert(arguments.begin(), program.string());
  auto environment = environment_of(options);
  ::execve(program.c_str(), pointers(arguments).data(), pointers(environment).data());
  ::_exit(127);
}

/// Feeds and drains the program at once, so that neither side waits for the other.
void exchange(const std::string& input, int in, int out, int err, Run& run) {
  std::size_t written = 0;
  std::array<pollfd, 3> ends{pollfd{in, POLLOUT, 0}, pollfd{out, POLLIN, 0},
                             pollfd{err, POLLIN, 0}};
  const auto close_end = [](pollfd& end) {
    ::close(end.fd);
    end.fd = -1;
  };
  if (input.empty()) close_end(ends[0]);
  std::array<char, 65536> buffer{};
  while (ends[1].fd >= 0 || ends[2].fd >= 0) {
    if (::poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) break;
    if (ends[0].fd >= 0 && ends[0].revents != 0) {
      const auto n = ::write(ends[0].fd, input.data() + written, input.size() - written);
      if (n > 0) written += static_cast<std::size_t>(n);
      const bool gone = n < 0 && errno != EAGAIN && errno != EINTR;
      if (gone || written == input.size()) close_end(ends[0]);
    }
    for (auto* end : {&ends[1], &ends[2]}) {
      if (end->fd < 0 || end->revents == 0) continue;
      const auto n = ::read(end->fd, buffer.data(), buffer.size());
      if (n <= 0) {
        close_end(*end);
      } else {
        (end == &ends[1] ? run.out : run.err).append(buffer.data(), static_cast<std::size_t>(n));
      }
    }
  }
  if (ends[0].fd >= 0) close_end(ends[0]);
}

}  // namespace

Run run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                const RunOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  const Pipe in;
  const Pipe out;
  const Pipe err;
  const auto child = ::fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) become(program, arguments, options, in, out, err);
  ::close(in.read_end);
  ::close(out.write_end);
  ::close(err.write_end);
  ::fcntl(in.write_end, F_SETFL, O_NONBLOCK);  // a full pipe must not keep us from draining
  Run run;
  exchange(options.input, in.write_end, out.read_end, err.read_end, run);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (run.exit_code == sanitizer_exit_code) {
    throw std::runtime_error("a sanitizer stopped the program:\n" + run.err);
  }
  return run;
}

BackgroundProgram::BackgroundProgram(const std::filesystem::path& program,
                                     const std::vector<std::string>& arguments,
                                     const RunOptions& options) {
  const Pipe in;
  const Pipe out;
  const Pipe err;
  std::signal(SIGPIPE, SIG_IGN);
  child_ = ::fork();
  if (child_ < 0) throw std::runtime_error("fork");
  if (child_ == 0) become(program, arguments, options, in, out, err);
  ::close(in.read_end);
  ::close(out.write_end);
  ::close(err.write_end);
  const auto& input = options.input;
  const bool fed =
      ::write(in.write_end, input.data(), input.size()) == static_cast<ssize_t>(input.size());
  ::close(in.write_end);
  if (!fed) throw std::runtime_error("the program does not take its input");
  out_end_ = out.read_end;
  err_end_ = err.read_end;
}

BackgroundProgram::~BackgroundProgram() {
  if (child_ > 0) {
    signal(SIGKILL);
    reap();
  }
  ::close(out_end_);
  ::close(err_end_);
}

void BackgroundProgram::signal(int number) const {
  if (child_ > 0) ::kill(child_, number);
}

bool BackgroundProgram::stands_still(Time within) const {
  const auto end = std::chrono::steady_clock::now() + within;
  while (child_ > 0 && std::chrono::steady_clock::now() < end) {
    siginfo_t state{};
    const int changes = WSTOPPED | WEXITED | WNOHANG | WNOWAIT;
    if (::waitid(P_PID, static_cast<id_t>(child_), &state, changes) != 0) return false;
    if (state.si_pid != 0) return state.si_code == CLD_STOPPED;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return false;
}

void BackgroundProgram::reap() {
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  child_ = -1;
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Takes what either stream has; false at `end`, and when both are closed.
bool BackgroundProgram::read_more(std::chrono::steady_clock::time_point end) {
  std::array<pollfd, 2> ends{pollfd{out_end_, POLLIN, 0}, pollfd{err_end_, POLLIN, 0}};
  if (out_end_ < 0 && err_end_ < 0) return false;
  const auto left = std::chrono::ceil<Time>(end - std::chrono::steady_clock::now()).count();
  // Past the end, too, what is there already is taken.
  const auto timeout = static_cast<int>(std::max<Time::rep>(0, left));
  if (::poll(ends.data(), ends.size(), timeout) <= 0) return false;
  std::array<char, 65536> buffer{};
  for (const bool is_out : {true, false}) {
    if (ends[is_out ? 0 : 1].revents == 0) continue;
    auto& descriptor = is_out ? out_end_ : err_end_;
    const auto n = ::read(descriptor, buffer.data(), buffer.size());
    if (n > 0) {
      (is_out ? out_ : err_).append(buffer.data(), static_cast<std::size_t>(n));
    } else {
      ::close(descriptor);
      descriptor = -1;
    }
  }
  return true;
}

std::optional<std::string> BackgroundProgram::next_line(Time within) {
  const auto end = std::chrono::steady_clock::now() + within;
  while (true) {
    if (const auto length = out_.find('\n'); length != std::string::npos) {
      auto line = out_.substr(0, length);
      out_.erase(0, length + 1);
      return line;
    }
    if (!read_more(end)) return std::nullopt;
  }
}

bool BackgroundProgram::says(std::string_view text, Time within) {
  const auto end = std::chrono::steady_clock::now() + within;
  while (true) {
    if (const auto at = err_.find(text, err_found_); at != std::string::npos) {
      err_found_ = at + text.size();
      return true;
    }
    if (!read_more(end)) return false;
  }
}

Run BackgroundProgram::finish(Time within) {
  const auto end = std::chrono::steady_clock::now() + within;
  while (std::chrono::steady_clock::now() < end && read_more(end)) {
  }
  if (child_ > 0) {
    if (out_end_ >= 0 || err_end_ >= 0) signal(SIGKILL);
    reap();
  }
  return {exit_code_, out_, err_};
}

std::filesystem::path index_program() { return DATELINE_INDEX_PROGRAM; }
std::filesystem::path search_program() { return DATELINE_SEARCH_PROGRAM; }
std::filesystem::path source_folder() { return DATELINE_SOURCE_DIR; }

Run dateline_index(const std::vector<std::string>& arguments, const RunOptions& options) {
  return run_program(index_program(), arguments, options);
}

Run dateline_search(const std::vector<std::string>& arguments, const RunOptions& options) {
  return run_program(search_program(), arguments, options);
}

}  // namespace dateline::test
