// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/event_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "common/error.h"
#include "common/text/unicode.h"
#include "common/timestamp.h"

namespace dateline {
namespace {

constexpr const char* standard_error = "-";
constexpr std::array<const char*, 3> level_names{"info", "warning", "error"};

/// Whether `file` still stands at `path`: log rotation moves it away.
bool stands_at(const std::filesystem::path& path, int file) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

}  // namespace

EventLog::EventLog(const std::filesystem::path& path) {
  if (path == standard_error) return;
  path_ = std::filesystem::absolute(path).lexically_normal();
  if (open()) return;
  throw Error(
      ExitCode::usage,
      fmt::format("the log '{}' cannot be opened: {}", path_.string(), std::strerror(errno)),
      "--log FILE where it may be written, or --log - for stderr");
}

bool EventLog::open() {
  // A FIFO that nobody reads is refused, not waited for.
  file_ = FileDescriptor(
      ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600));
  return static_cast<bool>(file_);
}

void EventLog::write(Level level, std::string_view event, const Json& fields) {
  Json line = {{"time", utc_milliseconds(std::chrono::system_clock::now())},
               {"level", level_names[static_cast<std::size_t>(level)]},
               {"event", event},
               {"process", ::getpid()}};
  line.update(fields);
  append((line_cut_ ? "\n" : "") + dump_json(line) + "\n");
}

void EventLog::append(std::string_view line) {
  if (!path_.empty() && (!file_ || !stands_at(path_, file_.get())) && !open()) {
    complain(errno);
    return;
  }
  const int file = path_.empty() ? STDERR_FILENO : file_.get();
  const auto written = ::write(file, line.data(), line.size());
  if (written == static_cast<ssize_t>(line.size())) {
    line_cut_ = false;
    return;
  }
  const int reason = written < 0 ? errno : ENOSPC;
  line_cut_ = line_cut_ || written > 0;
  complain(reason);
}

void EventLog::complain(int reason) {
  if (complained_) return;
  complained_ = true;
  const auto text =
      fmt::format("the log '{}' cannot be written, and lacks lines: {}\n",
                  path_.empty() ? "-" : printable(path_.string()), std::strerror(reason));
  std::fputs(text.c_str(), stderr);  // which may fail, too
}

}  // namespace dateline
