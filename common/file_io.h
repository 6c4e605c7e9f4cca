// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "common/error.h"

namespace dateline {

/// "cannot ACTION 'PATH': reason" for an error number, with a remedy: exit code system_failure.
Error system_error(std::string_view action, const std::filesystem::path& path, int reason);
Error system_error(const std::filesystem::filesystem_error& e);

/// Owns a file descriptor; -1 is none.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  explicit operator bool() const { return fd_ >= 0; }
  int get() const { return fd_; }
  int release();

 private:
  int fd_ = -1;
};

/// A new file that is complete and on the disk once sync_and_close() returned. Every member throws
/// Error(ExitCode::system_failure) with the path and the system's reason.
class DurableFile {
 public:
  /// Creates or truncates `path` with mode 0600, further narrowed by the umask.
  explicit DurableFile(std::filesystem::path path);
  void write(std::string_view bytes);
  /// Writes zeros up to that offset from the start.
  void pad_to(std::uint64_t offset);
  /// From the start: how far it is written.
  std::uint64_t size() const { return written_; }
  /// Writes over what stands at the start. REQUIRES: so much was written there.
  void rewrite_start(std::string_view bytes);
  void sync_and_close();

 private:
  void flush();
  void write_out(std::string_view bytes);
  [[noreturn]] void fail(std::string_view action) const;
  std::filesystem::path path_;
  FileDescriptor file_;
  std::string buffer_;
  std::uint64_t written_ = 0;  ///< with what is in the buffer
};

/// Whether a file or folder of that name is there. Throws Error(system_failure) where that cannot
/// be told, so that what cannot be reached is not taken for what is not there.
bool is_there(const std::filesystem::path& path);

/// Creates a folder and those above it that are not there; they are durable then, not only in
/// sight. Throws Error(system_failure).
void create_folders(const std::filesystem::path& folder);

/// Makes what was created, renamed or removed in `folder` durable.
void sync_folder(const std::filesystem::path& folder);
/// Makes an existing file's contents durable.
void sync_file(const std::filesystem::path& path);

/// Replaces `path` by a file of that content in one step: afterwards it holds the old or the new.
void replace_file(const std::filesystem::path& path, std::string_view content);

/// The whole file. Throws Error(system_failure), also for one over `limit_bytes` and for a FIFO.
std::string read_file(const std::filesystem::path& path, std::uint64_t limit_bytes);

}  // namespace dateline
