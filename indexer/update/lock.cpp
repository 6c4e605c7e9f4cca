// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/update/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "common/error.h"

namespace dateline {
namespace {

/// The process id that the holder wrote into it.
std::string id_in(const std::filesystem::path& lock) {
  auto text = read_file(lock, 64);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string holder_of(const std::filesystem::path& lock) {
  const auto id = id_in(lock);
  return id.empty() ? "another process" : fmt::format("process {}", id);
}

/// Tries a few times: writer_at() may hold the lock for an instant.
bool lock_exclusively(int file) {
  constexpr int attempts = 5;
  for (int i = 0; i < attempts; ++i) {
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

void write_holder(int file) {
  const auto text = fmt::format("{}\n", ::getpid());
  // Only for the message of the process that is refused: failing to write it harms nothing.
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, text.data(), text.size(), 0) < 0) return;
}

/// Whether nothing stands there but the rules that a user wrote before the first run.
bool holds_rules_only(const IndexLayout& layout) {
  std::error_code problem;
  const std::filesystem::directory_iterator entries(layout.dir(), problem);
  return !problem && std::all_of(begin(entries), end(entries), [&](const auto& entry) {
    return entry.path() == layout.aliases() || entry.path() == layout.gazetteer();
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

}  // namespace

WriterLock::WriterLock(const IndexLayout& layout) {
  refuse_foreign_folder(layout);
  create_folders(layout.dir());
  const bool is_new = !is_there(layout.lock());
  file_ = FileDescriptor(::open(layout.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file_) throw system_error("open", layout.lock(), errno);
  // By it the folder is known as an index, whatever else a power cut leaves of a first run.
  if (is_new) sync_folder(layout.dir());
  if (!lock_exclusively(file_.get())) {
    throw Error(ExitCode::index_locked,
                fmt::format("{} is writing to the index at '{}'", holder_of(layout.lock()),
                            layout.dir().string()),
                "wait until it is done and run again");
  }
  write_holder(file_.get());
}

std::optional<std::string> writer_at(const IndexLayout& layout) {
  const FileDescriptor file(::open(layout.lock().c_str(), O_RDONLY | O_CLOEXEC));
  if (!file || ::flock(file.get(), LOCK_SH | LOCK_NB) == 0) return std::nullopt;
  return id_in(layout.lock());
}

}  // namespace dateline
