// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/bytes/byte_source.h"

#include <archive.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "corpus/bytes/unicode_stream.h"

namespace dateline {
namespace {

constexpr std::size_t block_bytes = 128 << 10;

std::string reason_of(int error) { return std::generic_category().message(error); }

std::string_view read_block(int file, std::vector<char>& block, std::uint64_t most) {
  ssize_t bytes = 0;
  do {
    bytes = ::read(file, block.data(), std::min<std::uint64_t>(block.size(), most));
  } while (bytes < 0 && errno == EINTR);
  if (bytes < 0) throw ReadFailure(fmt::format("cannot be read: {}", reason_of(errno)));
  return {block.data(), static_cast<std::size_t>(bytes)};
}

class StandardInput : public RawBytes {
 public:
  std::string_view next() override { return read_block(STDIN_FILENO, block_, block_.size()); }

 private:
  std::vector<char> block_ = std::vector<char>(block_bytes);
};

class FileBytes : public SeekableBytes {
 public:
  explicit FileBytes(const std::filesystem::path& path)
      : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {
    if (number_ < 0) throw ReadFailure(fmt::format("cannot be opened: {}", reason_of(errno)));
    struct stat status {};
    if (::fstat(number_, &status) != 0 || !S_ISREG(status.st_mode)) {
      ::close(number_);
      throw Unreadable("not a regular file");
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
  ~FileBytes() override { ::close(number_); }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  std::string_view next() override {
    if (at_ >= size_) return {};
    const auto block = read_block(number_, block_, size_ - at_);
    at_ += block.size();
    return block;
  }

  std::uint64_t size() const override { return size_; }

  void seek(std::uint64_t offset) override {
    if (::lseek(number_, static_cast<off_t>(offset), SEEK_SET) < 0)
      throw ReadFailure(fmt::format("cannot be read: {}", reason_of(errno)));
    at_ = offset;
  }

 private:
  int number_;
  std::uint64_t size_ = 0, at_ = 0;
  std::vector<char> block_ = std::vector<char>(block_bytes);
};

class MemoryBytes : public RawBytes {
 public:
  explicit MemoryBytes(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string_view next() override {
    return std::exchange(read_, true) ? std::string_view() : std::string_view(bytes_);
  }

 private:
  std::string bytes_;
  bool read_ = false;
};

/// Devices are told apart before open(2), which may wind a tape or block.
const std::filesystem::path& checked_regular(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status))
    throw ReadFailure(
        fmt::format("cannot be opened: {}", reason_of(error ? error.value() : ENOENT)));
  if (!std::filesystem::is_regular_file(status)) throw Unreadable("not a regular file");
  return path;
}

struct ArchiveCloser {
  void operator()(archive* a) const { archive_read_free(a); }
};

using ArchivePtr = std::unique_ptr<archive, ArchiveCloser>;

ArchivePtr new_unpacker() {
  ArchivePtr unpacker(archive_read_new());
  if (!unpacker) throw std::bad_alloc();
  archive_read_support_filter_gzip(unpacker.get());
  archive_read_support_filter_zstd(unpacker.get());
  archive_read_support_filter_xz(unpacker.get());
  archive_read_support_filter_bzip2(unpacker.get());
  archive_read_support_format_raw(unpacker.get());
  archive_read_support_format_empty(unpacker.get());
  return unpacker;
}

}  // namespace

std::unique_ptr<SeekableBytes> open_file(const std::filesystem::path& path) {
  return std::make_unique<FileBytes>(checked_regular(path));
}

std::unique_ptr<RawBytes> open_standard_input() { return std::make_unique<StandardInput>(); }

std::unique_ptr<RawBytes> bytes_in_memory(std::string bytes) {
  return std::make_unique<MemoryBytes>(std::move(bytes));
}

void ByteBudget::count_expanded(std::size_t layer, std::uint64_t bytes) {
  std::uint64_t& expanded = expanded_[std::min(layer, layers - 1)];
  expanded += bytes;
  const bool too_large = expanded > limits_.expanded_bytes;
  const bool too_dense =
      expanded > limits_.ratio_from_bytes && expanded / limits_.expansion_ratio > packed_;
  if (!too_large && !too_dense) return;
  passed_ = true;
  if (too_large)
    throw Unreadable(fmt::format("unpacks to more than {}; read up to there",
                                 describe_size(limits_.expanded_bytes)));
  throw Unreadable(fmt::format("unpacks to more than {} times its size; read up to there",
                               limits_.expansion_ratio));
}

struct ByteSource::Impl {
  Impl(std::unique_ptr<RawBytes> bytes, ByteBudget& byte_budget, std::size_t at_layer)
      : raw(std::move(bytes)), unpacker(new_unpacker()), budget(byte_budget), layer(at_layer) {
    check(archive_read_open2(unpacker.get(), this, nullptr, on_read, nullptr, nullptr));
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(unpacker.get(), &entry);
    at_end = status == ARCHIVE_EOF;
    if (!at_end) check(status);
    start();
  }

