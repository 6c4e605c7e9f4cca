// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/column_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "common/error.h"
#include "common/file_io.h"
#include "common/hash.h"

namespace dateline {
namespace {

static_assert(std::endian::native == std::endian::little, "the index format is little-endian");

constexpr std::string_view magic = "DATELINE";
constexpr std::uint32_t column_format = 1;
constexpr std::size_t alignment = 64;

struct Header {
  std::array<char, 8> magic{};
  std::uint32_t format = column_format;
  std::uint32_t sections = 0;
  std::uint64_t owner = 0;
  std::uint64_t file_size = 0;
  std::uint64_t table_checksum = 0;
};
static_assert(sizeof(Header) == 40);

struct SectionEntry {
  std::array<char, 24> name{};
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint64_t checksum = 0;

  std::string_view name_view() const { return {name.data(), ::strnlen(name.data(), name.size())}; }
};
static_assert(sizeof(SectionEntry) == 48);

std::size_t aligned(std::size_t n) { return (n + alignment - 1) / alignment * alignment; }

std::span<const SectionEntry> table_of(const char* data) {
  Header header;
  std::memcpy(&header, data, sizeof header);
  return {reinterpret_cast<const SectionEntry*>(data + sizeof(Header)), header.sections};
}

}  // namespace

void refuse_index_file(const std::filesystem::path& file, const std::string& what) {
  throw Error(ExitCode::damaged_index, fmt::format("index file '{}' {}", file.string(), what),
              "dateline-index --repair");
}

void ColumnFileWriter::add_bytes(std::string_view name, std::string_view bytes) {
  sections_.push_back({std::string(name), std::string(bytes)});
}

void ColumnFileWriter::add_strings(std::string_view name, const std::vector<std::string>& strings) {
  std::vector<std::uint64_t> at{0};
  std::string text;
  for (const auto& s : strings) {
    text += s;
    at.push_back(text.size());
  }
  add(std::string(name) + ".at", at);
  add_bytes(std::string(name) + ".text", text);
}

void ColumnFileWriter::write(const std::filesystem::path& path, std::string_view owner) const {
  std::vector<SectionEntry> table;
  auto offset = aligned(sizeof(Header) + sections_.size() * sizeof(SectionEntry));
  for (const auto& s : sections_) {
    SectionEntry entry;
    s.name.copy(entry.name.data(), entry.name.size());
    entry.offset = offset;
    entry.bytes = s.bytes.size();
    entry.checksum = hash64(s.bytes);
    table.push_back(entry);
    offset = aligned(offset + s.bytes.size());
  }
  const std::string_view table_bytes{reinterpret_cast<const char*>(table.data()),
                                     table.size() * sizeof(SectionEntry)};
  Header header;
  magic.copy(header.magic.data(), header.magic.size());
  header.sections = static_cast<std::uint32_t>(sections_.size());
  header.owner = hash64(owner);
  header.file_size = offset;
  header.table_checksum = hash64(table_bytes);

  DurableFile file(path);
  file.write({reinterpret_cast<const char*>(&header), sizeof header});
  file.write(table_bytes);
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    file.pad_to(table[i].offset);
    file.write(sections_[i].bytes);
  }
  file.pad_to(offset);
  file.sync_and_close();
}

ColumnFile::ColumnFile(const std::filesystem::path& path, std::string_view owner)
    : path_(std::make_unique<const std::filesystem::path>(path)) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) {
    if (errno == ENOENT) damaged("is missing");
    throw system_error("open", path, errno);
  }
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ < sizeof(Header)) damaged("is too short");
  void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file.get(), 0);
  if (mapped == MAP_FAILED) {
    size_ = 0;
    throw system_error("map", path, errno);
  }
  data_ = static_cast<const char*>(mapped);
  try {
    check_header(owner);
  } catch (...) {
    unmap();
    throw;
  }
}

void ColumnFile::check_header(std::string_view owner) const {
  Header header;
  std::memcpy(&header, data_, sizeof header);
  if (std::string_view(header.magic.data(), header.magic.size()) != magic) {
    damaged("does not begin as an index file does");
  }
  if (header.format != column_format) {
    throw Error(ExitCode::no_index,
                fmt::format("'{}' has format {}, this program reads {}", path_->string(),
                            header.format, column_format),
                "dateline-index --repair");
  }
  if (header.file_size != size_) damaged("was cut short or grew");
  if (header.owner != hash64(owner)) damaged("belongs to another part of the index");
  if (header.sections > (size_ - sizeof(Header)) / sizeof(SectionEntry)) {
    damaged("has a table that leaves the file");
  }
  const auto table = table_of(data_);
  if (hash64({reinterpret_cast<const char*>(table.data()), table.size_bytes()}) !=
      header.table_checksum) {
    damaged("has a table that does not match its checksum");
  }
  for (const auto& entry : table) {
    if (entry.offset % alignment != 0 || entry.offset > size_ ||
        entry.bytes > size_ - entry.offset) {
      damaged("has a section that leaves the file");
    }
  }
}

ColumnFile::~ColumnFile() { unmap(); }

ColumnFile::ColumnFile(ColumnFile&& other) noexcept
    : path_(std::move(other.path_)),
      data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

ColumnFile& ColumnFile::operator=(ColumnFile&& other) noexcept {
  if (this != &other) {
    unmap();
    path_ = std::move(other.path_);
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

void ColumnFile::unmap() noexcept {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
  data_ = nullptr;
  size_ = 0;
}

std::string_view ColumnFile::section(std::string_view name, std::size_t unit) const {
  if (data_ != nullptr) {
    for (const auto& entry : table_of(data_)) {
      if (entry.name_view() != name) continue;
      if (entry.bytes % unit != 0) damaged(fmt::format("has a broken section '{}'", name));
      return {data_ + entry.offset, entry.bytes};
    }
  }
  damaged(fmt::format("has no section '{}'", name));
}

StringTable ColumnFile::strings(std::string_view name) const {
  const auto at = column<std::uint64_t>(std::string(name) + ".at");
  const auto text = section(std::string(name) + ".text", 1);
  if (at.empty() || at.front() != 0 || at.back() != text.size()) {
    damaged(fmt::format("has a broken section '{}'", name));
  }
  return {at, text, *path_};
}

void ColumnFile::verify() const {
  const auto table = table_of(data_);
  auto end = sizeof(Header) + table.size_bytes();
  const auto check_padding = [&](std::size_t next) {
    if (next < end ||
        std::string_view(data_ + end, next - end).find_first_not_of('\0') != std::string_view::npos)
      damaged("has bytes between its sections that were never written");
  };
  for (const auto& entry : table) {
    check_padding(entry.offset);
    end = entry.offset + entry.bytes;
    if (hash64({data_ + entry.offset, entry.bytes}) != entry.checksum) {
      damaged(
          fmt::format("has a section '{}' that does not match its checksum", entry.name_view()));
    }
  }
  check_padding(size_);
}

void ColumnFile::verify_if_quick() const {
  if (size_ <= quickly_verified) verify();
}

void ColumnFile::damaged(const std::string& what) const { refuse_index_file(*path_, what); }

}  // namespace dateline
