// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/file_io.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "common/error.h"
#include "common/text/unicode.h"

namespace dateline {
namespace {

/// What gathers before it is written: as few calls as for large blocks.
constexpr std::size_t buffer_bytes = 64U << 10;

[[noreturn]] void fail_with_errno(std::string_view action, const std::filesystem::path& path) {
  throw system_error(action, path, errno);
}

std::string remedy_for(int reason, const std::filesystem::path& path) {
  switch (reason) {
    case ENOSPC:
    case EDQUOT:
      return "free some disk space and run again";
    case EACCES:
    case EPERM:
      return fmt::format("see who may read and write there: ls -ld {}", printable(path.string()));
    case EROFS:
      return "make the file system writable and run again";
    case EMFILE:
    case ENFILE:
      return "allow more open files and run again: ulimit -n 4096";
    case ENOMEM:
      return "free some memory and run again";
    case EIO:
      return "see what the system says of the disk: dmesg | tail";
    default:
      return fmt::format("see what is there and run again: ls -ld {}", printable(path.string()));
  }
}

void sync_path(const std::filesystem::path& path, int flags) {
  const FileDescriptor file(::open(path.c_str(), flags | O_CLOEXEC));
  if (!file) fail_with_errno("open", path);
  if (::fsync(file.get()) != 0) fail_with_errno("sync", path);
}

}  // namespace

Error system_error(std::string_view action, const std::filesystem::path& path, int reason) {
  return Error(
      ExitCode::system_failure,
      fmt::format("cannot {} '{}': {}", action, printable(path.string()), std::strerror(reason)),
      remedy_for(reason, path));
}

Error system_error(const std::filesystem::filesystem_error& e) {
  return system_error("use", e.path1(), e.code().value());
}

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) ::close(fd_);
}

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.release()) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = other.release();
  }
  return *this;
}

int FileDescriptor::release() { return std::exchange(fd_, -1); }

DurableFile::DurableFile(std::filesystem::path path)
    : path_(std::move(path)),
      file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {
  if (!file_) fail("create");
}

void DurableFile::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > buffer_bytes) flush();
  written_ += bytes.size();
  if (bytes.size() > buffer_bytes) {
    write_out(bytes);
  } else {
    buffer_ += bytes;
  }
}

void DurableFile::flush() {
  write_out(buffer_);
  buffer_.clear();
}

void DurableFile::write_out(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::write(file_.get(), bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      fail("write");
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

void DurableFile::pad_to(std::uint64_t offset) {
  constexpr std::array<char, 64> zeros{};
  while (written_ < offset) {
    write({zeros.data(), std::min<std::uint64_t>(zeros.size(), offset - written_)});
  }
}

void DurableFile::rewrite_start(std::string_view bytes) {
  flush();
  if (::lseek(file_.get(), 0, SEEK_SET) != 0) fail("seek in");
  write_out(bytes);
  if (::lseek(file_.get(), 0, SEEK_END) < 0) fail("seek in");
}

void DurableFile::sync_and_close() {
  flush();
  if (::fsync(file_.get()) != 0) fail("sync");
  if (::close(file_.release()) != 0) fail("close");
}

void DurableFile::fail(std::string_view action) const { fail_with_errno(action, path_); }

void sync_folder(const std::filesystem::path& folder) { sync_path(folder, O_RDONLY | O_DIRECTORY); }

void sync_file(const std::filesystem::path& path) { sync_path(path, O_RDONLY); }

bool is_there(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return false;
  fail_with_errno("look for", path);
}

void create_folders(const std::filesystem::path& folder) {
  if (folder.empty() || is_there(folder)) return;
  const auto above = folder.has_parent_path() ? folder.parent_path() : ".";
  if (folder.has_filename()) {
    create_folders(folder.parent_path());
    if (::mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) fail_with_errno("create", folder);
    sync_folder(above);
  } else {
    create_folders(above);
  }
}

void replace_file(const std::filesystem::path& path, std::string_view content) {
  auto temporary = path;
  temporary += ".new";
  DurableFile file(temporary);
  file.write(content);
  file.sync_and_close();
  if (::rename(temporary.c_str(), path.c_str()) != 0) fail_with_errno("replace", path);
  sync_folder(path.parent_path());
}

std::string read_file(const std::filesystem::path& path, std::uint64_t limit_bytes) {
  // Without O_NONBLOCK, a FIFO in the place of a file would be waited on.
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) fail_with_errno("open", path);
  if (!S_ISREG(status.st_mode)) {
    throw Error(ExitCode::system_failure,
                fmt::format("'{}' is no regular file", printable(path.string())));
  }
  std::string content;
  std::array<char, 65536> buffer{};
  while (true) {
    const auto n = ::read(file.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail_with_errno("read", path);
    if (n == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(n));
    if (content.size() > limit_bytes) {
      throw Error(ExitCode::system_failure, fmt::format("'{}' is larger than {} bytes",
                                                        printable(path.string()), limit_bytes));
    }
  }
}

}  // namespace dateline