  /// libarchive calls it through C, so nothing may be thrown out of it: check() throws it instead.
  static la_ssize_t on_read(archive*, void* self, const void** data) noexcept {
    auto* impl = static_cast<Impl*>(self);
    try {
      const std::string_view block = impl->raw->next();
      *data = block.data();
      return static_cast<la_ssize_t>(block.size());
    } catch (...) {
      impl->raw_problem = std::current_exception();
      return ARCHIVE_FATAL;
    }
  }

  /// Takes the first block and what its first bytes say about the rest.
  void start() {
    pending = unpack();
    const ByteOrderMark mark = byte_order_mark(pending);
    pending.remove_prefix(mark.bytes);
    if (mark.converter) {
      decoder.emplace(mark.converter);
      pending = decoder->decode(pending, at_end);
    }
    if (pending.empty()) pending = next_block();
  }

  std::string_view next_block() {
    while (!at_end) {
      std::string_view block = unpack();
      if (decoder) block = decoder->decode(block, at_end);
      if (!block.empty()) return block;
    }
    return {};
  }

  std::string_view unpack() {
    if (at_end) return {};
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(unpacker.get(), &data, &size, &offset);
    if (status == ARCHIVE_EOF) {
      at_end = true;
      return {};
    }
    check(status);
    count(size);
    return {static_cast<const char*>(data), size};
  }

  void check(int status) {
    if (raw_problem) {
      at_end = true;
      std::rethrow_exception(std::exchange(raw_problem, nullptr));
    }
    if (status == ARCHIVE_OK || status == ARCHIVE_WARN) return;
    at_end = true;
    const char* why = archive_error_string(unpacker.get());
    throw Unreadable(fmt::format("cannot be read to its end: {}", why ? why : "damaged"));
  }

  void count(std::uint64_t bytes) {
    if (layer == 0)
      budget.note_packed(static_cast<std::uint64_t>(archive_filter_bytes(unpacker.get(), -1)));
    at_end = true;
    budget.count_expanded(layer, bytes);
    at_end = false;
  }

  std::unique_ptr<RawBytes> raw;
  std::exception_ptr raw_problem;
  ArchivePtr unpacker;
  ByteBudget& budget;
  std::size_t layer;
  std::optional<UnicodeStream> decoder;
  std::string_view pending;
  bool at_end = false;
};

ByteSource::ByteSource(std::unique_ptr<RawBytes> raw, const ByteLimits& limits)
    : own_budget_(std::make_unique<ByteBudget>(limits)),
      impl_(std::make_unique<Impl>(std::move(raw), *own_budget_, 0)) {}

ByteSource::ByteSource(std::unique_ptr<RawBytes> raw, ByteBudget& budget, std::size_t layer)
    : impl_(std::make_unique<Impl>(std::move(raw), budget, layer)) {}

ByteSource::~ByteSource() = default;

std::string_view ByteSource::next() {
  if (impl_->pending.empty()) return impl_->next_block();
  return std::exchange(impl_->pending, {});
}

std::string_view ByteSource::peek() {
  if (impl_->pending.empty()) impl_->pending = impl_->next_block();
  return impl_->pending;
}

std::string read_to_end(ByteSource& source, std::uint64_t most) {
  std::string all;
  for (auto block = source.next(); !block.empty(); block = source.next()) {
    if (all.size() + block.size() > most)
      throw Unreadable(fmt::format("longer than {}", describe_size(most)));
    all.append(block);
  }
  return all;
}

std::string describe_size(std::uint64_t bytes) {
  constexpr std::string_view units[] = {"bytes", "KB", "MB", "GB", "TB"};
  double size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= 1024 && unit + 1 < std::size(units)) {
    size /= 1024;
    ++unit;
  }
  return fmt::format("{:.4g} {}", size, units[unit]);
}

}  // namespace dateline
