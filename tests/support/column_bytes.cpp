// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/column_bytes.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "common/hash.h"

namespace dateline::test {
namespace {

// docs/index-format.md has the layout.
constexpr std::size_t header_bytes = 40;
constexpr std::size_t entry_bytes = 48;
constexpr std::size_t name_bytes = 24;

template <class T>
T number_at(std::string_view bytes, std::size_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

template <class T>
void put_number(std::string& bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

std::size_t table_at(std::string_view file, std::size_t sections) {
  return file.size() - sections * entry_bytes;
}

std::size_t section_count(std::string_view file) {
  if (file.size() < header_bytes) return 0;
  return std::min<std::size_t>(number_at<std::uint32_t>(file, 12),
                               (file.size() - header_bytes) / entry_bytes);
}

}  // namespace

std::vector<ColumnSection> column_sections(std::string_view file) {
  std::vector<ColumnSection> sections;
  const auto count = section_count(file);
  for (std::size_t i = 0; i < count; ++i) {
    const auto entry = table_at(file, count) + i * entry_bytes;
    const auto name = file.substr(entry, name_bytes);
    const auto offset = number_at<std::uint64_t>(file, entry + name_bytes);
    const auto bytes = number_at<std::uint64_t>(file, entry + name_bytes + 8);
    if (offset > file.size() || bytes > file.size() - offset) continue;
    sections.push_back({std::string(name.substr(0, name.find('\0'))), offset, bytes});
  }
  return sections;
}

void fit_checksums(std::string& file, std::string_view owner) {
  if (file.size() < header_bytes) return;
  const auto count = section_count(file);
  for (std::size_t i = 0; i < count; ++i) {
    const auto entry = table_at(file, count) + i * entry_bytes;
    const auto offset = number_at<std::uint64_t>(file, entry + name_bytes);
    const auto bytes = number_at<std::uint64_t>(file, entry + name_bytes + 8);
    if (offset > file.size() || bytes > file.size() - offset) continue;
    put_number(file, entry + name_bytes + 16, hash64(std::string_view(file).substr(offset, bytes)));
  }
  file.replace(0, 8, "DATELINE");
  put_number<std::uint32_t>(file, 8, 2);
  put_number(file, 12, static_cast<std::uint32_t>(count));
  put_number(file, 16, hash64(owner));
  put_number<std::uint64_t>(file, 24, file.size());
  put_number(file, 32, hash64(std::string_view(file).substr(table_at(file, count))));
}

void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace dateline::test
