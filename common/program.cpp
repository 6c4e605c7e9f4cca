// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xapian.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <new>
#include <system_error>

#include "common/error.h"
#include "common/file_io.h"
#include "common/index/xapian_error.h"
#include "common/shell.h"
#include "common/text/unicode.h"
#include "common/version.h"

namespace dateline {
namespace {

std::atomic<bool> stopped = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

/// Read end and write end; written to by the signal handler, so that poll() returns.
std::array<int, 2> stop_pipe{-1, -1};

extern "C" void note_signal(int signal) {
  const int saved = errno;
  stopped = true;
  if (stop_pipe[1] >= 0 && ::write(stop_pipe[1], "", 1) < 0) errno = saved;
  std::signal(signal, SIG_DFL);
}

/// What a mapped file says when its disk fails, or when somebody cuts it short: there is no way to
/// go on from there.
extern "C" void end_without_file(int) {
  constexpr std::string_view message =
      "a file of the index cannot be read: the disk fails, or somebody cut it short\n"
      "  try: dmesg | tail; then dateline-index --repair\n";
  const auto written = ::write(STDERR_FILENO, message.data(), message.size());
  ::_exit(static_cast<int>(written < 0 ? ExitCode::internal : ExitCode::system_failure));
}

int report(std::string_view program, ExitCode code, std::string_view cause,
           std::string_view remedy) {
  const Palette palette(use_colour(ColourChoice::automatic, STDERR_FILENO));
  auto text =
      fmt::format("{} {}\n", palette.problem(fmt::format("{}:", program)), printable_text(cause));
  if (!remedy.empty()) text += fmt::format("  try: {}\n", printable(remedy));
  fmt::print(stderr, "{}", text);
  return static_cast<int>(code);
}

}  // namespace

std::string version_text(std::string_view program) {
  return fmt::format("{} {} (Xapian {})\n", program, version, Xapian::version_string());
}

int run_program(std::string_view program, const std::function<int()>& body) {
  std::signal(SIGBUS, end_without_file);
  try {
    return body();
  } catch (const Error& e) {
    return report(program, e.code(), e.what(), e.remedy());
  } catch (const Xapian::Error& e) {
    const auto error = index_error(e, "the index cannot be read");
    return report(program, error.code(), error.what(), error.remedy());
  } catch (const std::filesystem::filesystem_error& e) {
    const auto error = system_error(e);
    return report(program, error.code(), error.what(), error.remedy());
  } catch (const std::system_error& e) {
    return report(program, ExitCode::system_failure,
                  fmt::format("the system refused: {}", e.what()),
                  "see what it is short of, and run again: ulimit -a");
  } catch (const std::bad_alloc&) {
    return report(program, ExitCode::system_failure, "out of memory",
                  "free some memory, allow more (--memory) or use fewer threads: --threads 1");
  } catch (const std::exception& e) {
    return report(program, ExitCode::internal, fmt::format("internal error: {}", e.what()), "");
  }
}

ExitCode with_remedies_at(const std::string& db, const std::function<ExitCode()>& body) {
  const auto at_index = [&](const Error& e) {
    return Error(e.code(), e.what(), remedy_at(e.remedy(), db));
  };
  try {
    return body();
  } catch (const Error& e) {
    throw at_index(e);
  } catch (const Xapian::Error& e) {
    throw at_index(index_error(e, "the index cannot be read"));
  }
}

const std::atomic<bool>& stop_on_signals() {
  if (stop_pipe[0] < 0 && ::pipe2(stop_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
    throw Error(ExitCode::system_failure,
                fmt::format("no pipe for signals: {}", std::strerror(errno)));
  }
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
  return stopped;
}

int stop_descriptor() { return stop_pipe[0]; }

LinkChoice link_choice(const std::string& value) {
  if (value == "always") return LinkChoice::always;
  if (value == "never") return LinkChoice::never;
  return LinkChoice::automatic;
}

ColourChoice colour_choice(const std::string& value) {
  if (value == "always") return ColourChoice::always;
  if (value == "never") return ColourChoice::never;
  return ColourChoice::automatic;
}

void print_out(std::string_view text) {
  while (!text.empty()) {
    const auto n = ::write(STDOUT_FILENO, text.data(), text.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      throw Error(ExitCode::system_failure,
                  fmt::format("cannot write the output: {}", std::strerror(errno)));
    }
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

}  // namespace dateline
