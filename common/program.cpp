// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/program.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xapian.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include "common/error.h"
#include "common/text/unicode.h"
#include "common/version.h"

namespace dateline {
namespace {

std::atomic<bool> stopped = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

extern "C" void note_signal(int signal) {
  stopped = true;
  std::signal(signal, SIG_DFL);
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
  try {
    return body();
  } catch (const Error& e) {
    return report(program, e.code(), e.what(), e.remedy());
  } catch (const Xapian::Error& e) {
    return report(program, ExitCode::damaged_index,
                  fmt::format("the index cannot be read: {}", e.get_description()),
                  "rebuild it: dateline-index --rebuild");
  } catch (const std::bad_alloc&) {
    return report(program, ExitCode::system_failure, "out of memory", "");
  } catch (const std::exception& e) {
    return report(program, ExitCode::internal, fmt::format("internal error: {}", e.what()), "");
  }
}

const std::atomic<bool>& stop_on_signals() {
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
  return stopped;
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
