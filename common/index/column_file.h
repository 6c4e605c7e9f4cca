// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace dateline {

/// Throws Error(damaged_index): the file, what is wrong with it, and how it is made anew.
[[noreturn]] void refuse_index_file(const std::filesystem::path& file, const std::string& what);

/// One file of named arrays, mapped rather than read: the columns of a segment, the tables of a
/// generation. Layout (little-endian), documented in docs/index-format.md:
///
///   header    magic "DATELINE", format version u32, section count u32, owner hash u64,
///             file size u64, XXH3-64 of the section table u64
///   sections  each at a multiple of 64 bytes
///   table     at the file's end, per section: name (24 bytes, NUL padded), offset u64, bytes u64,
///             XXH3-64 u64
///
/// `owner` is the name of what the file belongs to ("seg-000012"), so that a file put in the wrong
/// place is refused.
///
/// Sections are written as they are added, so that none need fit into memory. A file that was not
/// finished is refused. Every member throws Error(ExitCode::system_failure).
class ColumnFileWriter {
 public:
  ColumnFileWriter(const std::filesystem::path& path, std::string_view owner);
  ~ColumnFileWriter();
  ColumnFileWriter(const ColumnFileWriter&) = delete;
  ColumnFileWriter& operator=(const ColumnFileWriter&) = delete;

  template <class T>
  requires std::is_trivially_copyable_v<T>
  void add(std::string_view name, std::span<const T> values) {
    begin(name);
    append({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }
  template <class T>
  void add(std::string_view name, const std::vector<T>& values) {
    add(name, std::span<const T>(values));
  }
  /// Two sections, NAME.at (u64 offsets, one more than there are strings) and NAME.text.
  void add_strings(std::string_view name, const std::vector<std::string_view>& strings);
  void add_strings(std::string_view name, const std::vector<std::string>& strings);

  /// Begins a section of what append() brings until the next begins.
  void begin(std::string_view name);
  void append(std::string_view bytes);

  /// The file is complete and durable on return.
  void finish();

 private:
  class Output;
  std::unique_ptr<Output> output_;
};

/// A list of strings inside a mapped file, which `file` names; refers to both.
class StringTable {
 public:
  StringTable() = default;
  StringTable(std::span<const std::uint64_t> at, std::string_view text,
              const std::filesystem::path& file)
      : at_(at), text_(text), file_(&file) {}
  std::size_t size() const { return at_.empty() ? 0 : at_.size() - 1; }
  /// The string number `i`, below size(). Throws Error(damaged_index) when its offsets do not lie
  /// in the text.
  std::string_view operator[](std::size_t i) const {
    const auto begin = at_[i];
    const auto end = at_[i + 1];
    if (begin > end || end > text_.size()) {
      refuse_index_file(*file_, "has a list of strings that leaves its text");
    }
    return text_.substr(begin, end - begin);
  }

 private:
  std::span<const std::uint64_t> at_;
  std::string_view text_;
  const std::filesystem::path* file_ = nullptr;
};

/// A mapped column file. Views into it live as long as it does, also after the file was unlinked or
/// this was moved. Movable, not copyable; all const members are thread-safe.
class ColumnFile {
 public:
  ColumnFile() = default;
  /// Maps `path` and checks header and section table, not the sections (see verify()). Throws
  /// Error(damaged_index) when they do not fit, Error(system_failure) when it cannot be opened.
  ColumnFile(const std::filesystem::path& path, std::string_view owner);
  ~ColumnFile();
  ColumnFile(ColumnFile&& other) noexcept;
  ColumnFile& operator=(ColumnFile&& other) noexcept;
  ColumnFile(const ColumnFile&) = delete;
  ColumnFile& operator=(const ColumnFile&) = delete;

  /// The array of that name. Throws Error(damaged_index) when there is none, or its size is no
  /// multiple of T's.
  template <class T>
  std::span<const T> column(std::string_view name) const {
    const auto bytes = section(name, sizeof(T));
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
  /// Checks that the first and last offset span the text; those between are held against it as
  /// they are read.
  StringTable strings(std::string_view name) const;

  /// Compares every section with its checksum. Throws Error(damaged_index).
  void verify() const;
  /// The same of a file of at most `quickly_verified` bytes, which costs some milliseconds; of a
  /// larger one, nothing: a search must not cost by the size of the index.
  void verify_if_quick() const;
  static constexpr std::size_t quickly_verified = 8U << 20;
  /// Tells the system that numbers will be read here and there in all of the file, so that it may
  /// fetch and map it in large pieces.
  void expect_scattered_reads() const;
  std::size_t bytes() const { return size_; }
  /// Of an opened file: where it was found. Stays in its place when this is moved.
  const std::filesystem::path& path() const { return *path_; }

 private:
  void check_header(std::string_view owner) const;
  std::string_view section(std::string_view name, std::size_t unit) const;
  [[noreturn]] void damaged(const std::string& what) const;
  void unmap() noexcept;

  std::unique_ptr<const std::filesystem::path> path_;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace dateline
