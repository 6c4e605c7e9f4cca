// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faults/faults.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include "tests/support/faults/power.h"

namespace dateline::test::faults {
namespace {

namespace fs = std::filesystem;

/// The function of that name which this library stands before.
template <class F>
F* next(const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

/// Set while this library itself, or what it calls, uses files: then nothing is looked at.
thread_local bool passing = false;

class Passing {
 public:
  Passing() : before_(passing) { passing = true; }
  ~Passing() { passing = before_; }
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;

 private:
  bool before_;
};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::uint64_t number(const char* name) {
  return std::strtoull(variable(name).c_str(), nullptr, 10);
}

std::set<std::string> list(const std::string& text) {
  std::set<std::string> items;
  std::istringstream in(text);
  for (std::string item; std::getline(in, item, ',');) items.insert(item);
  return items;
}

class Faults {
 public:
  Faults() {
    const Passing own;
    folder_ = variable(folder_variable);
    mode_ = variable(mode_variable);
    kinds_ = list(variable(kinds_variable));
    at_ = number(at_variable);
    lasts_ = !variable(lasts_variable).empty();
    after_ = !variable(after_variable).empty();
    error_ = static_cast<int>(number(error_variable));
    bytes_left_ = number(bytes_variable);
    if (mode_ == "cut") power_.emplace(variable(shadow_variable));
    const auto log = variable(log_variable);
    if (!log.empty()) log_ = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }

  void program_ends() {
    const Passing own;
    if (power_) cut_power();
  }

  bool concerns(const std::string& path) const {
    return !folder_.empty() && path.starts_with(folder_) &&
           (path.size() == folder_.size() || path[folder_.size()] == '/');
  }

  /// Carries out one call, or what is to happen instead. `told` tells the model of power what is
  /// about to change; `done`, of a call that was successful, what has.
  template <class Call, class Told, class Done>
  auto carry_out(const char* kind, const std::string& path, Call&& call, Told&& told, Done&& done)
      -> decltype(call()) {
    using Result = decltype(call());
    const Passing own;
    const std::lock_guard lock(mutex_);
    const bool due = mode_ != "short" && count(kind, path);
    if (due && mode_ == "cut") {
      cut_power();
      ::raise(SIGKILL);
    }
    if (due && mode_ == "kill" && !after_) ::raise(SIGKILL);
    if (due && mode_ == "stop") ::raise(SIGSTOP);
    if (due && mode_ == "fail") {
      errno = error_;
      return refusal<Result>();
    }
    if (power_) told(*power_);
    const auto result = call();
    const int reason = errno;
    if (power_ && result != refusal<Result>()) done(*power_);
    if (due && mode_ == "kill") ::raise(SIGKILL);
    errno = reason;
    return result;
  }

  /// How many bytes of a write or read are to be tried; none where the disk is full.
  std::optional<std::size_t> share(const char* kind, const std::string& path, std::size_t bytes) {
    if (mode_ == "short") {
      const Passing own;
      const std::lock_guard lock(mutex_);
      return count(kind, path) && bytes > 1 ? bytes / 2 : bytes;
    }
    if (mode_ != "full" || std::string_view(kind) != "write") return bytes;
    const Passing own;
    const std::lock_guard lock(mutex_);
    const auto fits = std::min<std::uint64_t>(bytes, bytes_left_);
    bytes_left_ -= fits;
    if (fits < bytes) note("fault");
    if (fits == 0 && bytes > 0) return std::nullopt;
    return fits;
  }

 private:
  template <class Result>
  static Result refusal() {
    if constexpr (std::is_same_v<Result, void*>) {
      return MAP_FAILED;
    } else if constexpr (std::is_pointer_v<Result>) {
      return nullptr;
    } else {
      return -1;
    }
  }

  bool count(const char* kind, const std::string& path) {
    if (!kinds_.contains(kind)) return false;
    note(kind + (' ' + path));
    ++counted_;
    const bool due = counted_ == at_ || (lasts_ && at_ > 0 && counted_ > at_);
    if (due) note("fault");
    return due;
  }

  void note(std::string line) const {
    line += '\n';
    if (log_ >= 0 && ::write(log_, line.data(), line.size()) < 0) std::abort();
  }

  void cut_power() { power_->cut(static_cast<std::uint32_t>(number(seed_variable))); }

  std::string folder_;
  std::string mode_;
  std::set<std::string> kinds_;
  std::uint64_t at_ = 0;
  bool lasts_ = false;
  bool after_ = false;
  int error_ = 0;
  int log_ = -1;
  std::mutex mutex_;  // guards what follows, and carries out one call at a time
  std::uint64_t counted_ = 0;
  std::uint64_t bytes_left_ = 0;
  std::optional<Power> power_;
};

/// Never destroyed: files are used to the very end.
Faults& faults() {
  static auto* instance = new Faults;
  return *instance;
}

[[gnu::destructor]] void end() { faults().program_ends(); }

std::string path_of(int file) {
  const Passing own;
  std::error_code none;
  return fs::read_symlink("/proc/self/fd/" + std::to_string(file), none).string();
}

std::string path_at(int folder, const char* path) {
  const Passing own;
  const fs::path given(path);
  if (given.is_absolute()) return given.lexically_normal().string();
  const auto base = folder == AT_FDCWD ? fs::current_path() : fs::path(path_of(folder));
  return (base / given).lexically_normal().string();
}

constexpr auto nothing = [](Power&) {};

template <class Call, class Told, class Done>
auto on_path(const char* kind, const std::string& path, Call&& call, Told&& told, Done&& done)
    -> decltype(call()) {
  if (passing || !faults().concerns(path)) return call();
  return faults().carry_out(kind, path, call, told, done);
}

template <class Call, class Told, class Done>
auto on_file(const char* kind, int file, Call&& call, Told&& told, Done&& done)
    -> decltype(call()) {
  if (passing) return call();
  return on_path(kind, path_of(file), call, told, done);
}

/// open(2) in all its forms.
template <class Call>
int open_file(int folder, const char* path, int flags, Call&& call) {
  if (passing) return call();
  const auto full = path_at(folder, path);
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
  const bool lists = (flags & O_DIRECTORY) != 0;
  std::error_code none;
  bool creates = false;
  int file = -1;
  const auto told = [&](Power& power) {
    creates = (flags & O_CREAT) != 0 && !fs::exists(full, none);
    if (creates) {
      power.name_changes(full);
    } else if (writes && (flags & O_TRUNC) != 0) {
      power.content_changes(full);
    }
  };
  const auto done = [&](Power& power) {
    if (creates) power.file_created(file, full);
  };
  const auto* kind = writes ? "create" : lists ? "list" : "open";
  return on_path(
      kind, full, [&] { return file = call(); }, told, done);
}

/// write(2) or read(2) in all their forms, of `bytes` bytes.
template <class Call>
ssize_t transfer(const char* kind, int file, std::size_t bytes, Call&& call) {
  if (passing) return call(bytes);
  const auto path = path_of(file);
  if (!faults().concerns(path)) return call(bytes);
  const auto share = faults().share(kind, path, bytes);
  if (!share) {
    errno = ENOSPC;
    return -1;
  }
  const auto told = [&](Power& power) {
    if (std::string_view(kind) == "write") power.content_changes(file);
  };
  return faults().carry_out(
      kind, path, [&] { return call(*share); }, told, nothing);
}

int sync_file(int file) {
  return on_file(
      "sync", file, [] { return 0; }, nothing,
      [&](Power& power) { power.synced(file, path_of(file)); });
}

}  // namespace
}  // namespace dateline::test::faults

using namespace dateline::test::faults;

// The variadic functions are defined with the mode that they may be given: the calling convention
// passes both forms the same way, and what is not given is not used.
extern "C" {

int open(const char* path, int flags, ...) {
  std::va_list rest;
  va_start(rest, flags);
  const auto mode = va_arg(rest, mode_t);
  va_end(rest);
  static auto* real = next<int(const char*, int, ...)>("open");
  return open_file(AT_FDCWD, path, flags, [&] { return real(path, flags, mode); });
}

int open64(const char* path, int flags, ...) {
  std::va_list rest;
  va_start(rest, flags);
  const auto mode = va_arg(rest, mode_t);
  va_end(rest);
  static auto* real = next<int(const char*, int, ...)>("open64");
  return open_file(AT_FDCWD, path, flags, [&] { return real(path, flags, mode); });
}

int openat(int folder, const char* path, int flags, ...) {
  std::va_list rest;
  va_start(rest, flags);
  const auto mode = va_arg(rest, mode_t);
  va_end(rest);
  static auto* real = next<int(int, const char*, int, ...)>("openat");
  return open_file(folder, path, flags, [&] { return real(folder, path, flags, mode); });
}

int openat64(int folder, const char* path, int flags, ...) {
  std::va_list rest;
  va_start(rest, flags);
  const auto mode = va_arg(rest, mode_t);
  va_end(rest);
  static auto* real = next<int(int, const char*, int, ...)>("openat64");
  return open_file(folder, path, flags, [&] { return real(folder, path, flags, mode); });
}

ssize_t write(int file, const void* data, size_t bytes) {
  static auto* real = next<ssize_t(int, const void*, size_t)>("write");
  return transfer("write", file, bytes, [&](size_t share) { return real(file, data, share); });
}

ssize_t pwrite(int file, const void* data, size_t bytes, off_t at) {
  static auto* real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  return transfer("write", file, bytes, [&](size_t share) { return real(file, data, share, at); });
}

ssize_t pwrite64(int file, const void* data, size_t bytes, off64_t at) {
  static auto* real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  return transfer("write", file, bytes, [&](size_t share) { return real(file, data, share, at); });
}

ssize_t writev(int file, const iovec* parts, int count) {
  static auto* real = next<ssize_t(int, const iovec*, int)>("writev");
  // A share of it is written as the first part: a short write, as the kernel may do, too.
  const size_t first = count > 0 ? parts[0].iov_len : 0;
  return transfer("write", file, first, [&](size_t share) {
    return share == first ? real(file, parts, count) : ::write(file, parts[0].iov_base, share);
  });
}

ssize_t read(int file, void* data, size_t bytes) {
  static auto* real = next<ssize_t(int, void*, size_t)>("read");
  return transfer("read", file, bytes, [&](size_t share) { return real(file, data, share); });
}

ssize_t pread(int file, void* data, size_t bytes, off_t at) {
  static auto* real = next<ssize_t(int, void*, size_t, off_t)>("pread");
  return transfer("read", file, bytes, [&](size_t share) { return real(file, data, share, at); });
}

ssize_t pread64(int file, void* data, size_t bytes, off64_t at) {
  static auto* real = next<ssize_t(int, void*, size_t, off64_t)>("pread64");
  return transfer("read", file, bytes, [&](size_t share) { return real(file, data, share, at); });
}

int fsync(int file) { return sync_file(file); }

int fdatasync(int file) { return sync_file(file); }

int ftruncate(int file, off_t size) noexcept {
  static auto* real = next<int(int, off_t)>("ftruncate");
  return on_file(
      "truncate", file, [&] { return real(file, size); },
      [&](Power& power) { power.content_changes(file); }, nothing);
}

int rename(const char* from, const char* to) noexcept {
  static auto* real = next<int(const char*, const char*)>("rename");
  const auto old_name = path_at(AT_FDCWD, from);
  const auto new_name = path_at(AT_FDCWD, to);
  const auto told = [&](Power& power) {
    if (fs::is_directory(old_name)) std::abort();  // the model knows folders by their paths
    power.name_changes(old_name);
    power.name_changes(new_name);
  };
  return on_path(
      "rename", new_name, [&] { return real(from, to); }, told, nothing);
}

int unlink(const char* path) noexcept {
  static auto* real = next<int(const char*)>("unlink");
  const auto full = path_at(AT_FDCWD, path);
  return on_path(
      "remove", full, [&] { return real(path); }, [&](Power& power) { power.name_changes(full); },
      nothing);
}

int unlinkat(int folder, const char* path, int flags) noexcept {
  static auto* real = next<int(int, const char*, int)>("unlinkat");
  const auto full = path_at(folder, path);
  return on_path(
      "remove", full, [&] { return real(folder, path, flags); },
      [&](Power& power) { power.name_changes(full); }, nothing);
}

int rmdir(const char* path) noexcept {
  static auto* real = next<int(const char*)>("rmdir");
  const auto full = path_at(AT_FDCWD, path);
  return on_path(
      "remove", full, [&] { return real(path); }, [&](Power& power) { power.name_changes(full); },
      nothing);
}

int remove(const char* path) noexcept {
  static auto* real = next<int(const char*)>("remove");
  const auto full = path_at(AT_FDCWD, path);
  return on_path(
      "remove", full, [&] { return real(path); }, [&](Power& power) { power.name_changes(full); },
      nothing);
}

int mkdir(const char* path, mode_t mode) noexcept {
  static auto* real = next<int(const char*, mode_t)>("mkdir");
  const auto full = path_at(AT_FDCWD, path);
  return on_path(
      "mkdir", full, [&] { return real(path, mode); },
      [&](Power& power) { power.name_changes(full); }, nothing);
}

int link(const char* from, const char* to) noexcept {
  static auto* real = next<int(const char*, const char*)>("link");
  const auto full = path_at(AT_FDCWD, to);
  return on_path(
      "link", full, [&] { return real(from, to); }, [&](Power& power) { power.name_changes(full); },
      nothing);
}

DIR* opendir(const char* path) {
  static auto* real = next<DIR*(const char*)>("opendir");
  return on_path(
      "list", path_at(AT_FDCWD, path), [&] { return real(path); }, nothing, nothing);
}

dirent* readdir(DIR* folder) {
  static auto* real = next<dirent*(DIR*)>("readdir");
  if (passing) return real(folder);
  return on_file(
      "list", ::dirfd(folder), [&] { return real(folder); }, nothing, nothing);
}

void* mmap(void* address, size_t bytes, int protection, int flags, int file, off_t at) noexcept {
  static auto* real = next<void*(void*, size_t, int, int, int, off_t)>("mmap");
  if (file < 0 || passing) return real(address, bytes, protection, flags, file, at);
  return on_file(
      "map", file, [&] { return real(address, bytes, protection, flags, file, at); }, nothing,
      nothing);
}

}  // extern "C"
