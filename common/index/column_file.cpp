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
#include <stdexcept>
#include <utility>

#include "common/error.h"
#include "common/file_io.h"
#include "common/hash.h"

namespace dateline {
namespace {

static_assert(std::endian::native == std::endian::little, "the index format is little-endian");

constexpr std::string_view magic = "DATELINE";
constexpr std::uint32_t column_format = 2;
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

/// Of a file whose header was checked.
std::span<const SectionEntry> table_of(const char* data, std::size_t size) {
  Header header;
  std::memcpy(&header, data, sizeof header);
  const auto bytes = header.sections * sizeof(SectionEntry);
  return {reinterpret_cast<const SectionEntry*>(data + size - bytes), header.sections};
}

}  // namespace

void refuse_index_file(const std::filesystem::path& file, const std::string& what) {
  throw Error(ExitCode::damaged_index, fmt::format("index file '{}' {}", file.string(), what),
              "dateline-index --repair");
}

class ColumnFileWriter::Output {
 public:
  Output(const std::filesystem::path& path, std::string_view owner)
      : file_(path), owner_(hash64(owner)) {
    file_.pad_to(aligned(sizeof(Header)));
  }

  void begin(std::string_view name) {
    end_section();
    if (name.size() > sizeof SectionEntry::name) {
      throw std::logic_error(fmt::format("the name '{}' is too long for a section", name));
    }
    SectionEntry entry;
    name.copy(entry.name.data(), entry.name.size());
    entry.offset = file_.size();
    table_.push_back(entry);
    hash_.reset();
  }

  void append(std::string_view bytes) {
    hash_.add(bytes);
    file_.write(bytes);
    table_.back().bytes += bytes.size();
  }

  void finish() {
    end_section();
    const std::string_view table{reinterpret_cast<const char*>(table_.data()),
                                 table_.size() * sizeof(SectionEntry)};
    Header header;
    magic.copy(header.magic.data(), header.magic.size());
    header.sections = static_cast<std::uint32_t>(table_.size());
    header.owner = owner_;
    header.file_size = file_.size() + table.size();
    header.table_checksum = hash64(table);
    file_.write(table);
    file_.rewrite_start({reinterpret_cast<const char*>(&header), sizeof header});
    file_.sync_and_close();
  }

 private:
  void end_section() {
    if (table_.empty()) return;
    table_.back().checksum = hash_.value();
    file_.pad_to(aligned(file_.size()));
  }

  DurableFile file_;
  std::uint64_t owner_;
  std::vector<SectionEntry> table_;
  Hash64 hash_;  ///< of the last section so far
};

ColumnFileWriter::ColumnFileWriter(const std::filesystem::path& path, std::string_view owner)
    : output_(std::make_unique<Output>(path, owner)) {}

ColumnFileWriter::~ColumnFileWriter() = default;

void ColumnFileWriter::begin(std::string_view name) { output_->begin(name); }
void ColumnFileWriter::append(std::string_view bytes) { output_->append(bytes); }
void ColumnFileWriter::finish() { output_->finish(); }

void ColumnFileWriter::add_strings(std::string_view name, const std::vector<std::string>& strings) {
  add_strings(name, std::vector<std::string_view>(strings.begin(), strings.end()));
}

void ColumnFileWriter::add_strings(std::string_view name,
                                   const std::vector<std::string_view>& strings) {
  std::vector<std::uint64_t> at{0};
  for (const auto& s : strings) at.push_back(at.back() + s.size());
  add(std::string(name) + ".at", at);
  begin(std::string(name) + ".text");
  for (const auto& s : strings) append(s);
}

ColumnFile::ColumnFile(const std::filesystem::path& path, std::string_view owner)
    : path_(std::make_unique<const std::filesystem::path>(path)) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) damaged("is missing");
    throw system_error("open", path, errno);
  }
  if (!S_ISREG(status.st_mode)) damaged("is no regular file");
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
  if (header.sections > (size_ - sizeof(Header)) / sizeof(SectionEntry) ||
      size_ % alignof(SectionEntry) != 0) {
    damaged("has a table that leaves the file");
  }
  const auto table = table_of(data_, size_);
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
    for (const auto& entry : table_of(data_, size_)) {
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
  const auto table = table_of(data_, size_);
  auto end = sizeof(Header);
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
  check_padding(size_ - table.size_bytes());
}

void ColumnFile::verify_if_quick() const {
  if (size_ <= quickly_verified) verify();
}

void ColumnFile::expect_scattered_reads() const {
  // A query may touch thousands of pages, and mapping them took a third of the time of a process
  // that asks one. Where the system keeps no file in large pieces, the advice does no harm.
  ::madvise(const_cast<char*>(data_), size_, MADV_HUGEPAGE);
}

void ColumnFile::damaged(const std::string& what) const { refuse_index_file(*path_, what); }

}  // namespace dateline
