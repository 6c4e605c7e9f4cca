// SPDX-License-Identifier: GPL-3.0-or-later
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>

#include "tests/support/articles.h"

using namespace dateline;
using namespace dateline::test;
using Catch::Matchers::Contains;

namespace {

constexpr std::chrono::seconds patience{30};

/// dateline-search on a pseudo terminal of 80 columns, without colour.
class TerminalSession {
 public:
  TerminalSession(const std::filesystem::path& db, const std::filesystem::path& state,
                  const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{search_program().string(), "--db", db.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    std::vector<std::string> environment{"PATH=/usr/bin:/bin",
                                         "LANG=C.UTF-8",
                                         "HOME=/nonexistent",
                                         "INPUTRC=/nonexistent",
                                         "TERM=vt100",
                                         "NO_COLOR=1",
                                         "XDG_STATE_HOME=" + state.string()};
    const auto argument_list = pointers(arguments);
    const auto environment_list = pointers(environment);
    winsize size{};
    size.ws_row = 24;
    size.ws_col = 80;
    child_ = ::forkpty(&terminal_, nullptr, nullptr, &size);
    if (child_ < 0) throw std::runtime_error("forkpty");
    if (child_ == 0) {
      ::execve(argument_list[0], argument_list.data(), environment_list.data());
      ::_exit(127);
    }
  }
  ~TerminalSession() {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
    ::close(terminal_);
  }
  TerminalSession(const TerminalSession&) = delete;
  TerminalSession& operator=(const TerminalSession&) = delete;

  void type(std::string_view keys) {
    seen_.clear();
    REQUIRE(::write(terminal_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  }

  /// Everything shown since the last type(), once `text` is among it.
  const std::string& wait_for(const std::string& text) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (seen_.find(text) == std::string::npos && read_until(deadline)) {
    }
    INFO("waiting for: " << text << "\nseen:\n" << seen_);
    REQUIRE(seen_.find(text) != std::string::npos);
    return seen_;
  }

  /// The exit code once the program has ended; 128 + signal number if a signal ended it.
  int wait_for_end() {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (read_until(deadline)) {
    }
    INFO(seen_);
    REQUIRE(std::chrono::steady_clock::now() < deadline);
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  void send(int signal) { REQUIRE(::kill(child_, signal) == 0); }

 private:
  static std::vector<char*> pointers(std::vector<std::string>& strings) {
    std::vector<char*> list;
    for (auto& s : strings) list.push_back(s.data());
    list.push_back(nullptr);
    return list;
  }

  /// False when the program has closed the terminal, or the deadline has passed.
  bool read_until(std::chrono::steady_clock::time_point deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd end{terminal_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&end, 1, static_cast<int>(left.count())) <= 0) return false;
    std::array<char, 4096> buffer{};
    const auto n = ::read(terminal_, buffer.data(), buffer.size());
    if (n <= 0) return false;
    seen_.append(buffer.data(), static_cast<std::size_t>(n));
    return true;
  }

  int terminal_ = -1;
  pid_t child_ = -1;
  std::string seen_;
};

}  // namespace

TEST_CASE("on a terminal a query is asked, narrowed, taken back and ended", "[cli]") {
  const TempDir state;
  TerminalSession terminal(indexed_sample_set().db(), state.path());
  terminal.wait_for("dateline> ");
  terminal.type("xi moscow\r");
  terminal.wait_for("8 articles for xi moscow");
  terminal.wait_for("dateline> ");
  terminal.type("+1\r");
  terminal.wait_for("4 articles for xi moscow");
  terminal.wait_for("dateline [Northern Wire]> ");
  terminal.type("1\r");
  terminal.wait_for("NW-2023-0317-001");
  terminal.wait_for("dateline [Northern Wire]> ");
  terminal.type("/back\r");
  terminal.wait_for("8 articles for xi moscow");
  terminal.wait_for("dateline> ");
  terminal.type("/quit\r");
  CHECK(terminal.wait_for_end() == 0);
  CHECK(read_text(state / "dateline/history") == "xi moscow\n+1\n1\n/back\n/quit\n");
}

TEST_CASE("Tab completes a name, and offers those there are", "[cli]") {
  const TempDir state;
  TerminalSession terminal(indexed_sample_set().db(), state.path());
  terminal.wait_for("dateline> ");
  terminal.type("/fac\tpers\t");
  terminal.wait_for("/facets person ");
  terminal.type("\x15person:wang\t");
  terminal.wait_for("\"Wang Yi\"");
  terminal.type("\x15person:zelens\t");
  terminal.wait_for("\"Volodymyr Zelensky\"");
  terminal.type("\x15\x04");
  CHECK(terminal.wait_for_end() == 0);
}

TEST_CASE("Ctrl-C drops the line and ends nothing; Ctrl-D ends", "[cli]") {
  const TempDir state;
  TerminalSession terminal(indexed_sample_set().db(), state.path());
  terminal.wait_for("dateline> ");
  terminal.type("xi mosc");
  terminal.wait_for("xi mosc");
  terminal.type("\x03");
  terminal.wait_for("^C\r\ndateline> ");
  terminal.type("zelensky\r");
  terminal.wait_for("for zelensky");
  terminal.wait_for("dateline> ");
  terminal.type("\x04");
  CHECK(terminal.wait_for_end() == 0);
  CHECK(read_text(state / "dateline/history") == "zelensky\n");
}

TEST_CASE("a bad query is answered on the terminal and the dialogue goes on", "[cli]") {
  const TempDir state;
  TerminalSession terminal(indexed_sample_set().db(), state.path());
  terminal.wait_for("dateline> ");
  terminal.type("xi \"visit\r");
  terminal.wait_for("try: ");
  terminal.wait_for("dateline> ");
  terminal.type("/quit\r");
  CHECK(terminal.wait_for_end() == 0);
}

TEST_CASE("earlier lines come back with the arrow, but not with --no-history", "[cli]") {
  const TempDir state;
  state.write("dateline/history", "from earlier days\n");
  {
    TerminalSession terminal(indexed_sample_set().db(), state.path());
    terminal.wait_for("dateline> ");
    terminal.type("\x10");
    terminal.wait_for("from earlier days");
  }
  TerminalSession terminal(indexed_sample_set().db(), state.path(), {"--no-history"});
  terminal.wait_for("dateline> ");
  terminal.type("\x10xi\r");
  terminal.wait_for("articles for xi");
  terminal.type("/quit\r");
  CHECK(terminal.wait_for_end() == 0);
  CHECK(read_text(state / "dateline/history") == "from earlier days\n");
}

TEST_CASE("SIGTERM ends a dialogue with 130", "[cli]") {
  const TempDir state;
  TerminalSession terminal(indexed_sample_set().db(), state.path());
  terminal.wait_for("dateline> ");
  terminal.send(SIGTERM);
  CHECK(terminal.wait_for_end() == 130);
}

TEST_CASE("without an index a terminal gets the error and exit code of any search", "[cli]") {
  const TempDir dir;
  TerminalSession terminal(dir / "none", dir.path());
  terminal.wait_for("no index at");
  CHECK(terminal.wait_for_end() == 3);
}
