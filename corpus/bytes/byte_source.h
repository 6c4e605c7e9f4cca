// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "common/error.h"

namespace dateline {

/// What stands in the way of reading one file; ArticleReader reports it and goes on.
class Unreadable : public Error {
 public:
  explicit Unreadable(const std::string& reason) : Error(ExitCode::some_refused, reason) {}
};

/// The system's refusal to let a file be read, which may pass: it says nothing of what the file
/// holds.
class ReadFailure : public Unreadable {
 public:
  using Unreadable::Unreadable;
};

/// Where unpacking stops. The ratio, of unpacked to packed bytes, counts from `ratio_from_bytes`
/// on.
struct ByteLimits {
  std::uint64_t expanded_bytes = 64ull << 30;
  std::uint64_t expansion_ratio = 1000;
  std::uint64_t ratio_from_bytes = 256ull << 20;
};

/// What all that is unpacked out of one file may come to, however deep it is packed: each layer of
/// packing is held against the limits by itself, and its ratio is to the bytes of the file.
class ByteBudget {
 public:
  static constexpr std::size_t layers = 4;

  explicit ByteBudget(const ByteLimits& limits) : limits_(limits) {}

  /// So many bytes of the file itself were read till now.
  void note_packed(std::uint64_t total) { packed_ = total > packed_ ? total : packed_; }
  /// So many more came out of `layer` (from 0; deeper ones count as the last). Throws Unreadable
  /// where a limit is passed.
  void count_expanded(std::size_t layer, std::uint64_t bytes);
  /// Whether a limit was passed: nothing more of the file is to be read.
  bool passed() const { return passed_; }

 private:
  ByteLimits limits_;
  std::uint64_t packed_ = 0;
  std::array<std::uint64_t, layers> expanded_{};
  bool passed_ = false;
};

/// Bytes as they come, not yet unpacked: a file, a stream, the member of an archive.
class RawBytes {
 public:
  virtual ~RawBytes() = default;
  /// The next bytes, at least one; empty at the end. Valid until the next call. Throws Unreadable,
  /// and ReadFailure where the system failed to read.
  virtual std::string_view next() = 0;
};

/// Raw bytes that can be read from any place on.
class SeekableBytes : public RawBytes {
 public:
  virtual std::uint64_t size() const = 0;
  /// next() goes on at `offset`, counted from the start. Throws Unreadable.
  virtual void seek(std::uint64_t offset) = 0;
};

/// A regular file, as long as it is now: what is appended later is not read. Throws Unreadable, and
/// ReadFailure where the system will not open it; anything but a regular file is refused without
/// being opened for long: a FIFO does not block.
std::unique_ptr<SeekableBytes> open_file(const std::filesystem::path& path);

/// What stands on standard input, once.
std::unique_ptr<RawBytes> open_standard_input();

/// Bytes in memory.
std::unique_ptr<RawBytes> bytes_in_memory(std::string bytes);

/// The bytes of one file from front to back: gzip, zstd, xz and bzip2 unpacked (known by
/// their content, not by the name), a byte order mark left out, UTF-16 and UTF-32 that start with
/// one turned into UTF-8. Memory is bounded by the packer's window. One thread at a time.
class ByteSource {
 public:
  /// Throws Unreadable.
  explicit ByteSource(const std::filesystem::path& path, const ByteLimits& limits = {})
      : ByteSource(open_file(path), limits) {}
  explicit ByteSource(std::unique_ptr<RawBytes> raw, const ByteLimits& limits = {});
  /// One layer of what is packed in a file: 0 is the file itself. `budget` must outlive it.
  ByteSource(std::unique_ptr<RawBytes> raw, ByteBudget& budget, std::size_t layer);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// The next bytes, at least one; empty at the end. Valid until the next call. Throws Unreadable
  /// where the file is damaged or a limit is passed; what came before stands.
  std::string_view next();

  /// What next() will return, which stays to be read: empty only at the end of the file.
  std::string_view peek();

 private:
  struct Impl;
  std::unique_ptr<ByteBudget> own_budget_;
  std::unique_ptr<Impl> impl_;
};

/// All that is left of `source`; Unreadable where that is more than `most` bytes.
std::string read_to_end(ByteSource& source, std::uint64_t most);

/// "64 MB", "1.5 GB": sizes for messages, in units of 1024.
std::string describe_size(std::uint64_t bytes);

}  // namespace dateline
