// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <sstream>
#include <string>
#include <thread>

#include "common/error.h"
#include "common/program.h"
#include "common/timestamp.h"

namespace dateline {
namespace {

/// Short enough for nobody to notice, long enough to cost nothing.
constexpr std::chrono::milliseconds between_attempts{50};

/// What stands in the lock file: only for the message of a process that is refused.
struct Holder {
  int process = 0;      ///< 0: not known
  std::string since{};  ///< RFC 3339
  std::string command{};
};

/// None where the file was left by a process that is no more, or is just being written.
Holder holder_of(const std::filesystem::path& lock) {
  std::istringstream text(read_file(lock, 1'000));
  Holder holder;
  text >> holder.process >> holder.since >> std::ws;
  if (!std::getline(text, holder.command) || holder.process <= 0) return {};
  const bool is_gone = ::kill(holder.process, 0) != 0 && errno == ESRCH;
  return is_gone ? Holder{} : holder;
}

std::string describe(const Holder& holder) {
  if (holder.process == 0) return "another process";
  return fmt::format("process {} ({})", holder.process, holder.command);
}

/// Failing to write it harms nothing. The new line is there before the rest of an older one goes,
/// so that whoever reads meanwhile finds a holder.
void write_holder(int file) {
  const auto text =
      fmt::format("{} {} {}\n", ::getpid(), utc_seconds(std::chrono::system_clock::now()),
                  program_invocation_short_name);
  const auto written = ::pwrite(file, text.data(), text.size(), 0);
  if (written > 0 && ::ftruncate(file, written) != 0) return;
}

/// Whether nothing stands there but the rules that a user wrote before the first run.
bool holds_rules_only(const IndexLayout& layout) {
  std::error_code problem;
  const std::filesystem::directory_iterator entries(layout.dir(), problem);
  return !problem && std::all_of(begin(entries), end(entries), [&](const auto& entry) {
    return entry.path() == layout.aliases() || entry.path() == layout.gazetteer() ||
           entry.path() == layout.synonyms();
  });
}

/// Writing, and sweeping, happens only where an index is, or nothing but rules for one: the
/// directory may be a slip of the fingers.
void refuse_foreign_folder(const IndexLayout& layout) {
  namespace fs = std::filesystem;
  std::error_code problem;
  if (!fs::exists(layout.dir(), problem)) return;
  const bool is_index = fs::exists(layout.lock(), problem) || fs::exists(layout.current(), problem);
  const bool is_usable =
      fs::is_directory(layout.dir(), problem) && (is_index || holds_rules_only(layout));
  if (!is_usable) {
    throw Error(ExitCode::usage,
                fmt::format("'{}' is no index, and not empty", layout.dir().string()),
                "name an index or a new directory: --db DIR");
  }
}

FileDescriptor open_lock(const std::filesystem::path& path) {
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file) throw system_error("open", path, errno);
  return file;
}

/// Whether `file` is what stands at `path` now: who deletes an index takes its lock file along.
bool is_still_at(const std::filesystem::path& path, int file) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/// The lock file, locked; none where another process has it. Tries a few times, for writer_at() may
/// hold it for an instant.
FileDescriptor try_to_lock(const std::filesystem::path& path) {
  constexpr int most_attempts = 5;
  for (int attempt = 1;;) {
    auto file = open_lock(path);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
      if (is_still_at(path, file.get())) return file;
    } else if (errno == EWOULDBLOCK) {
      if (++attempt > most_attempts) return FileDescriptor();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    } else if (errno != EINTR) {
      throw system_error("lock", path, errno);
    }
  }
}

[[noreturn]] void refuse_locked(const IndexLayout& layout, std::chrono::seconds waited) {
  const auto holder = holder_of(layout.lock());
  auto cause =
      fmt::format("{} is writing to the index at '{}'", describe(holder), layout.dir().string());
  if (!holder.since.empty()) cause += fmt::format(" since {}", holder.since);
  if (waited.count() > 0) cause += fmt::format("; waited {} s", waited.count());
  throw Error(ExitCode::index_locked, cause,
              "wait until it is done: dateline-index --lock-wait SECONDS");
}

void pause_between_attempts(const LockWait& wait) {
  pollfd stop{stop_descriptor(), POLLIN, 0};
  ::poll(&stop, 1, static_cast<int>(between_attempts.count()));
  if (wait.stop != nullptr && *wait.stop)
    throw Error(ExitCode::interrupted, "interrupted while waiting for another writer");
}

}  // namespace

WriterLock::WriterLock(const IndexLayout& layout, const LockWait& wait) {
  refuse_foreign_folder(layout);
  create_folders(layout.dir());
  const bool is_new = !is_there(layout.lock());
  const auto end = std::chrono::steady_clock::now() + wait.at_most;
  file_ = try_to_lock(layout.lock());
  // By it the folder is known as an index, whatever else a power cut leaves of a first run.
  if (is_new) sync_folder(layout.dir());
  if (!file_ && wait.at_most.count() > 0 && wait.began) {
    wait.began(describe(holder_of(layout.lock())));
  }
  while (!file_) {
    if (std::chrono::steady_clock::now() >= end) refuse_locked(layout, wait.at_most);
    pause_between_attempts(wait);
    file_ = try_to_lock(layout.lock());
  }
  write_holder(file_.get());
}

std::optional<std::string> writer_at(const IndexLayout& layout) {
  const FileDescriptor file(::open(layout.lock().c_str(), O_RDONLY | O_CLOEXEC));
  if (!file || ::flock(file.get(), LOCK_SH | LOCK_NB) == 0) return std::nullopt;
  return describe(holder_of(layout.lock()));
}

}  // namespace dateline
